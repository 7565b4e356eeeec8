import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { payInThePast } from '../support/history.ts';
import { seedAlert } from '../support/seed-alert.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
beforeAll(async () => {
  bank = await openTestBank();
  alice = await bank.customer();
});
afterAll(() => bank.close());

const staff = (role: 'analyst' | 'admin' = 'analyst'): ActingCaller => ({ ...teller, id: randomUUID(), roles: [role] });
const analyst = staff();
const notes = 'spoke to the customer';

interface Payment {
  owner?: ActingCaller;
  by?: ActingCaller;
  account?: string;
  payee?: string;
}

/** An alert about a payment: by alice from a new account to a new one, unless told otherwise. */
async function newAlert({ owner = alice, by = owner, account, payee }: Payment = {}) {
  const from = account ?? (await bank.account(owner, '100'));
  const to = payee ?? (await bank.account(await bank.customer()));
  const transfer = { from_account_id: from, to_account_id: to, amount: '1', description: undefined };
  const { transaction } = await bank.ledger.postTransfer({ ...transfer, caller: by, key: undefined });
  const id = await seedAlert(bank.database.pool, { account: from, transaction: transaction.id });
  return { id, account: from, transaction: transaction.id };
}

const assign = (alert_id: string, { investigator = '', caller = analyst } = {}) =>
  bank.fraudAlerts.assignAlert({ alert_id, investigator: investigator || caller.id, caller });
const resolve = (
  alert_id: string,
  {
    resolution = 'RESOLVED',
    said = notes,
    caller = analyst,
  }: { resolution?: 'RESOLVED' | 'FALSE_POSITIVE'; said?: string; caller?: ActingCaller } = {},
) => bank.fraudAlerts.resolveAlert({ alert_id, resolution, notes: said, caller });

async function eventsOf(alertId: string) {
  const { rows } = await bank.database.pool.query(
    "select type, actor ->> 'id' as actor, data from bank.events where aggregate_id = $1 and type <> 'FraudAlertRaised' order by created_at",
    [alertId],
  );
  return rows;
}

describe('an alert that is given to somebody', () => {
  test('is investigated by that person from then on, and may be given to another', async () => {
    const { id } = await newAlert();
    expect(await assign(id)).toMatchObject({ id, status: 'INVESTIGATING', investigator: analyst.id, version: 2 });
    const colleague = staff();
    const passedOn = await assign(id, { investigator: colleague.id });
    expect(passedOn).toMatchObject({ status: 'INVESTIGATING', investigator: colleague.id, version: 3 });
  });

  test('twice to the same person changes nothing more, and leaves one event with what was and what is', async () => {
    const { id, account, transaction } = await newAlert();
    const first = await assign(id);
    expect(await assign(id)).toEqual(first);
    expect(await eventsOf(id)).toMatchObject([
      {
        type: 'FraudAlertAssigned',
        actor: analyst.id,
        data: {
          account_id: account,
          transaction_id: transaction,
          customer_id: alice.id,
          old: { status: 'OPEN', investigator: null, version: 1 },
          new: { status: 'INVESTIGATING', investigator: analyst.id, version: 2 },
        },
      },
    ]);
  });

  test('at once to many people is investigated by one, and has an event of each change', async () => {
    const { id } = await newAlert();
    const people = Array.from({ length: 8 }, () => staff());
    await Promise.all(people.map(caller => assign(id, { caller })));
    const events = await eventsOf(id);
    const { alert } = await bank.fraudAlerts.readCase(id, analyst);
    expect([events.length, alert.version]).toEqual([8, 9]);
    expect(events.at(-1)?.data.new.investigator).toBe(alert.investigator);
  });
});

describe('an alert that is closed', () => {
  test.each(['RESOLVED', 'FALSE_POSITIVE'] as const)(
    '%s says why, when, and who has found it out',
    async resolution => {
      const { id } = await newAlert();
      const closed = await resolve(id, { resolution });
      expect(closed).toMatchObject({
        status: resolution,
        resolution_notes: notes,
        investigator: analyst.id,
        version: 2,
      });
      expect(closed.resolved_at).toBe(closed.updated_at);
      expect(await eventsOf(id)).toMatchObject([
        {
          type: 'FraudAlertResolved',
          actor: analyst.id,
          data: { old: { status: 'OPEN' }, new: { status: resolution, resolution_notes: notes } },
        },
      ]);
    },
  );

  test('keeps the investigator who had it, whoever closes it', async () => {
    const { id } = await newAlert();
    await assign(id);
    expect(await resolve(id, { caller: staff('admin') })).toMatchObject({ investigator: analyst.id });
  });

  test('again with the same words answers the same and leaves one event; with others, or to be given away, it is refused', async () => {
    const { id } = await newAlert();
    const closed = await resolve(id);
    expect(await resolve(id)).toEqual(closed);
    for (const other of [
      () => resolve(id, { said: 'something else' }),
      () => resolve(id, { resolution: 'FALSE_POSITIVE' }),
      () => assign(id),
    ]) {
      await expect(other()).rejects.toMatchObject({ code: 'WRONG_STATUS', details: { fields: [{ field: 'id' }] } });
    }
    expect(await eventsOf(id)).toHaveLength(1);
    expect((await bank.fraudAlerts.readCase(id, analyst)).alert).toEqual(closed);
  });

  test('at once by two in two ways is closed in one of them', async () => {
    const { id } = await newAlert();
    const outcomes = await Promise.allSettled([
      resolve(id, { resolution: 'RESOLVED' }),
      resolve(id, { resolution: 'FALSE_POSITIVE', caller: staff() }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await eventsOf(id)).toHaveLength(1);
  });

  test('stays closed when more is found, and tells of it', async () => {
    const { id, account, transaction } = await newAlert();
    await resolve(id);
    const verdict = { score: 95, outcome: 'BLOCK_AND_ALERT', rules: [{ rule: 'STRUCTURING', score: 95, payments: 4 }] };
    await bank.database.pool.query('select bank.raise_alert($1, $2, $3, bank.system_caller())', [
      transaction,
      account,
      JSON.stringify(verdict),
    ]);
    const { alert } = await bank.fraudAlerts.readCase(id, analyst);
    expect(alert).toMatchObject({ status: 'RESOLVED', risk_score: 95, rules_triggered: verdict.rules });
  });

  test('after a lost reply is answered by what the first try did', async () => {
    const { id } = await newAlert();
    const command = [randomUUID(), id, 'RESOLVED', notes, JSON.stringify({ id: analyst.id, own_accounts_only: false })];
    const send = () =>
      bank.database.pool.query('select bank.resolve_fraud_alert($1, $2, $3, $4, $5) as answer', command);
    const [first, second] = [await send(), await send()];
    expect(second.rows[0].answer).toEqual({ ...first.rows[0].answer, replayed: false });
  });
});

describe('nobody works on an alert about money of their own', () => {
  const cases: Record<string, (person: ActingCaller) => ReturnType<typeof newAlert>> = {
    'the account that pays is theirs': person => newAlert({ owner: person }),
    'the account that is paid is theirs': async person => newAlert({ payee: await bank.account(person) }),
    'they sent the payment': async person => newAlert({ by: { ...person, ownAccountsOnly: false } }),
  };

  test.each(Object.entries(cases))('when %s', async (_, alertOf) => {
    const person = await bank.customer();
    const { id } = await alertOf(person);
    const own = { ...person, roles: ['customer', 'analyst'], ownAccountsOnly: false } satisfies ActingCaller;
    for (const act of [
      () => assign(id, { caller: own }),
      () => assign(id, { caller: own, investigator: analyst.id }),
      () => resolve(id, { caller: own }),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'FORBIDDEN', details: { fields: [{ field: 'id' }] } });
    }
    await expect(assign(id, { investigator: own.id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      details: { fields: [{ field: 'investigator' }] },
    });
    expect(await eventsOf(id)).toEqual([]);
    expect(await resolve(id)).toMatchObject({ status: 'RESOLVED' });
  });
});

describe('a case', () => {
  test('has the alert, its transaction, the account, and the ten transactions on either side, newest first', async () => {
    const [account, payee] = [await bank.account(alice, '100'), await bank.account(alice)];
    const minutes = (count: number, from: number) =>
      Array.from({ length: count }, (_, index) => new Date(from + index * 60_000));
    const now = Date.now();
    const past = minutes(12, now - 3_600_000).map((at, index) =>
      index % 2 ? { from: account, to: payee, at } : { from: payee, to: account, at },
    );
    await payInThePast(bank.database.pool, past);
    const { id, transaction } = await newAlert({ account });
    await payInThePast(
      bank.database.pool,
      minutes(12, now + 3_600_000).map(at => ({ from: payee, to: account, at, status: 'FAILED' as const })),
    );
    const found = await bank.fraudAlerts.readCase(id, analyst);
    expect(found).toMatchObject({
      alert: { id },
      transaction: { id: transaction },
      account: { id: account, balance: '99.00' },
    });
    const times = (list: { created_at: string }[]) => list.map(({ created_at }) => Date.parse(created_at));
    // The deposit with which the account was opened is the latest before.
    expect(times(found.before)).toEqual([
      times(found.before)[0],
      ...past
        .slice(3)
        .map(({ at }) => at.getTime())
        .reverse(),
    ]);
    expect(times(found.after)).toEqual(
      minutes(10, now + 3_600_000)
        .map(at => at.getTime())
        .reverse(),
    );
    expect(new Set(found.after.map(({ status }) => status))).toEqual(new Set(['FAILED']));
  });

  test('has the earlier alerts of its account alone, newest first', async () => {
    const first = await newAlert();
    const rest = { account: first.account };
    const [second, third] = [await newAlert(rest), await newAlert(rest)];
    await newAlert();
    await newAlert(rest);
    const { earlier_alerts } = await bank.fraudAlerts.readCase(third.id, analyst);
    expect(earlier_alerts.map(({ id }) => id)).toEqual([second.id, first.id]);
  });

  test('that does not exist is not found, nor worked on', async () => {
    const nothing = randomUUID();
    for (const act of [
      () => bank.fraudAlerts.readCase(nothing, analyst),
      () => assign(nothing),
      () => resolve(nothing),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'ALERT_NOT_FOUND' });
    }
  });

  test('is nothing for a caller that acts as a customer', async () => {
    const { id } = await newAlert();
    const list = { filters: {}, limit: 5, cursor: undefined };
    for (const act of [
      () => bank.fraudAlerts.readCase(id, alice),
      () => bank.fraudAlerts.listAlerts({ ...list, caller: alice }),
      () => assign(id, { caller: alice }),
      () => resolve(id, { caller: alice }),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});
