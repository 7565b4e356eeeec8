import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { BankDatabase } from '../constructs/bank-database.ts';
import { DatabaseMigration } from '../constructs/database-migration.ts';
import { BankStack } from './bank-stack.ts';

/** What must never be lost: the ledger's database with its network, key and logins, and the migrations that shape it. */
export class DataStack extends BankStack {
  readonly database: BankDatabase;

  constructor(scope: Construct, config: StageConfig) {
    super(scope, 'data', { config, description: 'the ledger' });
    this.database = new BankDatabase(this, 'Database', { config });
    new DatabaseMigration(this, 'Migration', { config, database: this.database });
  }
}
