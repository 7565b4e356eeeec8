import { measureHttp } from '../../measure-http.ts';
import { failuresOf } from '../../outcome.ts';
import { eachClientNumber } from '../each-client-number.ts';
import { type Bench, comparedRow, type Found, type Section } from '../section.ts';

/** The functions are warm after the first, which therefore is the largest. */
const clientNumbers = [100, 10, 1];
const answersOfLaterWarmUps = 200;

/** The whole way of a transfer from the client to PostgreSQL and back. */
export const http: Section = {
  name: 'http',
  about: 'POST /transfer beside a route that only does "select 1": ≥ 0.65 of its rate, p99 ≤ 2 times its p99',
  run: bench => eachClientNumber(clientNumbers, clients => measure(bench, clients)),
};

async function measure(bench: Bench, clients: number): Promise<Found> {
  const { bank, payers } = await bench.httpBank();
  const warmUp = clients === clientNumbers[0] ? {} : { warmUp: answersOfLaterWarmUps };
  const load = { clients, seconds: bench.seconds * bench.repeats, ...warmUp };
  const outcome = await measureHttp(bank, payers, load, bench.progress);
  const { transfer, select_one: selectOne } = outcome;
  const name = `POST /transfer, clients: ${clients}`;
  return {
    rows: [
      comparedRow(
        'http',
        name,
        'requests/s',
        transfer.requests_per_second,
        { name: 'select 1', value: selectOne.requests_per_second },
        { atLeast: 0.65 },
      ),
      comparedRow('http', name, 'p50 ms', transfer.p50_ms, { name: 'select 1', value: selectOne.p50_ms }),
      comparedRow(
        'http',
        name,
        'p99 ms',
        transfer.p99_ms,
        { name: 'select 1', value: selectOne.p99_ms },
        { atMost: 2 },
      ),
    ],
    failures: failuresOf(outcome),
  };
}
