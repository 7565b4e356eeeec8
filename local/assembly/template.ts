import * as z from 'zod';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const json = z.custom<Json>();
const byName = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value);

const resourceSchema = z.object({
  Type: z.string(),
  Properties: byName(json).default({}),
  DependsOn: z.union([z.string().transform(id => [id]), z.array(z.string())]).default([]),
  Condition: z.string().optional(),
});

/** The sections of a CloudFormation template that the local cloud reads. */
export const templateSchema = z.object({
  Parameters: byName(z.object({ Type: z.string(), Default: json.optional() })).default({}),
  Mappings: byName(byName(byName(json))).default({}),
  Conditions: byName(json).default({}),
  Resources: byName(resourceSchema).default({}),
  Outputs: byName(
    z.object({ Value: json, Condition: z.string().optional(), Export: z.object({ Name: json }).optional() }),
  ).default({}),
});

export type Template = z.output<typeof templateSchema>;
