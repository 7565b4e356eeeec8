import { randomUUID } from 'node:crypto';
import { invalidParameter } from './cognito-error.ts';
import type { User } from './pool-records.ts';
import type { UserPool } from './user-pool.ts';
import { checkAttributes } from './user-view.ts';

/**
 * A user as sign-up or an administrator makes it. Where users sign in with an attribute, the name given is that
 * attribute and the `sub` becomes the user name. Throws `InvalidParameterException` for attributes that do not fit.
 */
export function newUser(
  pool: UserPool,
  name: string,
  given: Record<string, string>,
  state: Pick<User, 'status' | 'password'> & { nowMs: number; temporarySince?: number },
): User {
  const alias = aliasOf(pool, name);
  const attributes = alias === undefined ? given : { ...given, [alias]: name };
  checkAttributes(attributes);
  const missing = (pool.definition.requiredAttributes ?? []).filter(attribute => attributes[attribute] === undefined);
  if (missing.length > 0) {
    const faults = missing.map(attribute => `${attribute}: The attribute is required`);
    throw invalidParameter(`Attributes did not conform to the schema: ${faults.join('\n')}`);
  }
  const { nowMs, ...rest } = state;
  const sub = randomUUID();
  return {
    sub,
    username: alias === undefined ? name : sub,
    attributes,
    enabled: true,
    groups: [],
    createdAt: nowMs,
    modifiedAt: nowMs,
    ...rest,
  };
}

function aliasOf(pool: UserPool, name: string): string | undefined {
  const { usernameAttributes } = pool.definition;
  if (usernameAttributes.length === 0) return undefined;
  const fits = (attribute: string) => (attribute === 'phone_number' ? name.startsWith('+') : name.includes('@'));
  const alias = usernameAttributes.find(fits);
  if (alias === undefined) {
    const kinds = usernameAttributes.map(attribute => (attribute === 'email' ? 'an email' : 'a phone number'));
    throw invalidParameter(`Username should be ${kinds.join(' or ')}.`);
  }
  return alias;
}
