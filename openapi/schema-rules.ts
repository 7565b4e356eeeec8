import type { CreateDocumentOptions } from 'zod-openapi';
import { interestRate, limitAmount, positiveAmount } from '../lambdas/domain/money.ts';
import type { JsonSchema } from './examples.ts';
import { type FieldNote, glossary } from './glossary.ts';

const decimals = new Set<unknown>([positiveAmount, limitAmount, interestRate]);

/** What Zod's own translation gets wrong, or says at too great a length. */
export const override: CreateDocumentOptions['override'] = ({ jsonSchema, zodSchema, io }) => {
  if (io === 'input' && decimals.has(zodSchema)) {
    // A JSON number is taken too, by its text. The pattern holds for strings, the bounds for numbers.
    jsonSchema.type = ['string', 'number'];
    jsonSchema.minimum = 0;
    if (zodSchema === interestRate) jsonSchema.maximum = 1;
    if (zodSchema === positiveAmount) {
      jsonSchema.exclusiveMinimum = 0;
      delete jsonSchema.minimum;
    }
  }
  // What answers have may grow.
  if (io === 'output') delete jsonSchema.additionalProperties;
  shorten(jsonSchema);
};

/** Leaves out what says nothing. */
export function shorten(schema: { minimum?: unknown; maximum?: unknown; format?: unknown; pattern?: unknown }): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  // The format says it in one word.
  if (schema.format !== undefined) delete schema.pattern;
}

/**
 * What a field means.
 *
 * @throws Error if the glossary does not tell.
 */
export function noteOn(owner: string, field: string): FieldNote {
  const note = glossary[`${owner}.${field}`] ?? glossary[field];
  if (note === undefined) {
    throw new Error(`${owner}.${field} is not explained: add it to openapi/glossary.ts`);
  }
  return note;
}

/** Writes into a schema, named for messages, what its fields mean and an example of each. */
export function annotate(schema: JsonSchema, owner: string): void {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const { description, example } = noteOn(owner, name);
    field.description = description;
    if (example !== undefined) field.examples = [example];
    annotate(field, owner);
  }
}
