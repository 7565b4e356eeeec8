import { DataApiError } from './errors.ts';

const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|\s+/g;

/**
 * Rewrites a JSON document without the spaces PostgreSQL puts in it. Integers keep their digits; fractions, and integers
 * beyond 64 bits, become doubles, as the service's own parser makes them; a number no double can hold is an error there.
 */
export function compactJson(text: string): string {
  return text.replace(TOKENS, token => {
    const first = token.charCodeAt(0);
    if (first === 0x22) return token;
    if (first === 0x2d || (first >= 0x30 && first <= 0x39)) return writeNumber(token);
    return '';
  });
}

const LARGEST = 2n ** 64n - 1n;
const SMALLEST = -(2n ** 63n);

function writeNumber(token: string): string {
  if (/^-?\d+$/.test(token)) {
    if (token.length < 19) return token;
    const value = BigInt(token);
    if (value <= LARGEST && value >= SMALLEST) return token;
  }
  const value = Number(token);
  if (!Number.isFinite(value)) throw new DataApiError('InternalFailure', '');
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-5 && size < 1e16)) return Number.isInteger(value) ? `${value}.0` : `${value}`;
  return value.toExponential().replace('e+', 'e');
}
