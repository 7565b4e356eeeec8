/**
 * A JSON value as the one text that stands for it: no spaces, members sorted by their names' UTF-16 code units, numbers as
 * ECMAScript writes them. Source: RFC 8785 (JSON Canonicalization Scheme), section 3.2.
 *
 * @throws TypeError for what JSON does not have: numbers that are not finite, and texts that are not well-formed Unicode.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const names = Object.keys(value).sort();
    return `{${names.map(name => `${text(name)}:${canonicalJson(Reflect.get(value, name))}`).join(',')}}`;
  }
  if (typeof value === 'string') {
    return text(value);
  }
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) {
    return JSON.stringify(value);
  }
  throw new TypeError(`JSON has no ${typeof value === 'number' ? value : typeof value}`);
}

function text(value: string): string {
  if (!value.isWellFormed()) {
    throw new TypeError('JSON has no text with half a surrogate pair');
  }
  return JSON.stringify(value);
}
