import { contract } from '../lambdas/api/contract.ts';
import type { BenchBank } from './bench-bank.ts';
import { untilQuiet } from './ledger-check.ts';
import type { LoadPlan, Payer } from './load-messages.ts';
import type { Round } from './measurements.ts';
import { selectOneRoute } from './select-one/route.ts';
import { sendLoad } from './send-load.ts';

const secondsOfRound = 2;
/**
 * A function's environments each compile their code for themselves, its hot parts after some hundred calls:
 * so many answers, from all of them together, come before anything counts.
 */
const answersOfWarmUp = 4_000;

/** How many clients send, and how long to each route. */
export interface HttpLoad {
  clients: number;
  seconds: number;
  /** Answers that come before anything counts, where the functions are warm already; as many as they need else. */
  warmUp?: number;
}

/** The rounds of both routes, in the order they were measured. */
export interface Measured {
  transfer: Round[];
  selectOne: Round[];
}

/**
 * Measures transfers and the reference in turn, in rounds of about two seconds and each going first every other time,
 * so that whatever else the machine does falls on both. A round of each comes first and doesn't count: it starts the
 * functions' environments and lets them compile their code.
 */
export async function measure(
  bank: BenchBank,
  payers: Payer[],
  { clients, seconds, warmUp = answersOfWarmUp }: HttpLoad,
  progress: (line: string) => void,
): Promise<Measured> {
  const routes = {
    transfer: { url: bank.apiUrl, path: contract.postTransfer.path },
    selectOne: { url: bank.selectOneUrl, path: selectOneRoute.path },
  };
  const round = async (name: keyof typeof routes, until: LoadPlan['until'], label: string): Promise<Round> => {
    const plan = { ...routes[name], clients, until, payers };
    const sent = await sendLoad(plan, answers => progress(`${label}: POST ${plan.path} ${answers} answers/s`));
    await untilQuiet(bank.database);
    return sent;
  };
  const warm = { answers: Math.max(warmUp, clients) };
  await round('selectOne', warm, 'warm-up');
  await round('transfer', warm, 'warm-up');

  const rounds = Math.max(1, Math.round(seconds / secondsOfRound));
  const measured: Measured = { transfer: [], selectOne: [] };
  for (let number = 1; number <= rounds; number += 1) {
    const order = number % 2 === 1 ? (['transfer', 'selectOne'] as const) : (['selectOne', 'transfer'] as const);
    for (const name of order) {
      measured[name].push(await round(name, { seconds: seconds / rounds }, `round ${number}/${rounds}`));
    }
  }
  return measured;
}
