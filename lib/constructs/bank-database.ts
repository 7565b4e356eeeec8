import { Duration, Validations } from 'aws-cdk-lib';
import { SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { databaseLogins, type DatabaseLogin as LoginName } from '../../lambdas/runtime/route.ts';
import type { StageConfig } from '../config.ts';
import { BankNetwork } from './bank-network.ts';
import { removalPolicy } from './removal-policy.ts';

/** The user that the cluster is made with. */
const owner = 'postgres';

/** A database role that functions log in as; `sql/roles.sql` says what it may do. */
interface DatabaseLogin {
  readonly name: LoginName;
  readonly username: string;
  readonly secret: rds.DatabaseSecret;
}

/**
 * The ledger's cluster: Aurora PostgreSQL Serverless v2 with the Data API, in isolated subnets, under a key of its own,
 * and the secrets of everybody who logs in.
 */
export class BankDatabase extends Construct {
  static readonly databaseName = 'bank';

  readonly cluster: rds.DatabaseCluster;
  /**
   * The owner of the schema; only the migrations and the rotation of logins log in with it. Where passwords are replaced, RDS keeps
   * this one and replaces it every week.
   */
  readonly masterSecret: ISecret;
  /** One for each capability that needs the database, for the workers and for the schedules. */
  readonly logins: readonly DatabaseLogin[];

  constructor(scope: Construct, id: string, { config }: { readonly config: StageConfig }) {
    super(scope, id);
    const own = config.passwordRotationDays > 0 ? undefined : databaseSecret(this, 'MasterSecret', owner, config);
    this.cluster = databaseCluster(this, own, config);
    this.masterSecret = own ?? secretOf(this.cluster);
    this.logins = databaseLogins.map(name => {
      const username = `bank_${name}`;
      const secret = databaseSecret(this, `${name}LoginSecret`, username, config);
      // Adds host, port and database name, which rotation and SQL clients read from the secret.
      secret.attach(this.cluster);
      return { name, username, secret };
    });
  }

  /** A login by its name; throws when there is none. */
  loginOf(name: LoginName): DatabaseLogin {
    const login = this.logins.find(candidate => candidate.name === name);
    if (!login) {
      throw new Error(`There is no database login ${name}`);
    }
    return login;
  }
}

// Encrypted with the account's own Secrets Manager key: one of ours would add a power over it to every function's, and
// keep nobody out whom the power over the secret lets in.
function databaseSecret(scope: Construct, id: string, username: string, config: StageConfig): rds.DatabaseSecret {
  const secret = new rds.DatabaseSecret(scope, id, { username, dbname: BankDatabase.databaseName });
  secret.applyRemovalPolicy(removalPolicy(config));
  if (config.passwordRotationDays === 0) {
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: `The ledger of ${config.stage} holds nothing worth keeping from anybody; elsewhere passwords are replaced.`,
    });
  }
  return secret;
}

/** The secret that RDS keeps of a cluster. */
function secretOf({ secret }: rds.DatabaseCluster): ISecret {
  if (!secret) {
    throw new Error('RDS keeps no secret of the cluster');
  }
  return secret;
}

function databaseCluster(
  scope: Construct,
  master: rds.DatabaseSecret | undefined,
  config: StageConfig,
): rds.DatabaseCluster {
  const { database, stage } = config;
  const engine = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 });
  const vpc = new BankNetwork(scope, 'Network', { config });
  // One instance is put anywhere; several must not go down together.
  const zones = database.readers > 0 ? vpc.availabilityZones : [];
  const inZone = (index: number) => {
    const availabilityZone = zones[index % zones.length];
    return availabilityZone === undefined ? {} : { availabilityZone };
  };
  const cluster = new rds.DatabaseCluster(scope, 'Cluster', {
    engine,
    parameterGroup: new rds.ParameterGroup(scope, 'Parameters', {
      engine,
      description: `countinghouse ${stage}`,
      parameters: { 'rds.force_ssl': '1' },
    }),
    defaultDatabaseName: BankDatabase.databaseName,
    credentials: master ? rds.Credentials.fromSecret(master) : rds.Credentials.fromUsername(owner),
    ...(!master && { manageMasterUserPassword: true }),
    enableDataApi: true,
    writer: rds.ClusterInstance.serverlessV2('Writer', inZone(0)),
    readers: Array.from({ length: database.readers }, (_, index) =>
      // A reader that scales with the writer can take over its load at once.
      rds.ClusterInstance.serverlessV2(`Reader${index + 1}`, { scaleWithWriter: true, ...inZone(index + 1) }),
    ),
    ...(database.minimumCapacity === 0 && { serverlessV2AutoPauseDuration: Duration.minutes(5) }),
    serverlessV2MinCapacity: database.minimumCapacity,
    serverlessV2MaxCapacity: database.maximumCapacity,
    vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    securityGroups: [
      new SecurityGroup(scope, 'SecurityGroup', {
        vpc,
        description: 'The ledger: no rule lets anything in or out, for the Data API needs none',
        allowAllOutbound: false,
      }),
    ],
    storageEncrypted: true,
    storageEncryptionKey: new Key(scope, 'StorageKey', {
      description: `Encrypts the ledger of countinghouse ${stage} and its backups`,
      alias: `countinghouse/${stage}/ledger`,
      enableKeyRotation: true,
      removalPolicy: removalPolicy(config),
    }),
    backup: { retention: Duration.days(database.backupDays) },
    deletionProtection: database.deletionProtection,
    removalPolicy: removalPolicy(config),
  });
  Validations.of(cluster).acknowledge({
    id: 'AwsSolutions-RDS6',
    reason: 'Nobody connects to it: the Data API takes secrets only, and every caller proves itself to that by IAM.',
  });
  if (!database.deletionProtection) {
    Validations.of(cluster).acknowledge({
      id: 'AwsSolutions-RDS10',
      reason: `The ledger of ${stage} holds nothing worth keeping, and whoever tries the bank out must be able to remove it.`,
    });
  }
  return cluster;
}
