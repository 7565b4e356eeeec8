import { createCustomers } from '../../adapters/customers.ts';
import { vaultOnDemand } from '../../adapters/vault-on-demand.ts';
import { databaseVariables, readEnvironment } from '../../runtime/environment.ts';
import { serve } from '../../runtime/http/serve.ts';
import { fourEyesVariable } from '../../runtime/stage-rules.ts';
import { readVaultKeys } from '../../runtime/vault-keys.ts';
import { databaseOf } from '../database.ts';
import { freezeCustomer } from './freeze-customer.ts';
import { getCustomer } from './get-customer.ts';
import { getMyCustomer } from './get-my-customer.ts';
import { registerCustomer } from './register-customer.ts';
import { revealSsn } from './reveal-ssn.ts';
import { reviewCustomer } from './review-customer.ts';
import { unfreezeCustomer } from './unfreeze-customer.ts';
import { updateMyCustomer } from './update-my-customer.ts';

const environment = readEnvironment({ ...databaseVariables, ...fourEyesVariable });

export const handler = serve(
  [
    registerCustomer,
    getMyCustomer,
    updateMyCustomer,
    getCustomer,
    reviewCustomer,
    freezeCustomer,
    unfreezeCustomer,
    revealSsn,
  ],
  {
    customers: createCustomers(databaseOf(environment)),
    vault: vaultOnDemand(readVaultKeys()),
    fourEyes: environment.FOUR_EYES,
  },
);
