import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generatePassword, generateSecretString } from '../../../local/secrets-manager/generate-password.ts';

const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];

describe('a generated password', () => {
  test('has 32 characters, of every kind and without a space, unless told otherwise', () => {
    for (let round = 0; round < 100; round += 1) {
      const password = generatePassword();
      expect(password).toMatch(/^[!-~]{32}$/);
      for (const kind of kinds) expect(password).toMatch(kind);
    }
  });

  test('has the length asked for and none of the characters excluded', () => {
    const length = fc.integer({ min: 4, max: 64 });
    fc.assert(
      fc.property(length, fc.string({ maxLength: 20 }), (PasswordLength, ExcludeCharacters) => {
        const password = generatePassword({ PasswordLength, ExcludeCharacters });
        return password.length === PasswordLength && [...password].every(each => !ExcludeCharacters.includes(each));
      }),
    );
  });

  test('has only the kinds that are not excluded', () => {
    const password = generatePassword({ ExcludePunctuation: true, ExcludeUppercase: true, ExcludeNumbers: true });
    expect(password).toMatch(/^[a-z]{32}$/);
    expect(generatePassword({ ExcludeLowercase: true, IncludeSpace: true, PasswordLength: 4 })).toContain(' ');
  });

  test('that cannot be made is refused', () => {
    const nothing = { ExcludeLowercase: true, ExcludeUppercase: true, ExcludeNumbers: true, ExcludePunctuation: true };
    for (const rules of [nothing, { PasswordLength: 3 }, { PasswordLength: 5000 }]) {
      expect(() => generatePassword(rules)).toThrow('not valid');
    }
    expect(generatePassword({ PasswordLength: 3, RequireEachIncludedType: false })).toHaveLength(3);
  });
});

test('a secret without a template is the password alone', () => {
  expect(generateSecretString({ PasswordLength: 12 })).toHaveLength(12);
});
