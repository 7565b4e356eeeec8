import { expect, test } from 'vitest';
import { readVaultKeys } from '../../../lambdas/runtime/vault-keys.ts';

const environment = { SSN_KEY_ID: 'arn:ssn', SSN_INDEX_KEY_ID: 'arn:index-2', SSN_INDEX_KEY_VERSION: '2' };

test('the keys are those that the environment names', () => {
  expect(readVaultKeys(environment)).toEqual({
    ssnKeyId: 'arn:ssn',
    indexKeys: [{ version: 2, keyId: 'arn:index-2' }],
  });
});

test('while the HMAC key is replaced, the one before it comes first', () => {
  expect(readVaultKeys({ ...environment, SSN_INDEX_PREVIOUS_KEY_ID: 'arn:index-1' }).indexKeys).toEqual([
    { version: 1, keyId: 'arn:index-1' },
    { version: 2, keyId: 'arn:index-2' },
  ]);
});

test.each(['0', '-1', '1.5', 'two', ''])('"%s" is no version', SSN_INDEX_KEY_VERSION => {
  expect(() => readVaultKeys({ ...environment, SSN_INDEX_KEY_VERSION })).toThrow(/SSN_INDEX_KEY_VERSION/);
});

test('what is missing is named', () => {
  expect(() => readVaultKeys({})).toThrow(/SSN_KEY_ID.*SSN_INDEX_KEY_ID.*SSN_INDEX_KEY_VERSION/);
});
