/** The schemas of all capabilities, under the names that the document has them by. A function loads those of its own only. */
export * from '../lambdas/api/schemas/accounts.ts';
export * from '../lambdas/api/schemas/audit.ts';
export * from '../lambdas/api/schemas/customers.ts';
export * from '../lambdas/api/schemas/fees.ts';
export * from '../lambdas/api/schemas/fraud.ts';
export * from '../lambdas/api/schemas/holds.ts';
export * from '../lambdas/api/schemas/limits.ts';
export * from '../lambdas/api/schemas/payments.ts';
export * from '../lambdas/api/schemas/reconciliations.ts';
export * from '../lambdas/api/schemas/shared.ts';
export * from '../lambdas/api/schemas/standing-orders.ts';
export * from '../lambdas/api/schemas/statements.ts';
export * from '../lambdas/api/schemas/system.ts';
export * from '../lambdas/api/schemas/transactions.ts';
export * from '../lambdas/api/schemas/transfer-batches.ts';
export * from '../lambdas/api/schemas/users.ts';
