import { canonicalJson } from './canonical-json.ts';
import type { Finding } from './fault.ts';
import { findAmongSealed, findAmongWaiting } from './find-rows.ts';
import { headerHash, isSigned, noSealHash, type SealKey, sealFlaw } from './seal.ts';
import { type SealDocument, type SignedHeader, sealDocumentText } from './seal-form.ts';
import type { AuditSources } from './sources.ts';

/** What checking the seal of a number has shown. */
export type SealVerdict =
  /** All of it is as it was sealed. */
  | { state: 'intact'; hash: string; rows: number }
  /** It is in the archive, and its rows still wait in the database: its run was cut short or is at it, and the next completes it. */
  | { state: 'unfinished' }
  /** There is no such seal, and none after it. */
  | { state: 'none' }
  | { state: 'faulty'; finding: Finding };

/** The number that is to be checked, the hash of the seal before it, and the key that signs. */
export interface SealPlace {
  number: number;
  previousHash: string;
  key: SealKey;
}

/**
 * Checks one seal: the archive's against its signature and its chain, then the rows of the database against the archive's, then
 * the database's own record of the seal. The archive has the last word, so a row is named even where its leaf and its seal in
 * the database were made to fit it. Seals may be made meanwhile.
 */
export async function verifySeal(sources: AuditSources, place: SealPlace): Promise<SealVerdict> {
  const { number } = place;
  const { archived, kept } = await bothOf(sources, number);
  if (archived === undefined) {
    return verifyAbsence(sources, number, kept !== undefined);
  }
  const document = sealDocumentText.safeParse(archived).data;
  const flaw = document ? sealFlaw(document, place) : 'SEAL_UNREADABLE';
  if (!document || flaw) {
    return faulty({ kind: flaw ?? 'SEAL_UNREADABLE', seal: number });
  }
  if (!kept) {
    return verifyUnkept(sources, place, document);
  }
  const finding = await findAmongSealed(sources, document);
  if (finding) {
    return faulty({ ...finding, seal: number });
  }
  if (kept.signature !== document.signature || canonicalJson(kept.header) !== canonicalJson(document.header)) {
    return faulty({ kind: 'SEAL_ALTERED', seal: number });
  }
  return { state: 'intact', hash: headerHash(document.header), rows: document.leaves.length };
}

/**
 * The hash of the seal that a check begins after, by the archive: zeros before the first.
 *
 * @returns a finding where the archive has no such seal that the bank has signed.
 */
export async function hashBefore(
  sources: AuditSources,
  number: number,
  key: SealKey,
): Promise<{ hash: string } | { finding: Finding }> {
  if (number <= 1) {
    return { hash: noSealHash };
  }
  const seal = number - 1;
  const archived = await sources.archivedSeal(seal);
  const document = sealDocumentText.safeParse(archived).data;
  if (!document) {
    return { finding: { kind: archived === undefined ? 'SEAL_NOT_IN_ARCHIVE' : 'SEAL_UNREADABLE', seal } };
  }
  return isSigned(document, key)
    ? { hash: headerHash(document.header) }
    : { finding: { kind: 'SEAL_NOT_SIGNED', seal } };
}

/** The archive is read first, and again where the database is ahead of it: what the database has was in the archive before. */
async function bothOf(sources: AuditSources, number: number) {
  const archived = await sources.archivedSeal(number);
  const kept = await keptSeal(sources, number);
  return { archived: archived ?? (kept && (await sources.archivedSeal(number))), kept };
}

async function keptSeal(sources: AuditSources, number: number): Promise<SignedHeader | undefined> {
  const seal = await sources.keptSeal(number);
  return seal?.header.number === number ? seal : undefined;
}

async function verifyAbsence(sources: AuditSources, seal: number, isKept: boolean): Promise<SealVerdict> {
  if (isKept) {
    return faulty({ kind: 'SEAL_NOT_IN_ARCHIVE', seal, ...(await firstRow(sources, seal)) });
  }
  const next = [await sources.firstArchived(seal), (await sources.keptSeal(seal))?.header.number];
  // One of this very number has just been made.
  return next.some(number => number !== undefined && number > seal)
    ? faulty({ kind: 'SEAL_NOT_IN_ARCHIVE', seal })
    : { state: 'none' };
}

async function firstRow(sources: AuditSources, seal: number): Promise<Pick<Finding, 'row'>> {
  for await (const [first] of sources.keptLeaves(seal)) {
    return first ? { row: first.id } : {};
  }
  return {};
}

/** A seal that the database lacks: all is well as long as it is the archive's last, and its rows wait as they were sealed. */
async function verifyUnkept(sources: AuditSources, place: SealPlace, document: SealDocument): Promise<SealVerdict> {
  const { number: seal } = place;
  const finding = await findAmongWaiting(sources, document);
  if (!finding && (await sources.firstArchived(seal + 1)) === undefined) {
    return { state: 'unfinished' };
  }
  // It may have been completed meanwhile.
  return (await keptSeal(sources, seal))
    ? verifySeal(sources, place)
    : faulty({ kind: 'SEAL_NOT_IN_DATABASE', ...finding, seal });
}

function faulty(finding: Finding): SealVerdict {
  return { state: 'faulty', finding };
}
