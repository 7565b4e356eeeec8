import { describe, expect, test } from 'vitest';
import { databaseLogins } from '../../lambdas/runtime/route.ts';
import { bucketOf } from './buckets.ts';
import { keyOf } from './keys.ts';
import { environmentOf, synthesisedBank } from './synthesised-bank.ts';

const dev = synthesisedBank('dev').data;
const prod = synthesisedBank('prod').data;
const logins = databaseLogins.map(name => `bank_${name}`);

const username = (properties: Record<string, unknown>): string => {
  const { SecretStringTemplate } = properties.GenerateSecretString as { SecretStringTemplate: string };
  return JSON.parse(SecretStringTemplate).username;
};

describe('the cluster', () => {
  const cluster = dev.only('AWS::RDS::DBCluster').Properties;

  test('is Aurora PostgreSQL 17 with the Data API and a database named bank', () => {
    expect(cluster).toMatchObject({ Engine: 'aurora-postgresql', EnableHttpEndpoint: true, DatabaseName: 'bank' });
    expect(cluster.EngineVersion).toMatch(/^17\./);
    expect(dev.all('AWS::RDS::DBInstance').map(instance => instance.Properties.DBInstanceClass)).toEqual([
      'db.serverless',
    ]);
  });

  test('is encrypted with a key of its own that rotates', () => {
    const keys = Object.entries(dev.named('AWS::KMS::Key'));
    const [keyId, key] = keys.find(([, { Properties }]) => String(Properties.Description).includes('ledger')) ?? [];
    expect(cluster).toMatchObject({ StorageEncrypted: true, KmsKeyId: { 'Fn::GetAtt': [keyId, 'Arn'] } });
    expect(key?.Properties.EnableKeyRotation).toBe(true);
  });

  test('takes no connection without TLS', () => {
    const [groupId] = Object.keys(dev.named('AWS::RDS::DBClusterParameterGroup'));
    expect(cluster.DBClusterParameterGroupName).toEqual({ Ref: groupId });
    expect(dev.only('AWS::RDS::DBClusterParameterGroup').Properties.Parameters).toEqual({ 'rds.force_ssl': '1' });
  });

  test('pauses in dev when nobody uses it, and never in prod', () => {
    expect(cluster.ServerlessV2ScalingConfiguration).toMatchObject({ MinCapacity: 0 });
    const scaling = prod.only('AWS::RDS::DBCluster').Properties.ServerlessV2ScalingConfiguration;
    expect(scaling).toMatchObject({ MinCapacity: expect.toSatisfy((units: number) => units > 0) });
  });

  test('in prod keeps backups for 35 days, has a reader to fail over to, and cannot be deleted by accident', () => {
    const { Properties, DeletionPolicy } = prod.only('AWS::RDS::DBCluster');
    expect(Properties).toMatchObject({ BackupRetentionPeriod: 35, DeletionProtection: true });
    expect(DeletionPolicy).toBe('Retain');
    expect(prod.all('AWS::RDS::DBInstance')).toHaveLength(2);
  });

  test('in prod outlives its stack together with the keys and the secrets', () => {
    const secrets = Object.entries(prod.named('AWS::SecretsManager::Secret')).filter(
      // What a login is tried out in holds a copy.
      ([id]) => !id.startsWith('RotationProbe'),
    );
    const kept = [...prod.all('AWS::KMS::Key'), ...secrets.map(([, secret]) => secret)];
    // Of keys: the ledger's, two of the social security numbers, the two archives' and the seals'.
    expect(kept).toHaveLength(6 + logins.length);
    expect(kept.map(resource => resource.DeletionPolicy)).toEqual(kept.map(() => 'Retain'));
  });
});

describe('the network', () => {
  test.each([
    'AWS::EC2::InternetGateway',
    'AWS::EC2::EgressOnlyInternetGateway',
    'AWS::EC2::NatGateway',
    'AWS::EC2::Route',
    'AWS::EC2::SecurityGroupIngress',
  ])('has no %s', type => {
    expect(dev.all(type)).toEqual([]);
  });

  test('has isolated subnets in two zones, and the cluster lies in them', () => {
    const subnets = dev.named('AWS::EC2::Subnet');
    expect(Object.keys(subnets)).toHaveLength(2);
    for (const { Properties } of Object.values(subnets)) {
      expect(Properties.MapPublicIpOnLaunch).toBe(false);
      expect(Properties.Tags).toContainEqual({ Key: 'aws-cdk:subnet-type', Value: 'Isolated' });
    }
    const group = dev.only('AWS::RDS::DBSubnetGroup').Properties;
    expect(group.SubnetIds).toEqual(Object.keys(subnets).map(id => ({ Ref: id })));
  });

  test('logs what moves in it all the same', () => {
    const [vpcId] = Object.keys(dev.named('AWS::EC2::VPC'));
    expect(dev.only('AWS::EC2::FlowLog').Properties).toMatchObject({
      ResourceId: { Ref: vpcId },
      ResourceType: 'VPC',
      TrafficType: 'ALL',
    });
  });

  test('lets nothing into the cluster and nothing out of it', () => {
    const { Properties } = dev.only('AWS::EC2::SecurityGroup');
    expect(Properties.SecurityGroupIngress).toBeUndefined();
    expect(Properties.SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
  });
});

describe('the database logins', () => {
  test('have a secret each, beside the master', () => {
    const usernames = dev.all('AWS::SecretsManager::Secret').map(secret => username(secret.Properties));
    expect(usernames).toEqual(['postgres', ...logins]);
  });

  test('have passwords that Secrets Manager makes: none is written in a template', () => {
    expect(JSON.stringify(dev.json())).not.toMatch(/"(Secret|Master)\w*Password"\s*:\s*"/);
    for (const { Properties } of dev.all('AWS::SecretsManager::Secret')) {
      expect(Properties.SecretString).toBeUndefined();
      expect(Properties.GenerateSecretString).toMatchObject({ GenerateStringKey: 'password' });
    }
  });
});

describe('the migration', () => {
  const functions = Object.entries(dev.named('AWS::Lambda::Function'));
  const [migrationId, migration] = functions.find(([id]) => id.startsWith('Migration')) ?? [];
  const trigger = dev.only('Custom::Trigger');

  test('waits for the cluster and its writer', () => {
    const instances = Object.keys(dev.named('AWS::RDS::DBInstance'));
    const clusters = Object.keys(dev.named('AWS::RDS::DBCluster'));
    expect(trigger.DependsOn).toEqual(expect.arrayContaining([...clusters, ...instances]));
  });

  test('runs again when its function changes: the trigger names a version of it', () => {
    const [versionId, version] = Object.entries(dev.named('AWS::Lambda::Version'))[0] ?? [];
    expect(trigger.Properties.HandlerArn).toEqual({ Ref: versionId });
    expect(version?.Properties.FunctionName).toEqual({ Ref: migrationId });
  });

  test('has ten minutes, and the deploy waits as long', () => {
    expect(migration?.Properties.Timeout).toBe(600);
    expect(trigger.Properties.Timeout).toBe('600000');
  });

  test('is told the secret of every login', () => {
    const variables = environmentOf(migration);
    for (const [id, { Properties }] of Object.entries(dev.named('AWS::SecretsManager::Secret'))) {
      const name = username(Properties);
      const where = JSON.stringify(name === 'postgres' ? variables.DATABASE_SECRET_ARN : variables.DATABASE_LOGINS);
      expect(where).toContain(id);
    }
  });
});

test("an operator's commands are told where the ledger, the audit's login, its archive and its key are", () => {
  const [cluster] = Object.keys(dev.named('AWS::RDS::DBCluster'));
  const { id: bucket } = bucketOf(dev, 'AuditArchive');
  const secret = Object.entries(dev.named('AWS::SecretsManager::Secret')).find(
    ([, { Properties }]) => username(Properties) === 'bank_audit',
  );
  expect(dev.outputs()).toEqual({
    DatabaseClusterArn: expect.toSatisfy(value => JSON.stringify(value).includes(`:cluster:",{"Ref":"${cluster}"}`)),
    DatabaseName: 'bank',
    AuditLoginSecretArn: { Ref: secret?.[0] },
    ScheduleLoginSecretArn: { Ref: expect.stringContaining('schedulesLoginSecret') },
    AuditBucketName: { Ref: bucket },
    SealKeyArn: { 'Fn::GetAtt': [keyOf(dev, 'countinghouse/dev/audit-seal').id, 'Arn'] },
  });
});
