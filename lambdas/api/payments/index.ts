import { createLedger } from '../../adapters/ledger.ts';
import { readEnvironment } from '../../runtime/environment.ts';
import { serve } from '../../runtime/http/serve.ts';
import { stageRulesVariable } from '../../runtime/stage-rules.ts';
import { databaseOfEnvironment } from '../database.ts';
import { postDeposit } from './post-deposit.ts';
import { postTransfer } from './post-transfer.ts';
import { postWithdrawal } from './post-withdrawal.ts';
import { reverseTransaction } from './reverse-transaction.ts';

const { CUSTOMER_RULES } = readEnvironment(stageRulesVariable);

export const handler = serve(
  [postTransfer, postDeposit, postWithdrawal, reverseTransaction],
  { ledger: createLedger(databaseOfEnvironment()) },
  CUSTOMER_RULES,
);
