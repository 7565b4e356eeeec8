import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActingCaller } from '../../lambdas/adapters/envelope.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
let alice: ActingCaller;
let bob: ActingCaller;
beforeAll(async () => {
  bank = await openTestBank();
  [alice, bob] = [await bank.customer(), await bank.customer()];
});
afterAll(() => bank?.close());

const reason = 'asked at the counter';
const read = (id: string) => bank.accounts.readAccount(id, teller);
const freeze = (account_id: string, caller = teller) => bank.powers.freezeAccount({ account_id, reason, caller });
const unfreeze = (account_id: string, { fourEyes = false, caller = teller } = {}) =>
  bank.powers.unfreezeAccount({ account_id, reason, fourEyes, caller });

function update(
  account_id: string,
  terms: { overdraft_limit?: string; interest_rate?: string; version?: number | null; caller?: ActingCaller },
) {
  const { overdraft_limit, interest_rate, version = null, caller = teller } = terms;
  return bank.powers.updateAccount({ account_id, overdraft_limit, interest_rate, version, caller });
}

function close(account_id: string, caller = teller) {
  return bank.powers.closeAccount({ account_id, sweep_to_account_id: undefined, reason, key: undefined, caller });
}

function move(from_account_id: string, to_account_id: string, amount = '1') {
  return bank.ledger.postTransfer({
    from_account_id,
    to_account_id,
    amount,
    description: undefined,
    caller: alice,
    key: undefined,
  });
}

async function lastEvent(id: string) {
  const { rows } = await bank.database.pool.query(
    'select type, actor, data from bank.events where aggregate_id = $1 order by created_at desc limit 1',
    [id],
  );
  return rows[0];
}

describe('an update', () => {
  test('changes what it names, at the version that was read, and leaves the next version', async () => {
    const id = await bank.account(alice, '5', { overdraft_limit: '10' });
    const { version } = await read(id);
    const account = await update(id, { overdraft_limit: '250.5', version });
    expect(account).toMatchObject({ overdraft_limit: '250.50', interest_rate: '0.000000', version: version + 1 });
    expect(await read(id)).toEqual(account);
    expect(await update(id, { interest_rate: '0.05', version: version + 1 })).toMatchObject({
      overdraft_limit: '250.50',
      interest_rate: '0.050000',
      version: version + 2,
    });
  });

  test('leaves an event with the values before and after it, and who did it', async () => {
    const id = await bank.account(alice);
    await update(id, { overdraft_limit: '20' });
    expect(await lastEvent(id)).toMatchObject({
      type: 'AccountUpdated',
      actor: { id: teller.id },
      data: { old: { overdraft_limit: '0.00', version: 1 }, new: { overdraft_limit: '20.00', version: 2 } },
    });
  });

  test('from an older version is refused and changes nothing, whatever changed since', async () => {
    const id = await bank.account(alice, '5');
    const { version } = await read(id);
    await update(id, { interest_rate: '0.01', version });
    const since = await read(id);
    await expect(update(id, { interest_rate: '0.02', version })).rejects.toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await read(id)).toEqual(since);
  });

  test('that comes at once with others from the same version succeeds once', async () => {
    const id = await bank.account(alice);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => update(id, { overdraft_limit: String(index + 1), version: 1 })),
    );
    expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(1);
    expect((await read(id)).version).toBe(2);
  });

  test('never takes away an overdraft that is in use', async () => {
    const id = await bank.account(alice, '0', { overdraft_limit: '100' });
    await move(id, await bank.account(bob), '60');
    await expect(update(id, { overdraft_limit: '59.99' })).rejects.toMatchObject({
      code: 'INSUFFICIENT_FUNDS',
      details: { fields: [{ field: 'overdraft_limit' }] },
    });
    expect(await update(id, { overdraft_limit: '60' })).toMatchObject({ available_balance: '0.00' });
  });

  test('of a limit too fine, an unknown account or a closed one is refused', async () => {
    const id = await bank.account(alice);
    await expect(update(id, { overdraft_limit: '0.001' })).rejects.toMatchObject({ code: 'AMOUNT_NOT_REPRESENTABLE' });
    await expect(update(randomUUID(), { overdraft_limit: '1' })).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
    await close(id);
    await expect(update(id, { overdraft_limit: '1' })).rejects.toMatchObject({ code: 'WRONG_STATUS' });
  });

  test('that is sent again after a lost reply has one effect and the same answer', async () => {
    const id = await bank.account(alice);
    const command = [randomUUID(), id, '9', null, null, 1, JSON.stringify({ id: teller.id, own_accounts_only: false })];
    const send = () =>
      bank.database.pool.query('select bank.update_account($1, $2, $3, $4, $5, $6, $7) as answer', command);
    const [first, second] = [await send(), await send()];
    expect(second.rows[0].answer).toEqual({ ...first.rows[0].answer, replayed: false });
    expect((await read(id)).version).toBe(2);
  });
});

describe('a frozen account', () => {
  test('moves nothing, in or out, until it is let go', async () => {
    const [id, other] = [await bank.account(alice, '10'), await bank.account(alice, '10')];
    const before = await read(id);
    expect(await freeze(id)).toMatchObject({ status: 'FROZEN', version: before.version + 1 });
    await expect(move(id, other)).rejects.toMatchObject({ code: 'ACCOUNT_NOT_ACTIVE' });
    await expect(move(other, id)).rejects.toMatchObject({ code: 'ACCOUNT_NOT_ACTIVE' });
    expect(await unfreeze(id)).toMatchObject({ status: 'ACTIVE', version: before.version + 2 });
    await move(id, other);
    expect([await bank.balance(id), await bank.balance(other)]).toEqual(['9.00', '11.00']);
  });

  test('is neither frozen again nor closed, and an active one not unfrozen', async () => {
    const id = await bank.account(alice);
    await expect(unfreeze(id)).rejects.toMatchObject({ code: 'WRONG_STATUS' });
    await freeze(id);
    await expect(freeze(id)).rejects.toMatchObject({ code: 'WRONG_STATUS' });
    await expect(close(id)).rejects.toMatchObject({ code: 'WRONG_STATUS' });
    await expect(freeze(randomUUID())).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
  });

  test('has events of both, with the status before and after and the reason', async () => {
    const id = await bank.account(alice);
    await freeze(id);
    expect(await lastEvent(id)).toMatchObject({
      type: 'AccountFrozen',
      data: { old: { status: 'ACTIVE' }, new: { status: 'FROZEN' }, reason },
    });
    await unfreeze(id);
    expect(await lastEvent(id)).toMatchObject({
      type: 'AccountUnfrozen',
      data: { old: { status: 'FROZEN' }, new: { status: 'ACTIVE' }, reason },
    });
  });
});

describe('where four eyes are wanted', () => {
  const colleague: ActingCaller = { ...teller, id: randomUUID() };
  const status = async (id: string) => (await read(id)).status;

  test('who froze an account does not let it go, and somebody else does', async () => {
    const id = await bank.account(alice);
    await freeze(id);
    await expect(unfreeze(id, { fourEyes: true })).rejects.toMatchObject({
      code: 'FOUR_EYES_REQUIRED',
      details: { fields: [{ field: 'id' }] },
    });
    expect(await status(id)).toBe('FROZEN');
    expect(await unfreeze(id, { fourEyes: true, caller: colleague })).toMatchObject({ status: 'ACTIVE' });
  });

  test('it is the last one to freeze that counts, not who froze it before', async () => {
    const id = await bank.account(alice);
    await freeze(id);
    await unfreeze(id, { caller: colleague });
    await freeze(id, colleague);
    expect(await unfreeze(id, { fourEyes: true })).toMatchObject({ status: 'ACTIVE' });
  });

  test("what the bank's own rules froze, or somebody before this was kept, anybody lets go", async () => {
    const id = await bank.account(alice);
    await bank.database.pool.query('select bank.freeze_suspects($1)', [[id]]);
    expect(await status(id)).toBe('FROZEN');
    expect(await unfreeze(id, { fourEyes: true })).toMatchObject({ status: 'ACTIVE' });
  });
});

test('a caller that acts as a customer has none of these powers, even over its own account', async () => {
  const id = await bank.account(alice);
  for (const act of [
    () => update(id, { overdraft_limit: '1000', caller: alice }),
    () => freeze(id, alice),
    () => close(id, alice),
  ]) {
    await expect(act()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
  expect((await read(id)).version).toBe(1);
});
