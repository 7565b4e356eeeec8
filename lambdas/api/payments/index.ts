import { createLedger } from '../../adapters/ledger.ts';
import { databaseVariables, readEnvironment } from '../../runtime/environment.ts';
import { serve } from '../../runtime/http/serve.ts';
import { stageRulesVariable } from '../../runtime/stage-rules.ts';
import { databaseOf } from '../database.ts';
import { postDeposit } from './post-deposit.ts';
import { postTransfer } from './post-transfer.ts';
import { postWithdrawal } from './post-withdrawal.ts';
import { reverseTransaction } from './reverse-transaction.ts';

const environment = readEnvironment({ ...databaseVariables, ...stageRulesVariable });

export const handler = serve(
  [postTransfer, postDeposit, postWithdrawal, reverseTransaction],
  { ledger: createLedger(databaseOf(environment)) },
  environment.CUSTOMER_RULES,
);
