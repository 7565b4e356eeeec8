import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type AuditBank, openAuditBank } from '../support/audit-bank.ts';
import { expectOneLine, run } from '../support/programs.ts';

let audit: AuditBank;
let home: string;
let health: Server;
let ids: string[];
beforeAll(async () => {
  [audit, home] = await Promise.all([openAuditBank(), mkdtemp(join(tmpdir(), 'countinghouse-verify-'))]);
  health = createServer((_request, response) => response.end('{"status":"healthy"}'));
  await new Promise<void>(listening => health.listen(0, '127.0.0.1', listening));
  await noteRunningBank();
  ids = await audit.write(25);
  await audit.seal();
  await audit.write(3);
});
afterAll(async () => {
  health?.close();
  await audit?.close();
  await rm(home, { recursive: true, force: true });
});

/** Notes a running bank as `npm start` does. */
async function noteRunningBank(endpoints: Record<string, string> = {}): Promise<void> {
  const address = health.address();
  const note = {
    apiUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    databaseUrl: audit.bank.database.url,
    endpoints: { 'rds-data': audit.bank.dataApi.url, s3: audit.s3.url, kms: audit.kms.url, ...endpoints },
    outputs: {
      DatabaseClusterArn: 'cluster',
      DatabaseName: audit.bank.database.name,
      AuditLoginSecretArn: 'bank_audit',
      AuditBucketName: audit.s3.bucket,
      SealKeyArn: audit.kms.keyId,
    },
    identity: { endpoint: '', userPoolId: '', userPoolClientId: '' },
  };
  await writeFile(join(home, 'running.json'), JSON.stringify(note));
}

const verify = (...options: string[]) =>
  run(process.execPath, ['ops/audit-verify.ts', ...options], { BANK_HOME: home });

test('an intact audit is told in one line, with what is not sealed yet', async () => {
  expect(await verify()).toEqual({ code: 0, stdout: 'intact: 25 rows, 3 seals, 3 not sealed yet\n', stderr: '' });
});

test('another cluster, such as a restored one, is held against the same archive', async () => {
  expect(await verify('--cluster', 'cluster')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^intact: 25 /),
  });
});

test('the first row that was altered is named by entity, action and time, with what is wrong', async () => {
  const { rows } = await audit.bank.database.pool.query('select * from bank.audit_logs where id = $1', [ids[12]]);
  const change = (ip: string) => audit.tamper(`update bank.audit_logs set ip = '${ip}' where id = '${ids[12]}'`);
  onTestFinished(() => change(rows[0].ip));
  await change('198.51.100.9');
  const { entity_id, occurred_at } = rows[0];
  const time = `${occurred_at.toISOString().slice(0, 22)}`;
  expectOneLine(
    await verify(),
    new RegExp(
      `^not intact: AccountFrozen of account ${entity_id} at ${time}.*: the row was changed after it was sealed \\(row ${ids[12]}, seal 2\\)$`,
    ),
  );
});

test('a seal that is at fault without a row is named by its number', async () => {
  const seal = await audit.archived(1);
  await audit.overwrite(1, '{}');
  expectOneLine(await verify(), /^not intact: the archive holds something else than a seal \(seal 1\)$/);
  await audit.overwrite(1, JSON.stringify(seal));
});

test('a service that does not answer, or will not, is told in one line in its own words', async () => {
  await noteRunningBank({ s3: 'http://127.0.0.1:9' });
  expectOneLine(await verify(), /^The audit was not verified: .*ECONNREFUSED/);
  await audit.tamper('revoke execute on function bank.compare_audit from bank_audit');
  await noteRunningBank();
  expectOneLine(await verify(), /^The audit was not verified: .*permission denied for function compare_audit/);
  await audit.tamper('grant execute on function bank.compare_audit to bank_audit');
});

test('without a bank that runs here it says so', async () => {
  const elsewhere = await run(process.execPath, ['ops/audit-verify.ts'], { BANK_HOME: join(home, 'nothing') });
  expectOneLine(elsewhere, /^No bank is running here.*--stage/);
});

test('it tells how it is used', async () => {
  const { code, stdout } = await verify('--help');
  expect([code, stdout]).toEqual([0, expect.stringContaining('npm run -s audit:verify -- [--stage NAME]')]);
  expectOneLine(await verify('--stag', 'dev'), /--stag.*--help/);
});
