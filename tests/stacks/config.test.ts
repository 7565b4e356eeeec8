import { describe, expect, test } from 'vitest';
import { stageConfig, stageNames, UnknownStage } from '../../lib/config.ts';

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
});
