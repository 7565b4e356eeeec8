import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../local/postgres/processes.ts';
import { run } from '../support/programs.ts';
import { sealedAuditLog } from '../support/sealed-audit-log.ts';
import { type Person, startSystem, type TestSystem } from '../support/system.ts';

let bank: TestSystem;
let auditor: Person;
let analyst: Person;
let account: string;
let folder: string;
/** The row that tells of the account's being frozen, as the list has it, sealed. */
let row: Record<string, unknown>;

beforeAll(async () => {
  [bank, folder] = await Promise.all([startSystem(), mkdtemp(join(tmpdir(), 'countinghouse-audit-'))]);
  [auditor, analyst] = [await bank.person('auditor'), await bank.person('analyst')];
  account = await bank.account(await bank.person('customer'));
  await bank.call(analyst, 'POST', `/accounts/${account}/freeze`, { reason: 'reported stolen' });
  await until(async () => (await list(`entity_id=${account}&action=AccountFrozen`)).length === 1, 30_000);
  await sealedAuditLog(bank);
  [row = {}] = await list(`entity_id=${account}&action=AccountFrozen`);
});
afterAll(async () => {
  await bank?.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string) => bank.call(auditor, 'GET', path);

async function list(query: string): Promise<Record<string, unknown>[]> {
  return (await get(`/audit-logs?${query}`)).body.audit_logs as Record<string, unknown>[];
}

test('what a member of staff did is listed with who it was, what changed and why', async () => {
  expect(row).toMatchObject({
    entity_type: 'account',
    actor_id: analyst.id,
    actor_roles: ['analyst'],
    old_values: { status: 'ACTIVE' },
    new_values: { status: 'FROZEN' },
    metadata: { reason: 'reported stolen' },
  });
  expect((await get(`/audit-logs/${row.id}`)).body).toEqual(row);
});

test('a proof of it holds with the public key alone, and not when the row is told otherwise', async () => {
  const proof = (await get(`/audit-logs/${row.id}/proof`)).body;
  const [proofFile, keyFile] = [join(folder, 'proof.json'), join(folder, 'key.pem')];
  await writeFile(keyFile, String((await get('/audit-logs/public-key')).body.public_key));
  const check = () => run(process.execPath, ['docs/verify-proof.mjs', proofFile, keyFile]);
  await writeFile(proofFile, JSON.stringify(proof));
  expect(await check()).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`proven: AccountFrozen of account ${account}`),
  });
  await writeFile(proofFile, JSON.stringify({ ...proof, audit_log: { ...row, actor_id: auditor.id } }));
  expect(await check()).toMatchObject({ code: 1, stdout: '' });
});

describe('the verification', () => {
  test('finds what the worker has written intact', async () => {
    const { body } = await get('/audit-logs/verification');
    expect(body).toMatchObject({ intact: true, complete: true, first_fault: null, next_cursor: null });
    expect(body.rows).toBeGreaterThan(1);
  });

  test('names the row that a superuser has changed, and its proof is refused', async () => {
    const change = (agent: string) =>
      bank.database.pool.query(`begin; set local session_replication_role = replica;
        update bank.audit_logs set user_agent = '${agent}' where id = '${row.id}'; commit`);
    await change('nobody');
    const { body } = await get('/audit-logs/verification');
    expect(body).toMatchObject({
      intact: false,
      first_fault: {
        kind: 'ROW_ALTERED',
        audit_log_id: row.id,
        about: { entity_id: account, action: 'AccountFrozen' },
      },
    });
    const refused = await get(`/audit-logs/${row.id}/proof`);
    expect([refused.status, refused.body.code]).toEqual([409, 'AUDIT_LOG_ALTERED']);
    await change(String(row.user_agent));
    expect((await get('/audit-logs/verification')).body.intact).toBe(true);
  });
});

test('a row that no seal has yet has no proof, and is told when to come back', async () => {
  await bank.call(analyst, 'POST', `/accounts/${account}/unfreeze`, { reason: 'found again' });
  const since = `entity_id=${account}&action=AccountUnfrozen`;
  await until(async () => (await list(since)).length === 1, 30_000);
  const [young] = await list(since);
  const { status, body, headers } = await get(`/audit-logs/${young?.id}/proof`);
  expect([status, body.code, headers.get('retry-after')]).toEqual([409, 'NOT_SEALED_YET', '300']);
});
