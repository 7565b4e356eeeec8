/**
 * Parses JSON as PostgreSQL writes jsonb, numbers without exponents, and loses nothing of it: a number that no double holds
 * becomes the text of its digits, as RFC 8785 (appendix D) has it. So what is hashed is what is answered, to the last digit.
 */
export function parseExactly(json: string): unknown {
  const safe = longNumber.test(json) ? json.replaceAll(textOrNumber, quotedUnlessExact) : json;
  return JSON.parse(safe);
}

/** A double keeps any fifteen digits: with a point, 16 characters. This may find the like in a text, too, which does no harm. */
const longNumber = /[[:,] ?-?[\d.]{16}/;
const textOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?/g;

function quotedUnlessExact(token: string): string {
  return token.startsWith('"') || isExact(token) ? token : `"${token}"`;
}

function isExact(number: string): boolean {
  const nearest = Number(number);
  return Number.isFinite(nearest) && decimal(String(nearest)) === decimal(number);
}

/** Significant digits and power of ten: the same for the same number, however many zeros it is written with. */
function decimal(number: string): string {
  const [mantissa = '', exponent = '0'] = number.replace('-', '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  return significant && `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
