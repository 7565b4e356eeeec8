import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { BankDatabase } from '../constructs/bank-database.ts';
import { DatabaseMigration } from '../constructs/database-migration.ts';
import { SsnReindex } from '../constructs/ssn-reindex.ts';
import { SsnVault } from '../constructs/ssn-vault.ts';
import { BankStack } from './bank-stack.ts';

/**
 * What must never be lost: the ledger's database with its network, key and logins, the keys of the social security
 * numbers, and the functions that migrate the one and re-index the other.
 */
export class DataStack extends BankStack {
  readonly database: BankDatabase;
  readonly vault: SsnVault;

  constructor(scope: Construct, config: StageConfig) {
    super(scope, 'data', { config, description: 'the ledger' });
    this.database = new BankDatabase(this, 'Database', { config });
    this.vault = new SsnVault(this, 'Vault', { config });
    new DatabaseMigration(this, 'Migration', { config, database: this.database });
    new SsnReindex(this, 'SsnReindex', { config, database: this.database, vault: this.vault });
  }
}
