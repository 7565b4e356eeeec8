import { randomInt } from 'node:crypto';
import type { GenerateSecretString } from './secret-definition.ts';
import { SecretsError } from './secrets-error.ts';

const lowercase = 'abcdefghijklmnopqrstuvwxyz';
const numbers = '0123456789';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const defaultLength = 32;
const maximumLength = 4096;

function pick(alphabet: string): string {
  return alphabet.charAt(randomInt(alphabet.length));
}

function shuffle(characters: string[]): string {
  const rest = [...characters];
  let shuffled = '';
  while (rest.length > 0) shuffled += rest.splice(randomInt(rest.length), 1)[0];
  return shuffled;
}

/**
 * A random password as GetRandomPassword makes it: 32 characters unless told, at least one of each kind that is not
 * excluded (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html). Throws
 * InvalidParameterException when the rules leave nothing to choose from.
 */
export function generatePassword(rules: GenerateSecretString = {}): string {
  const length = rules.PasswordLength ?? defaultLength;
  const kinds = [
    rules.ExcludeLowercase ? '' : lowercase,
    rules.ExcludeUppercase ? '' : lowercase.toUpperCase(),
    rules.ExcludeNumbers ? '' : numbers,
    rules.ExcludePunctuation ? '' : punctuation,
    rules.IncludeSpace ? ' ' : '',
  ]
    .map(kind => [...kind].filter(character => !rules.ExcludeCharacters?.includes(character)).join(''))
    .filter(kind => kind !== '');
  const required = rules.RequireEachIncludedType === false ? [] : kinds;
  if (kinds.length === 0 || length < Math.max(1, required.length) || length > maximumLength) {
    throw new SecretsError(
      'InvalidParameterException',
      'The password length or the excluded characters are not valid.',
    );
  }
  const alphabet = kinds.join('');
  const others = Array.from({ length: length - required.length }, () => pick(alphabet));
  return shuffle([...required.map(pick), ...others]);
}

/**
 * The first value of a secret that is generated: the template's JSON object with the password under its key, or the
 * password alone (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html).
 */
export function generateSecretString(
  rules: GenerateSecretString,
  makePassword: (rules: GenerateSecretString) => string = generatePassword,
): string {
  const password = makePassword(rules);
  if (rules.SecretStringTemplate === undefined || rules.GenerateStringKey === undefined) return password;
  return JSON.stringify({ ...JSON.parse(rules.SecretStringTemplate), [rules.GenerateStringKey]: password });
}
