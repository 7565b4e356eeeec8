import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { AuditArchive } from '../constructs/audit-archive.ts';
import { AuditSealKey } from '../constructs/audit-seal-key.ts';
import { BankDatabase } from '../constructs/bank-database.ts';
import { DatabaseMigration } from '../constructs/database-migration.ts';
import { LoginRotation } from '../constructs/login-rotation.ts';
import { SsnReindex } from '../constructs/ssn-reindex.ts';
import { SsnVault } from '../constructs/ssn-vault.ts';
import { StatementArchive } from '../constructs/statement-archive.ts';
import { BankStack } from './bank-stack.ts';

/**
 * What must never be lost: the ledger's database with its network, key and logins, the keys of the social security
 * numbers, the statements of closed months, the seals of the audit log with the key that signs them, and the functions that
 * migrate and re-index.
 */
export class DataStack extends BankStack {
  readonly database: BankDatabase;
  readonly vault: SsnVault;
  readonly statements: StatementArchive;
  readonly audit: { readonly archive: AuditArchive; readonly sealKey: AuditSealKey };

  constructor(scope: Construct, config: StageConfig) {
    super(scope, 'data', { config, description: 'the ledger' });
    this.database = new BankDatabase(this, 'Database', { config });
    this.vault = new SsnVault(this, 'Vault', { config });
    this.statements = new StatementArchive(this, 'StatementArchive', { config });
    const sealKey = new AuditSealKey(this, 'AuditSealKey', { config });
    const archive = new AuditArchive(this, 'AuditArchive', { config, writerArn: sealKey.sealerRoleArn });
    this.audit = { archive, sealKey };
    const migration = new DatabaseMigration(this, 'Migration', { config, database: this.database });
    if (config.passwordRotationDays > 0) {
      new LoginRotation(this, 'Rotation', { config, database: this.database, after: migration.trigger });
    }
    new SsnReindex(this, 'SsnReindex', { config, database: this.database, vault: this.vault });
    this.addOutputs();
  }

  /** What an operator's commands ask for. */
  private addOutputs(): void {
    const { database, audit } = this;
    const outputs = {
      DatabaseClusterArn: [database.cluster.clusterArn, 'The cluster of the ledger'],
      DatabaseName: [BankDatabase.databaseName, 'The database in it'],
      AuditLoginSecretArn: [database.loginOf('audit').secret.secretArn, 'The login that reads the audit log'],
      ScheduleLoginSecretArn: [database.loginOf('schedules').secret.secretArn, 'The login that reconciles'],
      AuditBucketName: [audit.archive.bucket.bucketName, 'Where the seals of the audit log are kept'],
      SealKeyArn: [audit.sealKey.key.keyArn, 'The key that signs them'],
    } as const;
    for (const [name, [value, description]] of Object.entries(outputs)) {
      new CfnOutput(this, name, { value, description });
    }
  }
}
