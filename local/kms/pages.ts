import { invalidMarker } from './kms-error.ts';

interface PageRequest {
  Limit?: number | undefined;
  Marker?: string | undefined;
}

/** One page of a list, and where the next begins. */
export interface Page<Item> {
  items: Item[];
  more: { Truncated: boolean; NextMarker?: string };
}

/**
 * The page that `Marker` asks for, of `Limit` items or `usual` ones. A marker names the item before its page; one that
 * is not there is an InvalidMarkerException.
 */
export function pageOf<Item>(
  items: Item[],
  nameOf: (item: Item) => string,
  { Limit, Marker }: PageRequest,
  usual: number,
): Page<Item> {
  const before = Marker === undefined ? '' : Buffer.from(Marker, 'base64url').toString('utf8');
  const start = Marker === undefined ? 0 : items.findIndex(item => nameOf(item) === before) + 1;
  if (Marker !== undefined && start === 0) throw invalidMarker(`Invalid marker ${Marker}`);
  const page = items.slice(start, start + (Limit ?? usual));
  const last = page.at(-1);
  if (last === undefined || start + page.length >= items.length) return { items: page, more: { Truncated: false } };
  const NextMarker = Buffer.from(nameOf(last), 'utf8').toString('base64url');
  return { items: page, more: { Truncated: true, NextMarker } };
}
