import { unsupportedResult } from './errors.ts';
import { MEMBER, parseArray, WRITERS, type Writer } from './field-values.ts';
import type { SupportedType } from './postgres-types.ts';

export interface ReturnTypes {
  /** `resultSetOptions.decimalReturnType = DOUBLE_OR_LONG`. */
  decimalAsNumber: boolean;
  /** `resultSetOptions.longReturnType = STRING`. */
  longAsString: boolean;
}

/** Writes one column's values: `plain` as bare JSON, `field` as a Data API Field. */
interface ColumnWriter {
  plain: Writer;
  field: Writer;
}

type Row = readonly (string | null)[];

/** `records`: a list of rows, each a list of Fields. Returned as JSON text, so that 64-bit integers keep their digits. */
export function writeRecords(rows: readonly Row[], types: readonly SupportedType[], options: ReturnTypes): string {
  const writers = types.map(type => columnWriter(type, options));
  const lines = rows.map(row => {
    const fields = writers.map((writer, index) => {
      const text = row[index];
      return text === null || text === undefined ? '{"isNull":true}' : writer.field(text);
    });
    return `[${fields.join(',')}]`;
  });
  return `[${lines.join(',')}]`;
}

/** `formattedRecords`: one JSON document in a string, a list of objects keyed by column label. */
export function writeFormattedRecords(
  rows: readonly Row[],
  labels: readonly string[],
  types: readonly SupportedType[],
  options: ReturnTypes,
): string {
  const writers = types.map(type => columnWriter(type, options));
  const keys = labels.map(label => JSON.stringify(label));
  const lines = rows.map(row => {
    const members = writers.map((writer, index) => {
      const text = row[index];
      return `${keys[index]}:${text === null || text === undefined ? 'null' : writer.plain(text)}`;
    });
    return `{${members.join(',')}}`;
  });
  return JSON.stringify(`[${lines.join(',')}]`);
}

function columnWriter(type: SupportedType, options: ReturnTypes): ColumnWriter {
  const write = WRITERS[type.kind];
  if (type.element !== undefined) return arrayWriter(type, write);
  if (type.kind === 'long' && options.longAsString) return scalarWriter('stringValue', text => `"${text}"`);
  if (type.kind === 'decimal' && options.decimalAsNumber) return decimalWriter();
  return scalarWriter(MEMBER[type.kind], write);
}

function scalarWriter(member: string, plain: Writer): ColumnWriter {
  const open = `{"${member}":`;
  return { plain, field: text => `${open}${plain(text)}}` };
}

/** DOUBLE_OR_LONG: a long where the scale is 0, a double where it is not (ResultSetOptions, "decimalReturnType"). */
function decimalWriter(): ColumnWriter {
  const double = scalarWriter('doubleValue', WRITERS.double);
  const long = scalarWriter('longValue', WRITERS.long);
  const pick = (text: string) => (fitsLong(text) ? long : double);
  return { plain: text => pick(text).plain(text), field: text => pick(text).field(text) };
}

function fitsLong(text: string): boolean {
  if (!/^-?\d+$/.test(text)) return false;
  const value = BigInt(text);
  return BigInt.asIntN(64, value) === value;
}

function arrayWriter(type: SupportedType, write: Writer): ColumnWriter {
  const member = `${MEMBER[type.kind]}s`;
  const plain = (text: string) => {
    const elements = parseArray(text).map(element => {
      if (element === null) throw unsupportedResult('The result contains an array with NULL elements.');
      return write(element);
    });
    return `[${elements.join(',')}]`;
  };
  return { plain, field: text => `{"arrayValue":{"${member}":${plain(text)}}}` };
}

/** `formatRecordsAs: JSON` refuses duplicate column labels, for a JSON object cannot hold both. */
export function refuseDuplicateLabels(labels: readonly string[]): void {
  const twice = labels.find((label, index) => labels.indexOf(label) !== index);
  if (twice !== undefined) {
    throw unsupportedResult(`The result contains the duplicate column name ${twice}. Use an alias.`);
  }
}
