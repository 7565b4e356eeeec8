import { describe, expect, test } from 'vitest';
import { stageNames } from '../../lib/config.ts';
import { keyOf, usersOf } from './keys.ts';
import { statementsOf } from './policies.ts';
import { synthesisedBank } from './synthesised-bank.ts';

const { data: dev } = synthesisedBank('dev');
const { data: prod } = synthesisedBank('prod');
const sealer = { 'Fn::Join': ['', expect.arrayContaining([':role/countinghouse-prod-audit-sealer-'])] };

describe('the key that signs seals', () => {
  const key = keyOf(prod, 'countinghouse/prod/audit-seal');

  test('makes ECDSA signatures on P-256 and nothing else', () => {
    expect(key.Properties).toMatchObject({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  });

  test('signs for the sealer alone, whatever IAM says, and shows its public half to whom IAM lets', () => {
    expect(usersOf(key)).toEqual({ 'kms:Sign': ['audit-sealer'], 'kms:GetPublicKey': ['whom IAM lets'] });
  });

  test('leaves the account somebody who can administer it', () => {
    expect(key.statements[0]?.Action).toContain('kms:PutKeyPolicy');
    expect(JSON.stringify(key.statements[0]?.Principal)).toContain(':root');
  });
});

describe('the archive', () => {
  const bucket = prod.only('AWS::S3::Bucket').Properties;
  const policy = statementsOf(prod.only('AWS::S3::BucketPolicy').Properties);

  test('keeps every version, and shows nothing to the public', () => {
    expect(bucket).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  test.each(stageNames)(
    'locks what is put into it: for seven years and from everybody in prod, in %s by its rule',
    name => {
      const locks = synthesisedBank(name).data.only('AWS::S3::Bucket').Properties;
      const rule = name === 'prod' ? { Mode: 'COMPLIANCE', Days: 2557 } : { Mode: 'GOVERNANCE', Days: 1 };
      expect(locks).toMatchObject({
        ObjectLockEnabled: true,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: rule } },
      });
    },
  );

  test('is written by the sealer alone, whatever IAM says', () => {
    expect(policy).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: ['s3:PutObject'],
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': sealer } },
      }),
    );
    expect(policy.filter(({ Effect }) => Effect !== 'Deny')).toEqual([]);
  });

  test('takes nothing over a TLS older than 1.2', () => {
    const denied = policy.map(({ Condition }) => Condition);
    expect(denied).toContainEqual({ Bool: { 'aws:SecureTransport': 'false' } });
    expect(denied).toContainEqual({ NumericLessThan: { 's3:TlsVersion': 1.2 } });
  });

  test('is encrypted by a key of its own, used for each object and through S3 alone, to write by the sealer alone', () => {
    const key = keyOf(prod, 'countinghouse/prod/audit-archive');
    expect(bucket.BucketEncryption).toEqual({
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: false,
          ServerSideEncryptionByDefault: {
            SSEAlgorithm: 'aws:kms',
            KMSMasterKeyID: { 'Fn::GetAtt': [key.id, 'Arn'] },
          },
        },
      ],
    });
    expect(usersOf(key)).toEqual({ 'kms:GenerateDataKey': ['audit-sealer'], 'kms:Decrypt': ['whom IAM lets'] });
    for (const { Condition } of key.using) {
      expect(JSON.stringify(Condition)).toContain('["s3.",{"Ref":"AWS::Region"},".amazonaws.com"]');
    }
  });

  test('outlives its stack in prod, with both keys, and can be removed in dev', () => {
    const kept = (stack: typeof prod, stage: string) => [
      stack.only('AWS::S3::Bucket').DeletionPolicy,
      ...['audit-seal', 'audit-archive'].map(name => keyOf(stack, `countinghouse/${stage}/${name}`).DeletionPolicy),
    ];
    expect(kept(prod, 'prod')).toEqual(['Retain', 'Retain', 'Retain']);
    expect(kept(dev, 'dev')).toEqual(['Delete', 'Delete', 'Delete']);
  });
});
