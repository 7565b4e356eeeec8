import { type DataApiError, invalid, unserializable } from './errors.ts';
import type { JsonObject, SqlParameter } from './requests.ts';
import type { PositionalSql } from './sql-parameters.ts';
import { hintedType } from './type-hints.ts';

/** One value as PostgreSQL's Bind message takes it: its declared type (0: let PostgreSQL infer) and its text or bytes. */
export interface Binding {
  oid: number;
  value: string | Buffer | null;
}

const BOOL = 16;
const BYTEA = 17;
const INT8 = 20;
const TEXT = 25;
const FLOAT8 = 701;
const INFERRED = 0;

const NULL: Binding = { oid: INFERRED, value: null };

/**
 * The values for `$1…$n`. Every integer is a bigint, every fraction a double, every unhinted string text, as at Aurora;
 * NULL takes the type its place wants.
 *
 * A name that the statement has and the call has not is `ValidationException: Cannot find parameter: name`; in a call
 * without any parameters only PostgreSQL can tell whether the name was one (`$$a :b$$` runs), so nothing is bound here.
 */
export function bindingsFor(sql: PositionalSql, parameters: readonly SqlParameter[]): Binding[] {
  if (parameters.length === 0) return [];
  const byName = new Map(parameters.map(parameter => [parameter.name, toBinding(parameter)]));
  return sql.names.map(name => {
    const binding = byName.get(name);
    if (!binding) throw missingParameter(name);
    return binding;
  });
}

/** The refusal of a statement that has a name the call gives no value for. */
export function missingParameter(name: string): DataApiError {
  return invalid(`Cannot find parameter: ${name}`);
}

function toBinding(parameter: SqlParameter): Binding {
  const { name, value, typeHint } = parameter;
  const [kind, ...others] = membersOf(value);
  if (others.length > 0) throw unserializable('Only one member of a Field can be specified.');
  switch (kind) {
    case undefined:
      return NULL;
    case 'isNull':
      if (value[kind] !== true) throw invalid(`The value of parameter ${name} is not specified.`);
      return NULL;
    case 'stringValue': {
      const text = value[kind];
      if (typeof text !== 'string') throw mistyped(kind);
      return { oid: typeHint ? hintedType(typeHint, name, text) : TEXT, value: text };
    }
    case 'longValue':
      return { oid: INT8, value: toLong(value[kind]) };
    case 'doubleValue':
      return { oid: FLOAT8, value: toDouble(value[kind]) };
    case 'booleanValue':
      if (typeof value[kind] !== 'boolean') throw mistyped(kind);
      return { oid: BOOL, value: value[kind] ? 't' : 'f' };
    case 'blobValue':
      if (typeof value[kind] !== 'string') throw mistyped(kind);
      return { oid: BYTEA, value: Buffer.from(value[kind], 'base64') };
    case 'arrayValue':
      throw invalid('Array parameters are not supported.');
    default:
      throw unserializable(`Unknown Field member ${kind}.`);
  }
}

function membersOf(value: JsonObject): string[] {
  return Object.keys(value).filter(key => value[key] !== null);
}

function toLong(value: unknown): string {
  if (typeof value === 'bigint') {
    if (BigInt.asIntN(64, value) !== value) throw unserializable('longValue is out of range.');
    return value.toString();
  }
  if (typeof value !== 'number' || !Number.isInteger(value)) throw mistyped('longValue');
  return BigInt(value).toString();
}

function toDouble(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return value.toString();
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return value;
  throw mistyped('doubleValue');
}

function mistyped(member: string): DataApiError {
  return unserializable(`${member} is not of its type.`);
}
