import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { stageConfig, stageNames, stageSchema, UnknownStage } from '../../lib/config.ts';

describe('the stages', () => {
  test('are local, dev, staging and prod, each with settings that hold together', () => {
    expect(stageNames).toEqual(['local', 'dev', 'staging', 'prod']);
    for (const name of stageNames) {
      expect(stageConfig(name).stage).toBe(name);
    }
  });

  test.each(['qa', '', 'PROD', 'toString', undefined])(
    'a stage that does not exist (%j) is refused in one line that names the four',
    name => {
      const refusal = `There is no stage "${name}": choose one of local, dev, staging, prod, for example -c stage=dev`;
      expect(() => stageConfig(name)).toThrow(expect.objectContaining({ constructor: UnknownStage, message: refusal }));
    },
  );

  test('customers pay in cash and open accounts themselves on trial stages only', () => {
    const rules = Object.fromEntries(stageNames.map(name => [name, stageConfig(name).customerRules]));
    const allowed = { customer_deposits: true, customer_opens_accounts: true };
    const refused = { customer_deposits: false, customer_opens_accounts: false };
    expect(rules).toEqual({ local: allowed, dev: allowed, staging: refused, prod: refused });
  });

  test('differ as they must: trials cost nothing while idle, and prod loses nothing and goes over to new code carefully', () => {
    const prod = stageConfig('prod');
    expect(prod).toMatchObject({ removal: 'retain', deployment: 'canary', firewall: true, frequentSchedules: 'often' });
    expect(prod.database).toMatchObject({ readers: 1, backupDays: 35, deletionProtection: true });
    expect(prod.passwordRotationDays).toBeGreaterThan(0);
    const dev = stageConfig('dev');
    expect(dev).toMatchObject({ removal: 'destroy', deployment: 'all-at-once', firewall: false, warmPayments: 0 });
    expect([dev.database.minimumCapacity, dev.frequentSchedules]).toEqual([0, 'hourly']);
    for (const name of stageNames) expect(stageConfig(name).domain).toBeUndefined();
  });
});

describe('a record is refused', () => {
  const prod = stageConfig('prod');
  const zone = { name: 'api.bank.example', hostedZoneId: 'Z0123456789ABC' };
  const certificate = (region: string) => `arn:aws:acm:${region}:000000000000:certificate/0a1b2c3d`;

  test.each([
    ['that keeps functions warm without versions', { deployment: 'all-at-once' }, /all-at-once/],
    [
      'that retains a database which may be deleted',
      { database: { ...prod.database, deletionProtection: false } },
      /retained/,
    ],
    [
      'whose certificate is where CloudFront finds none',
      { domain: { ...zone, certificateArn: certificate('eu-west-1') } },
      /certificateArn/,
    ],
    ['without a version of the secret of the edge', { originSecretVersions: [] }, /originSecretVersions/],
    ['whose passwords are replaced too rarely', { passwordRotationDays: 1000 }, /passwordRotationDays/],
  ])('%s', (_what, changes, message) => {
    expect(() => stageSchema.parse({ ...prod, ...changes })).toThrow(message);
  });

  test('but not for a domain whose certificate is in us-east-1', () => {
    const domain = { ...zone, certificateArn: certificate('us-east-1') };
    expect(stageSchema.parse({ ...prod, domain }).domain).toEqual(domain);
  });
});

test('docs/DEPLOYMENT.md tells of every field of the record, and which stages there are', () => {
  const guide = readFileSync('docs/DEPLOYMENT.md', 'utf8');
  const { database, ...fields } = stageSchema.shape;
  const names = [...Object.keys(fields), ...Object.keys(database.shape)].filter(name => name !== 'stage');
  expect(names.filter(name => !new RegExp(`[\`.]${name}\``).test(guide))).toEqual([]);
  expect(guide).toContain(`| ${stageNames.join(' | ')} |`);
});
