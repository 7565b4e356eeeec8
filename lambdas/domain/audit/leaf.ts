import { canonicalJson } from './canonical-json.ts';
import { parseExactly } from './exact-json.ts';
import { leafHash } from './merkle.ts';

/**
 * The leaf of a row, from the text that SQL writes. All that stands there counts, known to this code or not: nothing can be
 * added to a row unnoticed.
 */
export function leafOf(rowText: string): Buffer {
  return leafHash(canonicalJson(parseExactly(rowText)));
}
