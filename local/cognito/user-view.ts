import { invalidParameter } from './cognito-error.ts';
import type { User } from './pool-records.ts';

/** A user's attributes on the wire, `sub` first. */
export function attributesOf(user: User): { Name: string; Value: string }[] {
  return [
    { Name: 'sub', Value: user.sub },
    ...Object.entries(user.attributes).map(([Name, Value]) => ({ Name, Value })),
  ];
}

/** What administrators see of a user beside its attributes; times are in seconds since 1970. */
export function userState(user: User) {
  return {
    Username: user.username,
    Enabled: user.enabled,
    UserStatus: user.status,
    UserCreateDate: user.createdAt / 1000,
    UserLastModifiedDate: user.modifiedAt / 1000,
  };
}

const forms: Record<string, { pattern: RegExp; fault: string }> = {
  email: { pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, fault: 'Invalid email address format.' },
  phone_number: { pattern: /^\+[1-9]\d{1,14}$/, fault: 'Invalid phone number format.' },
};

/** Throws `InvalidParameterException` for attributes that a user cannot have. */
export function checkAttributes(attributes: Record<string, string>): void {
  if ('sub' in attributes) throw invalidParameter('Cannot modify the non-mutable attribute sub');
  for (const [name, { pattern, fault }] of Object.entries(forms)) {
    const value = attributes[name];
    if (value !== undefined && !pattern.test(value)) throw invalidParameter(fault);
  }
}
