import type { Statements } from '../../adapters/statements.ts';
import type { StatementDocument } from '../../domain/statements/statement.ts';

/** What the handlers of this capability need. */
export interface StatementsCapability {
  statements: Statements;
  /** Draws a statement. */
  statementPdf(document: StatementDocument): Promise<Uint8Array>;
}
