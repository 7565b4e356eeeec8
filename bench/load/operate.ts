import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Request, Sender } from './sender.ts';
import { countAnswer, countOperation, type Fate, type Tally } from './tally.ts';

/** How an operation ended, and its last answer. */
export interface Operated {
  fate: Fate;
  answer: Answer;
}

const mostSendings = 8;
const firstWaitMs = 200;
const longestWaitMs = 10_000;

/**
 * Sends a request until its outcome is known, each time under the same key: after no answer, a 5xx, a 429, and while the key
 * is in flight. It gives up after eight sendings, a minute or so.
 */
export async function operate(sender: Pick<Sender, 'send'>, request: Request, tally: Tally): Promise<Operated> {
  const began = performance.now();
  for (let sendings = 1; ; sendings += 1) {
    const answer = await sender.send(request);
    countAnswer(tally, answer);
    const fate = fateOf(answer);
    if (fate !== 'unknown' || sendings === mostSendings) {
      countOperation(tally, fate, sendings, performance.now() - began);
      return { fate, answer };
    }
    await pause(waitAfter(answer, sendings));
  }
}

function fateOf({ status, code }: Answer): Fate {
  if (status >= 200 && status < 300) return 'done';
  const undecided = status === 0 || status >= 500 || status === 429 || code === 'REQUEST_IN_FLIGHT';
  return undecided ? 'unknown' : 'refused';
}

function waitAfter({ retryAfter }: Answer, sendings: number): number {
  const asked = (retryAfter ?? 0) * 1_000;
  const backoff = firstWaitMs * 2 ** (sendings - 1) * (0.5 + Math.random() / 2);
  return Math.min(Math.max(asked, backoff), longestWaitMs);
}
