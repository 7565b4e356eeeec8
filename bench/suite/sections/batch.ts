import { contract } from '../../../lambdas/api/contract.ts';
import { sendLoad } from '../../send-load.ts';
import { eachClientNumber } from '../each-client-number.ts';
import { forgetCounters } from '../filled-bank.ts';
import { measureInTurn } from '../in-turn.ts';
import { httpLoad, workLoad } from '../loads.ts';
import { type Bench, comparedRow, type Found, type Section } from '../section.ts';
import { withBooks } from '../with-books.ts';

const usual = 50;
const largest = 1_000;
/** Over HTTP each client is a customer, who may make 10,000 transfers a minute. */
const httpClients = 10;

/** Transfers that are sent together, beside those that are sent one by one. */
export const batch: Section = {
  name: 'batch',
  about:
    'post_transfers of 50 and of 1,000, and POST /transfers/batch of 50, beside single ones: at 50 ≥ 8 times as many transfers',
  async run(bench) {
    const [bank, overHttp] = [await bench.bank(), await bench.httpBank()];
    const inSql = await withBooks(bank.pool, () => eachClientNumber([1, 10], clients => inSqlAt(bench, clients)));
    const inHttp = await withBooks(overHttp.bank.database, () => throughTheApi(bench));
    return { rows: [...inSql.rows, ...inHttp.rows], failures: [...inSql.failures, ...inHttp.failures] };
  },
};

async function inSqlAt(bench: Bench, clients: number): Promise<Found> {
  const bank = await bench.bank();
  const common = { url: bank.url('bank_payments'), accounts: bench.accounts };
  const loads = {
    'single transfers': workLoad(clients, { kind: 'transfer', spread: 'any', ...common }),
    'batches of 50': workLoad(clients, { kind: 'batch', size: usual, ...common }),
    'batches of 1000': workLoad(clients, { kind: 'batch', size: largest, ...common }),
  };
  const { figures, failures } = await measureInTurn(bench, loads, () => forgetCounters(bank.pool));
  const reference = { name: 'one by one', value: figures['single transfers'].answers_per_second };
  const row = (size: number, batches: number) =>
    comparedRow(
      'batch',
      `post_transfers of ${size}, clients: ${clients}`,
      'transfers/s',
      batches * size,
      reference,
      size === usual ? { atLeast: 8 } : undefined,
    );
  const rows = [
    row(usual, figures['batches of 50'].answers_per_second),
    row(largest, figures['batches of 1000'].answers_per_second),
  ];
  return { rows, failures };
}

async function throughTheApi(bench: Bench): Promise<Found> {
  const { bank, payers } = await bench.httpBank();
  const common = { url: bank.apiUrl, clients: httpClients, payers };
  const single = { ...common, path: contract.postTransfer.path };
  const many = { ...common, path: contract.postTransferBatch.path, batch: usual };
  bench.progress('warming the functions up');
  await sendLoad({ ...single, until: { answers: 2_000 } }, () => undefined);
  await sendLoad({ ...many, until: { answers: 100 } }, () => undefined);
  const loads = { 'POST /transfer': httpLoad(single), 'POST /transfers/batch': httpLoad(many) };
  const { figures, failures } = await measureInTurn(bench, loads, () => forgetCounters(bank.database));
  const row = comparedRow(
    'batch',
    `POST /transfers/batch of ${usual}, clients: ${httpClients}`,
    'transfers/s',
    figures['POST /transfers/batch'].answers_per_second * usual,
    { name: 'POST /transfer', value: figures['POST /transfer'].answers_per_second },
    { atLeast: 8 },
  );
  return { rows: [row], failures };
}
