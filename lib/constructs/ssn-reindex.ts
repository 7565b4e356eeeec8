import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { BankDatabase } from './bank-database.ts';
import { BankFunction } from './bank-function.ts';
import { databaseAccess } from './data-api-access.ts';
import type { SsnVault } from './ssn-vault.ts';

interface SsnReindexProps {
  readonly config: StageConfig;
  readonly database: BankDatabase;
  readonly vault: SsnVault;
}

/**
 * Makes the blind index anew after the HMAC key was replaced. Nothing calls it: somebody invokes it by hand, again until
 * it answers that it is done. It logs in as the customers function does, whose SQL functions it needs.
 */
export class SsnReindex extends BankFunction {
  constructor(scope: Construct, id: string, { config, database, vault }: SsnReindexProps) {
    super(scope, id, {
      config,
      description: 'Brings the blind index of social security numbers to the newest HMAC key',
      entry: 'lambdas/deploy/reindex-ssns.ts',
      roleName: vault.roleNames.reindex,
      // As long as Lambda lets a function run; what is left is for the next time.
      timeout: Duration.minutes(15),
      uses: [databaseAccess(database, 'customers'), vault.accessOf('reindex')],
    });
  }
}
