import * as z from 'zod';
import { catalogue } from '../lambdas/domain/events/catalogue.ts';
import { eventSchema } from '../lambdas/domain/events/event.ts';
import { shorten } from './schema-rules.ts';

/** The JSON Schema (2020-12) of each type of event, by the name of its file. */
export function eventSchemaFiles(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(catalogue).map(([type, definition]) => {
      const { $schema, ...schema } = z.toJSONSchema(eventSchema(type, definition), {
        override: ({ jsonSchema }) => {
          // What the bank says may come to say more.
          if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
          shorten(jsonSchema);
        },
      });
      const $id = `urn:countinghouse:event:${type}:v${definition.version}`;
      return [`${type}.v${definition.version}.json`, `${JSON.stringify({ $schema, $id, ...schema }, null, 2)}\n`];
    }),
  );
}
