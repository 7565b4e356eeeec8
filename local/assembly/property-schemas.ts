import * as z from 'zod';

/** CloudFormation lets a template write booleans and numbers as strings; these take both. */
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform(text => text === 'true')]);
export const quantity = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
/** Text, or a number or boolean that stands where text is asked for. */
export const text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);
