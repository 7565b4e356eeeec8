import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { stageConfig, stageNames } from '../../lib/config.ts';
import { synthesisedBank } from './synthesised-bank.ts';

/** What holds something that cannot be made again. What a login is tried out in, and the flow of messages, are made again. */
const stateful = [
  'AWS::Cognito::UserPool',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBCluster',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::SQS::Queue',
];
const resources = z.record(
  z.string(),
  z.looseObject({
    Type: z.string(),
    Properties: z.record(z.string(), z.unknown()).default({}),
    DeletionPolicy: z.string().optional(),
    UpdateReplacePolicy: z.string().optional(),
  }),
);

describe.each(stageNames)('what %s keeps', name => {
  const config = stageConfig(name);
  const everything = synthesisedBank(name).all.flatMap(stack =>
    Object.entries(z.object({ Resources: resources }).parse(stack.json()).Resources),
  );
  const kept = everything.filter(([id, { Type }]) => stateful.includes(Type) && !id.startsWith('RotationProbe'));
  const properties = (type: string) =>
    everything.filter(([, { Type }]) => Type === type).map(([, { Properties }]) => Properties);

  test(`is ${config.removal === 'retain' ? 'left over' : 'gone'} when its stack goes, or something else takes its place`, () => {
    const policy = config.removal === 'retain' ? 'Retain' : 'Delete';
    for (const type of stateful) expect(kept.map(([, { Type }]) => Type)).toContain(type);
    const otherwise = kept.filter(
      ([, found]) => found.DeletionPolicy !== policy || found.UpdateReplacePolicy !== policy,
    );
    expect(otherwise.map(([id]) => id)).toEqual([]);
  });

  test('is encrypted under keys of ours that AWS makes new each year, but for those of MACs and signatures, which it cannot', () => {
    const keys = properties('AWS::KMS::Key');
    const fixed = keys.filter(({ EnableKeyRotation }) => EnableKeyRotation !== true);
    expect(fixed.map(({ KeySpec }) => KeySpec).toSorted()).toEqual(['ECC_NIST_P256', 'HMAC_256']);
    const [cluster] = properties('AWS::RDS::DBCluster');
    expect(cluster).toMatchObject({ StorageEncrypted: true, KmsKeyId: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } });
  });

  test('is in no bucket that anybody outside could be let into', () => {
    for (const { PublicAccessBlockConfiguration } of properties('AWS::S3::Bucket')) {
      expect(PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
  });

  test('can be brought back to any second of as many days as its record says', () => {
    const [cluster] = properties('AWS::RDS::DBCluster');
    expect(cluster).toMatchObject({
      BackupRetentionPeriod: config.database.backupDays,
      DeletionProtection: config.database.deletionProtection,
      CopyTagsToSnapshot: true,
    });
    expect(properties('AWS::RDS::DBInstance')).toHaveLength(1 + config.database.readers);
  });
});
