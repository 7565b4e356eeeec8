import { describe, expect, test } from 'vitest';
import { databaseLogins } from '../../lambdas/runtime/route.ts';
import { stageConfig, stageNames } from '../../lib/config.ts';
import { environmentOf, synthesisedBank } from './synthesised-bank.ts';

const rotating = stageNames.filter(name => stageConfig(name).passwordRotationDays > 0);

test('passwords are replaced where there is something to keep', () => {
  expect(rotating).toEqual(['staging', 'prod']);
});

describe.each(rotating)('in %s', stage => {
  const { data } = synthesisedBank(stage);
  const [handlerId, handler] =
    Object.entries(data.named('AWS::Lambda::Function')).find(([id]) => id.startsWith('RotationFunction')) ?? [];
  const schedules = data.all('AWS::SecretsManager::RotationSchedule');

  test("each login's is replaced every so many days, by a function of ours, first when its day has come", () => {
    expect(schedules).toHaveLength(databaseLogins.length);
    for (const { Properties } of schedules) {
      expect(Properties).toMatchObject({
        RotationLambdaARN: { 'Fn::GetAtt': [handlerId, 'Arn'] },
        RotationRules: { AutomaticallyAfterDays: stageConfig(stage).passwordRotationDays },
        RotateImmediatelyOnUpdate: false,
      });
    }
    const rotated = schedules.map(({ Properties }) => JSON.stringify(Properties.SecretId));
    expect(new Set(rotated).size).toBe(databaseLogins.length);
    expect(rotated.filter(id => !id.includes('LoginSecret'))).toEqual([]);
  });

  test('not before the database is migrated, which makes what the rotation calls', () => {
    const [trigger] = Object.keys(data.named('Custom::Trigger'));
    for (const { DependsOn } of schedules) expect(DependsOn).toContain(trigger);
  });

  test('only Secrets Manager, for secrets of this account, may start it', () => {
    const permissions = data
      .all('AWS::Lambda::Permission')
      .filter(({ Properties }) => JSON.stringify(Properties.FunctionName).includes(`"${handlerId}"`));
    expect(permissions.map(({ Properties }) => Properties)).toEqual([
      expect.objectContaining({
        Principal: 'secretsmanager.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
      }),
    ]);
  });

  test("the owner's is kept and replaced by RDS, and known to the migration and the rotation alone", () => {
    const [[clusterId, cluster] = []] = Object.entries(data.named('AWS::RDS::DBCluster'));
    expect(cluster?.Properties).toMatchObject({ ManageMasterUserPassword: true, MasterUsername: 'postgres' });
    expect(cluster?.Properties.MasterUserPassword).toBeUndefined();
    const arn = { 'Fn::GetAtt': [clusterId, 'MasterUserSecret.SecretArn'] };
    expect(environmentOf(handler).DATABASE_SECRET_ARN).toEqual(arn);
  });
});
