import type { FaultKind, RowFacts } from './fault.ts';
import type { SignedHeader } from './seal-form.ts';

/** A leaf as the database has it, and the leaf that its row makes now; undefined when there is no row. */
export interface KeptLeaf {
  id: string;
  position: number;
  hash: string;
  ofRow: string | undefined;
}

/** Where verification looks: the database and the archive, which nobody can change together. */
export interface AuditSources {
  /** The first seal from a number on, as the database has it. */
  keptSeal(from: number): Promise<SignedHeader | undefined>;
  /** The leaves of a seal in their order, as the database has them, a page at a time. */
  keptLeaves(seal: number): AsyncIterable<KeptLeaf[]>;
  /** The rows that no seal has yet, in the order of sealing, a page at a time: the id of each, and the leaf that it makes. */
  waitingRows(): AsyncIterable<{ id: string; leaf: string }[]>;
  /** The archive's seal of a number, as it is written there. */
  archivedSeal(number: number): Promise<string | undefined>;
  /** The lowest number from this one on of which the archive has a seal. */
  firstArchived(from: number): Promise<number | undefined>;
  /** Holds the rows against their events, from an id on. */
  compareWithEvents(from: string): Promise<Comparison>;
  describe(row: string): Promise<RowFacts | undefined>;
}

/** What holding some rows against their events has given. */
export interface Comparison {
  /** How many of the rows wait to be sealed. */
  unsealed: number;
  fault: { kind: FaultKind; id: string } | undefined;
  /** Where to go on; undefined at the end. */
  next: string | undefined;
}
