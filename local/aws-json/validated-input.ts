import * as z from 'zod';
import { AwsJsonError } from './aws-json-error.ts';

/** `KeyId` → `keyId`, and `Tags[0].TagKey` → `tags.1.member.tagKey`: how AWS names members in its messages. */
function memberName(path: PropertyKey[]): string {
  return path
    .map(part => (typeof part === 'number' ? `${part + 1}.member` : String(part)))
    .map(part => part.replace(/^./, first => first.toLowerCase()))
    .join('.');
}

function bound(issue: { origin: string }, limit: number | bigint, relation: string): string {
  const measure = issue.origin === 'number' || issue.origin === 'int' ? 'value' : 'length';
  return `Member must have ${measure} ${relation} than or equal to ${limit}`;
}

function constraint(issue: z.core.$ZodIssue): string | undefined {
  if (issue.input === undefined && issue.code !== 'custom') return 'Member must not be null';
  if (issue.code === 'too_small') return bound(issue, issue.minimum, 'greater');
  if (issue.code === 'too_big') return bound(issue, issue.maximum, 'less');
  if (issue.code === 'invalid_value') return `Member must satisfy enum value set: [${issue.values.join(', ')}]`;
  if (issue.code === 'invalid_format' && issue.pattern !== undefined && issue.format === 'regex') {
    return `Member must satisfy regular expression pattern: ${issue.pattern.replace(/^\/|\/\w*$/g, '')}`;
  }
  return issue.code === 'custom' ? issue.message : undefined;
}

/** Values that a schema checks by a function of its own may be secret, and are left out. */
function describe(issue: z.core.$ZodIssue): string {
  const broken = constraint(issue);
  if (broken === undefined) throw new AwsJsonError('SerializationException', issue.message);
  const quoted = issue.input === undefined ? ' null' : ` '${String(issue.input)}'`;
  return `Value${issue.code === 'custom' ? '' : quoted} at '${memberName(issue.path)}' failed to satisfy constraint: ${broken}`;
}

/**
 * The request as `schema` describes it, null standing for absent. Throws a ValidationException that names every member
 * at fault and the rule it breaks, in AWS's words; a SerializationException where the JSON type is another.
 */
export function validatedInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const present =
    typeof input === 'object' && input !== null && !Array.isArray(input)
      ? Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null))
      : input;
  const parsed = schema.safeParse(present, { reportInput: true });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(describe);
  const counted = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`;
  throw new AwsJsonError('ValidationException', `${counted} detected: ${problems.join('; ')}`);
}

/** Binary input of `minimum` to `maximum` bytes, base64 on the wire. */
export function blob(minimum: number, maximum: number) {
  return z
    .base64()
    .transform(text => Buffer.from(text, 'base64'))
    .superRefine(({ length }, context) => {
      if (length < minimum) context.addIssue(`Member must have length greater than or equal to ${minimum}`);
      if (length > maximum) context.addIssue(`Member must have length less than or equal to ${maximum}`);
    });
}
