import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSsnIndexes } from '../../lambdas/adapters/ssn-indexes.ts';
import type { IndexKey, Vault } from '../../lambdas/adapters/vault.ts';
import { runReindex } from '../../lambdas/deploy/run-reindex.ts';
import { memoryVault } from '../support/memory-vault.ts';
import { newcomer, registration } from '../support/registration.ts';
import { openTestBank, type TestBank } from '../support/test-bank.ts';

const first: IndexKey = { version: 1, keyId: 'first key' };
const second: IndexKey = { version: 2, keyId: 'second key' };
/** What a function is given before, while and after the second key takes the first one's place. */
const [before, during, after] = [memoryVault([first]), memoryVault([first, second]), memoryVault([second])];

let bank: TestBank;
beforeEach(async () => {
  bank = await openTestBank();
});
afterEach(() => bank.close());

async function register(ssn: string, vault: Vault): Promise<string> {
  const request = registration(newcomer(), ssn);
  const ciphertext = await vault.encryptSsn(ssn, request.caller.id);
  await bank.customers.registerCustomer({
    ...request,
    ssn: { ...request.ssn, ciphertext, indexes: await vault.ssnIndexes(ssn) },
  });
  return request.caller.id;
}

/** Runs with at most so many batches of two. */
function reindex(keyVersions: number[], vault: Vault, batches = Number.POSITIVE_INFINITY) {
  let left = batches;
  return runReindex({
    runId: randomUUID(),
    indexes: createSsnIndexes(bank.dataApi.database('bank_customers')),
    vault,
    keyVersions,
    batchSize: 2,
    mayGoOn: () => left-- > 0,
  });
}

/** How many indexes there are under each version. */
async function indexes(): Promise<Record<number, number>> {
  const { rows } = await bank.database.pool.query(
    'select key_version, count(*)::integer as count from bank.ssn_indexes group by key_version',
  );
  return Object.fromEntries(rows.map(row => [row.key_version, row.count]));
}

const numbers = ['123450001', '123450002', '123450003', '123450004', '123450005'];
const taken = { code: 'SSN_TAKEN' };

test('a number stays taken before, while and after the HMAC key is replaced', async () => {
  const [one = '', two = '', three = '', four = ''] = numbers;
  for (const ssn of [one, two, three]) {
    await register(ssn, before);
  }
  // Functions of the old and the new release answer side by side.
  await register(four, during);
  for (const ssn of [one, two, three, four]) {
    await expect(register(ssn, before)).rejects.toMatchObject(taken);
    await expect(register(ssn, during)).rejects.toMatchObject(taken);
  }
  await reindex([1, 2], during, 1);
  for (const ssn of [one, two, three, four]) {
    await expect(register(ssn, before)).rejects.toMatchObject(taken);
    await expect(register(ssn, during)).rejects.toMatchObject(taken);
  }
  expect(await reindex([1, 2], during)).toMatchObject({ done: true });
  for (const ssn of [one, two, three, four]) {
    await expect(register(ssn, during)).rejects.toMatchObject(taken);
    await expect(register(ssn, after)).rejects.toMatchObject(taken);
  }
  expect(await reindex([2], after)).toMatchObject({ done: true });
  for (const ssn of [one, two, three, four]) {
    await expect(register(ssn, after)).rejects.toMatchObject(taken);
  }
});

test('a run that is cut off is carried on by the next, and one that is done changes nothing', async () => {
  for (const ssn of numbers) {
    await register(ssn, before);
  }
  expect(await reindex([1, 2], during, 1)).toEqual({ done: false, added: 2, retired: 0, duplicates: [] });
  expect(await indexes()).toEqual({ 1: 5, 2: 2 });
  expect(await reindex([1, 2], during)).toEqual({ done: true, added: 3, retired: 0, duplicates: [] });
  expect(await indexes()).toEqual({ 1: 5, 2: 5 });
  expect(await reindex([1, 2], during)).toEqual({ done: true, added: 0, retired: 0, duplicates: [] });
});

test('two runs at once make each index once', async () => {
  for (const ssn of numbers) {
    await register(ssn, before);
  }
  const outcomes = await Promise.all([reindex([1, 2], during), reindex([1, 2], during)]);
  expect(outcomes.map(outcome => outcome.done)).toEqual([true, true]);
  expect(outcomes.reduce((sum, outcome) => sum + outcome.added, 0)).toBe(5);
  expect(await indexes()).toEqual({ 1: 5, 2: 5 });
});

test('the indexes of a key that was given up go once everybody has one of the newest', async () => {
  for (const ssn of numbers) {
    await register(ssn, before);
  }
  await reindex([1, 2], during);
  expect(await reindex([2], after)).toEqual({ done: true, added: 0, retired: 5, duplicates: [] });
  expect(await indexes()).toEqual({ 2: 5 });
});

test('a key that is given up too early leaves nobody without an index', async () => {
  for (const ssn of numbers) {
    await register(ssn, before);
  }
  expect(await reindex([2], after, 2)).toMatchObject({ done: false, retired: 0 });
  expect(await indexes()).toEqual({ 1: 5, 2: 4 });
});

test('a ciphertext in another customer’s row does not decrypt, and stops the run', async () => {
  const [one = '', two = ''] = numbers;
  const [ada, ben] = [await register(one, before), await register(two, before)];
  await bank.database.pool.query(
    `update bank.customers set ssn_ciphertext = (select ssn_ciphertext from bank.customers where id = $1) where id = $2`,
    [ada, ben],
  );
  await expect(reindex([1, 2], during)).rejects.toThrow();
  expect(await indexes()).toEqual({ 1: 2 });
});

test('customers who came to have one number are named, and the rest go on', async () => {
  const [one = '', two = ''] = numbers;
  const [ada] = [await register(one, before), await register(two, before)];
  // As if a function without the first key had let it in.
  const twin = await register(one, memoryVault([{ version: 3, keyId: 'unknown' }]));
  const outcome = await reindex([1, 2], during);
  expect(outcome).toMatchObject({ done: true, added: 2 });
  expect(outcome.duplicates).toHaveLength(1);
  expect([ada, twin]).toContain(outcome.duplicates[0]);
  // One of the two has no index of the second key, so the first key's stay, which keep the number taken.
  expect(await reindex([2], after)).toMatchObject({ done: true, retired: 0 });
  expect(await indexes()).toEqual({ 1: 2, 2: 2, 3: 1 });
});

test('every run leaves whose numbers it read and what it added', async () => {
  const ada = await register('123450001', before);
  await reindex([1, 2], during);
  const { rows } = await bank.database.pool.query(
    `select type, data from bank.events where aggregate_type = 'ssn_reindex' order by id`,
  );
  expect(rows).toEqual([
    { type: 'SsnsReadForReindex', data: { key_version: 2, customers: [ada] } },
    { type: 'SsnsReindexed', data: { key_version: 2, customers: [ada], duplicates: [] } },
  ]);
});
