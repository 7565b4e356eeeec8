import type { SqlParameter } from '@aws-sdk/client-rds-data';

/** A value for a named parameter. The SQL says its type by a cast (`:id::uuid`); money goes as its decimal text. */
export type ParameterValue = string | number | boolean | null;

/** Turns named values into the Data API's parameters. A JavaScript number is only ever an integer. */
export function toParameters(values: Record<string, ParameterValue>): SqlParameter[] {
  return Object.entries(values).map(([name, value]) => ({ name, value: toField(name, value) }));
}

function toField(name: string, value: ParameterValue): SqlParameter['value'] {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { booleanValue: value };
    case 'number':
      if (!Number.isSafeInteger(value)) {
        throw new TypeError(`${name}: only whole numbers are sent as numbers`);
      }
      return { longValue: value };
    default:
      return { isNull: true };
  }
}
