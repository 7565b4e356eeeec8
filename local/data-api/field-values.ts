import { compactJson } from './compact-json.ts';
import { DataApiError, unsupportedResult } from './errors.ts';
import type { Kind } from './postgres-types.ts';

/** Writes PostgreSQL's text form of a value as JSON. */
export type Writer = (text: string) => string;

/** The Field (or ArrayValue) member each form travels in. */
export const MEMBER: Record<Kind, 'booleanValue' | 'longValue' | 'doubleValue' | 'stringValue' | 'blobValue'> = {
  bool: 'booleanValue',
  bit: 'booleanValue',
  long: 'longValue',
  double: 'doubleValue',
  decimal: 'stringValue',
  text: 'stringValue',
  json: 'stringValue',
  bytes: 'blobValue',
  date: 'stringValue',
  time: 'stringValue',
  timestamp: 'stringValue',
  timestamptz: 'stringValue',
  void: 'stringValue',
};

/** One writer per form. Numbers keep their digits: they are copied, never parsed into a JavaScript number. */
export const WRITERS: Record<Kind, Writer> = {
  bool: text => (text === 't' ? 'true' : 'false'),
  bit: text => (text === '1' ? 'true' : 'false'),
  long: text => text,
  double: writeDouble,
  decimal: quote,
  text: quote,
  json: text => quote(compactJson(text)),
  bytes: text => quote(Buffer.from(text.slice(2), 'hex').toString('base64')),
  date: text => quote(finite(text)),
  time: text => quote(shortenFraction(text)),
  timestamp: text => quote(shortenFraction(finite(text))),
  // The session's time zone is UTC, so the offset is always +00; the Data API leaves it out.
  timestamptz: text => quote(shortenFraction(finite(text).replace(/\+00(?=$| )/, ''))),
  void: () => '""',
};

function quote(text: string): string {
  return JSON.stringify(text);
}

function writeDouble(text: string): string {
  if (/^-?\d+$/.test(text)) return `${text}.0`;
  return /^-?[\d.]+(e[+-]?\d+)?$/.test(text) ? text : quote(text);
}

/** Aurora answers an infinite date or timestamp with a bare InternalFailure. */
function finite(text: string): string {
  if (text === 'infinity' || text === '-infinity') throw new DataApiError('InternalFailure', '');
  return text;
}

/** Fractions of a second have no digits, three, or six: as few as hold the value. */
function shortenFraction(text: string): string {
  const point = text.indexOf('.');
  if (point < 0) return text;
  const end = /[^\d]|$/.exec(text.slice(point + 1))?.index ?? 0;
  const digits = text.slice(point + 1, point + 1 + end).padEnd(6, '0');
  const shown = digits.endsWith('000') ? digits.slice(0, 3) : digits;
  return text.slice(0, point + 1) + shown + text.slice(point + 1 + end);
}

/** The elements of a one-dimensional array in PostgreSQL's text form; `null` for NULL elements. */
export function parseArray(text: string): (string | null)[] {
  const open = text.indexOf('{');
  const elements: (string | null)[] = [];
  const token = /"((?:[^"\\]|\\.)*)"|([^,{}"]+)|(\{)/gs;
  token.lastIndex = open + 1;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [, quoted, bare, nested] = match;
    if (nested !== undefined) throw unsupportedResult('The result contains a multidimensional array.');
    if (quoted !== undefined) elements.push(quoted.replace(/\\(.)/gs, '$1'));
    else elements.push(bare === undefined || bare === 'NULL' ? null : bare);
  }
  return elements;
}
