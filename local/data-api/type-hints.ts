import { invalid } from './errors.ts';

export const TYPE_HINTS = ['JSON', 'UUID', 'TIMESTAMP', 'DATE', 'TIME', 'DECIMAL'] as const;
export type TypeHint = (typeof TYPE_HINTS)[number];

const DATE = /^\d{4,}-\d{2}-\d{2}$/;
const TIME = /^\d{2}:\d{2}:\d{2}(\.\d{1,9})?$/;
const TIMESTAMP = /^\d{4,}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,9})?$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const UUID = /^(urn:uuid:)?\{?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i;

/** How a hinted string travels: the PostgreSQL type it is declared as, and what it must look like. */
interface HintRule {
  oid: number;
  expected: string;
  accepts(text: string): boolean;
}

const RULES: Record<TypeHint, HintRule> = {
  DATE: { oid: 1082, expected: 'YYYY-MM-DD', accepts: text => DATE.test(text) && isCalendarDay(text) },
  TIME: { oid: 1083, expected: 'HH:MM:SS[.FFF]', accepts: text => TIME.test(text) && isClockTime(text) },
  TIMESTAMP: {
    oid: 1114,
    expected: 'YYYY-MM-DD HH:MM:SS[.FFF]',
    accepts: text => TIMESTAMP.test(text) && isCalendarDay(text) && isClockTime(text.slice(text.indexOf(' ') + 1)),
  },
  DECIMAL: { oid: 1700, expected: 'a decimal number', accepts: text => DECIMAL.test(text) },
  JSON: { oid: 3802, expected: 'a JSON document', accepts: isJson },
  UUID: { oid: 2950, expected: 'a UUID', accepts: text => UUID.test(text) },
};

/**
 * The PostgreSQL type a hinted string is bound as (SqlParameter, "typeHint").
 * Refuses text that is not in the format the hint documents.
 */
export function hintedType(hint: TypeHint, name: string, text: string): number {
  const rule = RULES[hint];
  if (!rule.accepts(text)) {
    throw invalid(`The value of parameter ${name} is not valid for type hint ${hint}: expected ${rule.expected}.`);
  }
  return rule.oid;
}

function isCalendarDay(text: string): boolean {
  const [year, month, day] = text.split(/[- ]/, 3).map(Number);
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12) return false;
  return day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

function isClockTime(text: string): boolean {
  const [hour, minute, second] = text.split(':').map(Number);
  return hour !== undefined && hour < 24 && minute !== undefined && minute < 60 && second !== undefined && second < 60;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
