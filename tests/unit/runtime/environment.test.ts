import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { databaseVariables, readEnvironment } from '../../../lambdas/runtime/environment.ts';
import { stageRulesVariable } from '../../../lambdas/runtime/stage-rules.ts';

const complete = {
  DATABASE_CLUSTER_ARN: 'arn:aws:rds:us-east-1:000000000000:cluster:bank',
  DATABASE_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:bank',
  DATABASE_NAME: 'bank',
};

describe("a function's environment", () => {
  test('is read with its variables parsed and nothing that was not asked for', () => {
    const shape = { ...databaseVariables, LIMIT: z.coerce.number() };
    expect(readEnvironment(shape, { ...complete, LIMIT: '3', AWS_SECRET_ACCESS_KEY: 'x' })).toEqual({
      ...complete,
      LIMIT: 3,
    });
  });

  test('that lacks variables is refused with all of them named at once', () => {
    expect(() => readEnvironment(databaseVariables, {})).toThrow(
      /DATABASE_CLUSTER_ARN.*DATABASE_SECRET_ARN.*DATABASE_NAME/,
    );
  });

  test('that has an empty variable is refused', () => {
    expect(() => readEnvironment(databaseVariables, { ...complete, DATABASE_NAME: '' })).toThrow(/DATABASE_NAME/);
  });

  test('that is refused is not repeated: a value may be a secret', () => {
    const shape = { TOKEN: z.string().max(3), LIMIT: z.coerce.number() };
    expect(() => readEnvironment(shape, { TOKEN: 'hunter2', LIMIT: 'hunter3' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter') }),
    );
  });
});

describe('the rules of a stage', () => {
  test('are read from a JSON list', () => {
    expect(readEnvironment(stageRulesVariable, { CUSTOMER_RULES: '["customer_deposits"]' })).toEqual({
      CUSTOMER_RULES: ['customer_deposits'],
    });
  });

  test('allow customers nothing where none are given', () => {
    expect(readEnvironment(stageRulesVariable, {})).toEqual({ CUSTOMER_RULES: [] });
  });

  test.each([
    ['an unknown rule', '["customer_prints_money"]'],
    ['no list', '"customer_deposits"'],
    ['no JSON', 'customer_deposits'],
    ['nothing', ''],
  ])('that are %s are refused by name, beside everything else that is wrong', (_what, text) => {
    expect(() => readEnvironment({ ...databaseVariables, ...stageRulesVariable }, { CUSTOMER_RULES: text })).toThrow(
      /DATABASE_CLUSTER_ARN.*CUSTOMER_RULES/,
    );
  });
});
