import { describe, expect, test } from 'vitest';
import { keyOf, usersOf } from './keys.ts';
import { environmentOf, synthesisedBank } from './synthesised-bank.ts';

const { data: dev, api } = synthesisedBank('dev');
const { data: prod } = synthesisedBank('prod');
const replacing = synthesisedBank('dev', { changes: { ssnIndexKeyVersions: [3, 4] } });

describe('the key that encrypts social security numbers', () => {
  const key = keyOf(dev, 'countinghouse/dev/ssn');

  test('is symmetric and rotates', () => {
    expect(key.Properties).toMatchObject({ EnableKeyRotation: true });
    expect(key.Properties.KeySpec ?? 'SYMMETRIC_DEFAULT').toBe('SYMMETRIC_DEFAULT');
  });

  test('can be used by the customers function and the re-index function alone, whatever IAM says', () => {
    expect(usersOf(key)).toEqual({
      'kms:Decrypt': ['ssn-customers', 'ssn-reindex'],
      'kms:Encrypt': ['ssn-customers'],
    });
  });

  test('is used for a named customer or not at all', () => {
    expect(key.using).toHaveLength(2);
    for (const { Condition } of key.using) {
      expect(Condition).toMatchObject({
        'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['customer_id'] },
        'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': ['customer_id'] },
      });
    }
  });
});

describe('the key of the blind index', () => {
  const key = keyOf(dev, 'countinghouse/dev/ssn-index-1');

  test('makes HMACs of 256 bits and nothing else', () => {
    expect(key.Properties).toMatchObject({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  });

  test('can be used by the customers function and the re-index function alone, whatever IAM says', () => {
    expect(usersOf(key)).toEqual({ 'kms:GenerateMac': ['ssn-customers', 'ssn-reindex'] });
  });
});

describe('both keys', () => {
  test('leave the account somebody who can administer them', () => {
    for (const alias of ['countinghouse/prod/ssn', 'countinghouse/prod/ssn-index-1']) {
      const [administration] = keyOf(prod, alias).statements;
      expect(administration?.Action).toContain('kms:PutKeyPolicy');
      expect(JSON.stringify(administration?.Principal)).toContain(':root');
    }
  });

  test('outlive their stack in prod, where numbers are read with them, and not in dev', () => {
    for (const name of ['ssn', 'ssn-index-1']) {
      expect(keyOf(prod, `countinghouse/prod/${name}`).DeletionPolicy).toBe('Retain');
      expect(keyOf(dev, `countinghouse/dev/${name}`).DeletionPolicy).toBe('Delete');
    }
  });

  test('are for roles that have the names that the policies say', () => {
    const roles = [...dev.all('AWS::IAM::Role'), ...api.all('AWS::IAM::Role')];
    const names = roles.flatMap(({ Properties }) => (Properties.RoleName ? [Properties.RoleName] : []));
    expect(names).toEqual([
      { 'Fn::Join': ['', ['countinghouse-dev-ssn-reindex-', { Ref: 'AWS::Region' }]] },
      { 'Fn::Join': ['', ['countinghouse-dev-ssn-customers-', { Ref: 'AWS::Region' }]] },
    ]);
  });
});

describe('while the HMAC key is replaced', () => {
  const reindex = Object.entries(replacing.data.named('AWS::Lambda::Function')).find(([id]) =>
    id.startsWith('SsnReindex'),
  );
  const customers = Object.entries(replacing.api.named('AWS::Lambda::Function')).find(([id]) =>
    id.startsWith('customers'),
  );
  const previous = keyOf(replacing.data, 'countinghouse/dev/ssn-index-3');
  const current = keyOf(replacing.data, 'countinghouse/dev/ssn-index-4');

  test('the functions are told both keys, the newer as the one to write with', () => {
    expect(environmentOf(reindex?.[1])).toMatchObject({
      SSN_INDEX_KEY_ID: { 'Fn::GetAtt': [current.id, 'Arn'] },
      SSN_INDEX_KEY_VERSION: '4',
      SSN_INDEX_PREVIOUS_KEY_ID: { 'Fn::GetAtt': [previous.id, 'Arn'] },
    });
    expect(environmentOf(customers?.[1])).toMatchObject({
      SSN_INDEX_KEY_ID: { 'Fn::ImportValue': expect.stringContaining(current.id) },
      SSN_INDEX_KEY_VERSION: '4',
      SSN_INDEX_PREVIOUS_KEY_ID: { 'Fn::ImportValue': expect.stringContaining(previous.id) },
    });
  });

  test('before and after, they are told one', () => {
    const [, before] =
      Object.entries(dev.named('AWS::Lambda::Function')).find(([id]) => id.startsWith('SsnReindex')) ?? [];
    expect(environmentOf(before).SSN_INDEX_PREVIOUS_KEY_ID).toBeUndefined();
  });

  test('nothing but somebody with AWS credentials can start the re-index', () => {
    expect(replacing.data.all('AWS::Lambda::Permission')).toEqual([]);
    expect(replacing.data.all('AWS::Lambda::Url')).toEqual([]);
  });
});
