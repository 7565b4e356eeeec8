import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CognitoIdentityProviderClient, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt, decodeProtectedHeader, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { demoPassword, emailOf } from '../../local/demo/users.ts';
import type { Person, TestSystem } from './system.ts';

/** Makes tokens that are like a person's own but for what a test changes. */
export interface Forger {
  /** The claims of the person's own access token. */
  claims: JWTPayload;
  /** The header of the person's own access token. */
  header: JWTHeaderParameters;
  /** The pool's real key. */
  key: KeyObject;
  /** Signs the person's claims with changes, by the pool's own key unless told otherwise; a claim that is undefined is left out. */
  sign(claims?: JWTPayload, header?: Partial<JWTHeaderParameters>, key?: KeyObject | Uint8Array): Promise<string>;
}

/** Forges tokens of a person, with the key that the local user pool keeps in its file. */
export async function forgerOf(bank: TestSystem, person: Person): Promise<Forger> {
  const claims = decodeJwt(person.token);
  const header = { ...decodeProtectedHeader(person.token), alg: 'RS256' };
  const key = await poolKey(bank.identity.userPoolId, String(header.kid));
  return {
    claims,
    header,
    key,
    sign: (changes = {}, headerChanges = {}, by = key) =>
      new SignJWT({ ...claims, ...changes }).setProtectedHeader({ ...header, ...headerChanges }).sign(by),
  };
}

/** A token of any three parts, signed by nobody. */
export function unsignedToken(header: object, claims: object, signature = ''): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encode(header)}.${encode(claims)}.${signature}`;
}

/** The ID token and the refresh token that a person gets beside the access token. */
export async function otherTokens(bank: TestSystem, person: Person): Promise<{ id: string; refresh: string }> {
  const { endpoint, userPoolClientId: ClientId } = bank.identity;
  const client = new CognitoIdentityProviderClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const AuthParameters = { USERNAME: emailOf(person.name), PASSWORD: demoPassword };
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({ AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters }),
  );
  return { id: String(AuthenticationResult?.IdToken), refresh: String(AuthenticationResult?.RefreshToken) };
}

/** The private key of this id, wherever among the folders of the systems that run now its pool is kept. */
async function poolKey(userPoolId: string, keyId: string): Promise<KeyObject> {
  const folders = (await readdir(tmpdir())).filter(name => name.startsWith('countinghouse-system-'));
  for (const folder of folders) {
    const journal = await readFile(join(tmpdir(), folder, 'cognito', `${userPoolId}.jsonl`), 'utf8').catch(() => '');
    for (const line of journal.split('\n').filter(Boolean)) {
      const { kind, id, value } = JSON.parse(line);
      if (kind === 'signing-key' && id === keyId) {
        return createPrivateKey({ key: value, format: 'jwk' });
      }
    }
  }
  throw new Error(`No user pool under ${tmpdir()} has the key ${keyId}`);
}
