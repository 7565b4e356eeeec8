import { setTimeout as pause } from 'node:timers/promises';
import type { RDSDataClient } from '@aws-sdk/client-rds-data';
import { createDatabase, dataApiClient } from '../../../lambdas/adapters/database.ts';
import { createLedger } from '../../../lambdas/adapters/ledger.ts';
import { accountId, ownerOf } from '../ids.ts';
import type { LoadClient } from './load-client.ts';
import { transferInManyCalls } from './many-calls.ts';
import type { Work } from './messages.ts';
import { pickTwo } from './pick.ts';

type DataApiWork = Extract<Work, { kind: 'one-call' | 'many-calls' }>;

const target = { resourceArn: 'cluster', database: 'bank' };
const amount = '1.25';

/** A client with a connection to the Data API, on which each call takes so much longer. */
export function openDataApiClient({ kind, url, accounts, delay }: DataApiWork): LoadClient {
  const client = dataApiClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  if (delay > 0) delayCalls(client, delay);
  const send = kind === 'one-call' ? oneCall(client, accounts) : manyCalls(client, accounts);
  return {
    async send() {
      await send();
      return undefined;
    },
    close: async () => client.destroy(),
  };
}

/** As if the Data API were so many milliseconds away. */
function delayCalls(client: RDSDataClient, milliseconds: number): void {
  client.middlewareStack.add(
    next => async args => {
      await pause(milliseconds);
      return await next(args);
    },
    { step: 'finalizeRequest', name: 'farAway' },
  );
}

/** The adapter of the bank's function. */
function oneCall(client: RDSDataClient, accounts: number): () => Promise<unknown> {
  const ledger = createLedger(
    createDatabase({ target: { ...target, secretArn: 'bank_payments' }, client, remainingTime: () => 28_000 }),
  );
  return () => {
    const [from, to] = pickTwo(accounts);
    const caller = {
      id: ownerOf(from),
      roles: ['customer' as const],
      ip: '198.51.100.7',
      userAgent: 'bench',
      sessionId: 'bench',
      requestId: 'bench',
      ownAccountsOnly: true,
    };
    const accountIds = { from_account_id: accountId(from), to_account_id: accountId(to) };
    return ledger.postTransfer({ ...accountIds, amount, description: 'Bench', caller, key: undefined });
  };
}

function manyCalls(client: RDSDataClient, accounts: number): () => Promise<unknown> {
  const settings = { ...target, secretArn: 'superuser' };
  return () => {
    const [from, to] = pickTwo(accounts);
    return transferInManyCalls(client, settings, { from, to, amount });
  };
}
