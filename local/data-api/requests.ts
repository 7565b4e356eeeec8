import { invalid, unserializable } from './errors.ts';
import type { Limits } from './limits.ts';
import { TYPE_HINTS, type TypeHint } from './type-hints.ts';

export type JsonObject = Record<string, unknown>;

export interface SqlParameter {
  name: string;
  value: JsonObject;
  typeHint?: TypeHint;
}

/** What every operation names: the cluster, the secret, perhaps a database and a transaction. */
export interface Target {
  resourceArn: string;
  secretArn: string;
  database?: string;
  transactionId?: string;
}

export interface StatementRequest extends Target {
  sql: string;
  parameters: SqlParameter[];
  includeResultMetadata: boolean;
  continueAfterTimeout: boolean;
  formatAsJson: boolean;
  decimalAsNumber: boolean;
  longAsString: boolean;
}

export interface BatchRequest extends Target {
  sql: string;
  parameterSets: SqlParameter[][];
}

/** Integers too long for a JavaScript number must be read from their source text. */
const LONG_INTEGER = /[:[,\s]-?\d{16,}/;

/** Reads a request body. Malformed JSON, and JSON that is not an object, is a SerializationException. */
export function parseBody(body: string): JsonObject {
  let parsed: unknown;
  try {
    parsed = LONG_INTEGER.test(body) ? JSON.parse(body, keepLongIntegers) : JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw unserializable('The request body is not well-formed JSON.');
  }
  return asObject(parsed, 'The request body');
}

function keepLongIntegers(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  return typeof value === 'number' && source && /^-?\d{16,}$/.test(source) ? BigInt(source) : value;
}

/** The cluster, secret, database and transaction a call names. `schema` is refused, as documented. */
export function parseTarget(body: JsonObject): Target {
  const target: Target = { resourceArn: requiredText(body, 'resourceArn'), secretArn: requiredText(body, 'secretArn') };
  if (body.schema !== undefined && body.schema !== null) throw invalid("The schema parameter isn't supported");
  const database = text(body, 'database', 64);
  const transactionId = text(body, 'transactionId', 192);
  if (database) target.database = database;
  if (transactionId) target.transactionId = transactionId;
  return target;
}

/** The target of a call that ends a transaction: it must name one. */
export function parseTransactionTarget(body: JsonObject): Target & { transactionId: string } {
  return { ...parseTarget(body), transactionId: requiredText(body, 'transactionId') };
}

/** ExecuteStatement's request. */
export function parseStatement(body: JsonObject, limits: Limits): StatementRequest {
  const format = choice(body, 'formatRecordsAs', ['NONE', 'JSON']);
  const options = optionalObject(body, 'resultSetOptions');
  return {
    ...parseTarget(body),
    sql: parseSql(body, limits),
    parameters: parseParameters(body.parameters, 'parameters'),
    includeResultMetadata: flag(body, 'includeResultMetadata'),
    continueAfterTimeout: flag(body, 'continueAfterTimeout'),
    formatAsJson: format === 'JSON',
    decimalAsNumber: choice(options, 'decimalReturnType', ['STRING', 'DOUBLE_OR_LONG']) === 'DOUBLE_OR_LONG',
    longAsString: choice(options, 'longReturnType', ['STRING', 'LONG']) === 'STRING',
  };
}

/** BatchExecuteStatement's request. */
export function parseBatch(body: JsonObject, limits: Limits): BatchRequest {
  const sets = list(body.parameterSets, 'parameterSets');
  return {
    ...parseTarget(body),
    sql: parseSql(body, limits),
    parameterSets: sets.map((set, index) => parseParameters(set, `parameterSets.${index + 1}.member`)),
  };
}

function parseSql(body: JsonObject, limits: Limits): string {
  const sql = requiredText(body, 'sql');
  if (sql.length > limits.sqlCharacters) throw tooLong('sql', sql, limits.sqlCharacters);
  // PostgreSQL's wire protocol ends the statement at the first NUL.
  if (sql.includes('\0')) throw invalid('The SQL statement contains a NUL character.');
  return sql;
}

function parseParameters(value: unknown, path: string): SqlParameter[] {
  return list(value, path).map((entry, index) => {
    const member = `${path}.${index + 1}.member`;
    const raw = asObject(entry, member);
    const parameter: SqlParameter = {
      name: requiredText(raw, 'name', `${member}.name`),
      value: optionalObject(raw, 'value'),
    };
    const typeHint = choice(raw, 'typeHint', TYPE_HINTS, `${member}.typeHint`);
    if (typeHint) parameter.typeHint = typeHint;
    return parameter;
  });
}

function asObject(value: unknown, what: string): JsonObject {
  if (!isObject(value)) throw unserializable(`${what} is not a JSON object.`);
  return value;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function optionalObject(body: JsonObject, key: string): JsonObject {
  const value = body[key];
  return value === undefined || value === null ? {} : asObject(value, key);
}

function list(value: unknown, what: string): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw unserializable(`${what} is not a list.`);
  return value;
}

function flag(body: JsonObject, key: string): boolean {
  const value = body[key] ?? false;
  if (typeof value !== 'boolean') throw unserializable(`${key} is not a boolean.`);
  return value;
}

function text(body: JsonObject, key: string, longest: number): string | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw unserializable(`${key} is not a string.`);
  if (value.length > longest) throw tooLong(key, value, longest);
  return value;
}

function requiredText(body: JsonObject, key: string, path = key): string {
  const value = body[key];
  if (value === undefined || value === null) {
    throw constraint(`Value null at '${path}' failed to satisfy constraint: Member must not be null`);
  }
  if (typeof value !== 'string') throw unserializable(`${path} is not a string.`);
  return value;
}

function choice<T extends string>(body: JsonObject, key: string, allowed: readonly T[], path = key): T | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  const found = allowed.find(one => one === value);
  if (found === undefined) {
    const set = `Member must satisfy enum value set: [${allowed.join(', ')}]`;
    throw constraint(`Value '${String(value)}' at '${path}' failed to satisfy constraint: ${set}`);
  }
  return found;
}

function tooLong(key: string, value: string, longest: number): Error {
  const rule = `Member must have length less than or equal to ${longest}`;
  return constraint(`Value '${value.slice(0, 100)}' at '${key}' failed to satisfy constraint: ${rule}`);
}

function constraint(what: string): Error {
  return invalid(`1 validation error detected: ${what}`);
}
