import * as z from 'zod';
import { id, timestamp } from '../fields.ts';

/** What may be found wrong with the audit, and how it is told: of the row, of its leaf, or of the seal. */
export const faultSentences = {
  ROW_ALTERED: 'the row was changed after it was sealed',
  ROW_REMOVED: 'the row was removed',
  ROW_INSERTED: 'the row was inserted: no event tells of it',
  ROW_UNLIKE_EVENT: 'the row is not what its event says: one of the two was changed',
  ROW_OUTSIDE_SEALS: 'the row is in no seal and does not wait for one',
  ROW_WAITS_AGAIN: 'the row is in a seal and was put on the list of those that wait, which no seal can take it from',
  LEAF_ALTERED: "the row's leaf in the database is not the archive's",
  LEAF_REMOVED: "the row's leaf was removed from the database, if not the row with it",
  LEAF_INSERTED: 'the row has a leaf in the database that no seal of the archive has',
  SEAL_UNREADABLE: 'the archive holds something else than a seal',
  SEAL_NOT_SIGNED: "the seal is not signed by the bank's key",
  SEAL_OUT_OF_CHAIN: 'the seal does not follow the one before it',
  SEAL_ROOT_WRONG: "the seal's root is not that of its leaves",
  SEAL_ALTERED: "the seal in the database is not the archive's",
  SEAL_NOT_IN_DATABASE: 'the database lacks the seal, which the archive has',
  SEAL_NOT_IN_ARCHIVE: 'the archive lacks the seal',
} as const;

export type FaultKind = keyof typeof faultSentences;

const kinds = Object.keys(faultSentences) as [FaultKind, ...FaultKind[]];

export const faultKind = z.enum(kinds);

/** What there is to tell of a row: by its event where there is one, for the row itself may lie. */
export const rowFacts = z.object({
  entity_type: z.string(),
  entity_id: id,
  action: z.string(),
  occurred_at: timestamp,
});

export type RowFacts = z.output<typeof rowFacts>;

/** One thing that is wrong. */
export const auditFault = z.object({
  kind: faultKind,
  message: z.string(),
  seal_number: z.int().nullable(),
  audit_log_id: id.nullable(),
  /** Null where neither the row nor its event is there any more, and where the fault is about no row. */
  about: rowFacts.nullable(),
});

export type AuditFault = z.output<typeof auditFault>;

/** A fault as it is found, before its row is looked up. */
export interface Finding {
  kind: FaultKind;
  seal?: number;
  row?: string;
}
