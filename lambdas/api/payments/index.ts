import { createFeeWaivers } from '../../adapters/fee-waivers.ts';
import { createLedger } from '../../adapters/ledger.ts';
import { databaseVariables, readEnvironment } from '../../runtime/environment.ts';
import { serve } from '../../runtime/http/serve.ts';
import { stageRulesVariable } from '../../runtime/stage-rules.ts';
import { databaseOf } from '../database.ts';
import type { FeePayments, Payments } from './dependencies.ts';
import { postDeposit } from './post-deposit.ts';
import { postTransfer } from './post-transfer.ts';
import { postTransferBatch } from './post-transfer-batch.ts';
import { postWithdrawal } from './post-withdrawal.ts';
import { reverseTransaction } from './reverse-transaction.ts';
import { waiveFee } from './waive-fee.ts';

const environment = readEnvironment({ ...databaseVariables, ...stageRulesVariable });
const database = databaseOf(environment);

export const handler = serve<Payments & FeePayments>(
  [postTransfer, postTransferBatch, postDeposit, postWithdrawal, reverseTransaction, waiveFee],
  { ledger: createLedger(database), fees: createFeeWaivers(database) },
  environment.CUSTOMER_RULES,
);
