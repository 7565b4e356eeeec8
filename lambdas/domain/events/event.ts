import * as z from 'zod';
import { id, timestamp } from '../fields.ts';

/** One type of event: what it happens to, when it is recorded, and what it tells. It is named where it is listed. */
export interface EventDefinition {
  version: number;
  aggregateType: string;
  happensWhen: string;
  data: z.ZodType;
}

/** Declares a type of event in its first version. */
export function event(aggregateType: string, happensWhen: string, data: z.ZodType): EventDefinition {
  return { version: 1, aggregateType, happensWhen, data };
}

const actor = z.strictObject({
  id: id.describe("The user's id at the identity provider; all zeros for the bank's own rules and schedules"),
  roles: z.array(z.string()),
});

const context = z.strictObject({
  request_id: z.string().nullable().describe('The request that caused it, as its answer named it in x-request-id'),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  session_id: z.string().nullable(),
});

/** An event of a type as it is sent, with no field that is not declared. */
export function eventSchema(type: string, { version, aggregateType, happensWhen, data }: EventDefinition) {
  return z
    .strictObject({
      id: id.describe('The same however often it is delivered'),
      type: z.literal(type),
      version: z.literal(version).describe("The version of this type's form"),
      aggregate_type: z.literal(aggregateType),
      aggregate_id: id.describe('What it happened to'),
      actor: actor.describe('Who did it'),
      context: context.describe('From where it was asked for; nulls where nobody asked'),
      data,
      created_at: timestamp,
    })
    .meta({ title: `${type}, version ${version}`, description: happensWhen });
}

/** What a change made of the fields that it changed, and why; the reason is null where none is asked for. */
export function change<Fields extends z.ZodType>(fields: Fields, reason: z.ZodType = z.string()) {
  return z.strictObject({
    old: fields.describe('What they were'),
    new: fields.describe('What they are'),
    reason,
  });
}
