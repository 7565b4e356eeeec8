import * as z from 'zod';
import { invalidParameter } from './cognito-error.ts';
import type { RunTrigger } from './lambda-triggers.ts';
import type { Pools } from './pools.ts';
import type { SignInLockout } from './sign-in-lockout.ts';

/** A message to a user: a verification code, or a temporary password. */
export interface Message {
  /** An e-mail address or a phone number. */
  to: string;
  code: string;
}

/** What operations work with. */
export interface OperationContext {
  pools: Pools;
  lockout: SignInLockout;
  /** Open challenges by their session; they do not outlive the process. */
  challenges: Map<string, Challenge>;
  /** Milliseconds since 1970. */
  now(): number;
  sendMessage(message: Message): void;
  runTrigger: RunTrigger;
}

/** A sign-in that waits for a new password. */
interface Challenge {
  clientId: string;
  sub: string;
  expiresAt: number;
}

/** An operation of the user pools API. */
export interface Operation {
  /** Whether AWS wants the request signed with IAM credentials. */
  signed: boolean;
  run(input: unknown, context: OperationContext): Promise<object>;
}

/** An operation for anyone: what it needs, and what it does. Input that does not fit is an `InvalidParameterException`. */
export function operation<Input extends z.ZodType>(
  schema: Input,
  run: (input: z.infer<Input>, context: OperationContext) => Promise<object>,
): Operation {
  return { signed: false, run: (input, context) => run(parse(schema, input), context) };
}

/** An operation for administrators. */
export function signedOperation<Input extends z.ZodType>(
  schema: Input,
  run: (input: z.infer<Input>, context: OperationContext) => Promise<object>,
): Operation {
  return { ...operation(schema, run), signed: true };
}

/** Attributes on the wire are a list of names and values. */
export const attributeList = z
  .array(z.object({ Name: z.string(), Value: z.string().default('') }))
  .default([])
  .transform(list => Object.fromEntries(list.map(({ Name, Value }) => [Name, Value])));

/** Text that has something in it. */
export const text = z.string().min(1);

function parse<Input extends z.ZodType>(schema: Input, input: unknown): z.infer<Input> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const details = issues.map(
    ({ path, message }) => `Value at '${memberName(path)}' failed to satisfy constraint: ${message}`,
  );
  const plural = issues.length === 1 ? 'error' : 'errors';
  throw invalidParameter(`${issues.length} validation ${plural} detected: ${details.join('; ')}`);
}

/** AWS names members in camel case in these messages. */
function memberName(path: PropertyKey[]): string {
  return path
    .map(String)
    .join('.')
    .replace(/^./, first => first.toLowerCase());
}
