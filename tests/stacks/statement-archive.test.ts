import { describe, expect, test } from 'vitest';
import { bucketOf } from './buckets.ts';
import { keyOf, usersOf } from './keys.ts';
import { environmentOf, synthesisedBank } from './synthesised-bank.ts';

const { data: dev } = synthesisedBank('dev');
const { data: prod, schedules } = synthesisedBank('prod');
const bucket = bucketOf(prod, 'StatementArchive');

describe('the archive of statements', () => {
  test('keeps every version for good, and shows nothing to the public', () => {
    expect(bucket.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(bucket.Properties).not.toHaveProperty('LifecycleConfiguration');
  });

  test('is encrypted by a key of its own, used through S3 alone', () => {
    const key = keyOf(prod, 'countinghouse/prod/statement-archive');
    expect(JSON.stringify(bucket.Properties.BucketEncryption)).toContain(
      `"KMSMasterKeyID":{"Fn::GetAtt":["${key.id}","Arn"]}`,
    );
    expect(usersOf(key)).toEqual({ 'kms:GenerateDataKey': ['whom IAM lets'], 'kms:Decrypt': ['whom IAM lets'] });
    for (const { Condition } of key.using) {
      expect(JSON.stringify(Condition)).toContain('["s3.",{"Ref":"AWS::Region"},".amazonaws.com"]');
    }
  });

  test('takes nothing over a TLS older than 1.2', () => {
    const conditions = bucket.statements.map(({ Condition }) => Condition);
    expect(conditions).toContainEqual({ Bool: { 'aws:SecureTransport': 'false' } });
    expect(conditions).toContainEqual({ NumericLessThan: { 's3:TlsVersion': 1.2 } });
  });

  test('outlives its stack in prod, and can be removed in dev', () => {
    expect(bucket.DeletionPolicy).toBe('Retain');
    expect(bucketOf(dev, 'StatementArchive').DeletionPolicy).toBe('Delete');
  });
});

test('the maker of statements is told where the archive is, and has fifteen minutes', () => {
  const [, maker] =
    Object.entries(schedules.named('AWS::Lambda::Function')).find(([id]) => id.startsWith('MakeStatements')) ?? [];
  expect(environmentOf(maker).STATEMENT_BUCKET).toEqual({
    'Fn::ImportValue': expect.stringContaining('StatementArchiveBucket'),
  });
  expect(maker?.Properties.Timeout).toBe(900);
});
