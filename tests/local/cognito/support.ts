import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt, type JWTPayload } from 'jose';
import { onTestFinished } from 'vitest';
import { type CognitoOptions, startCognito } from '../../../local/cognito/start-cognito.ts';
import type { UserPoolDefinition } from '../../../local/cognito/user-pool-definition.ts';

export const poolId = 'us-east-1_Bank';
export const clientId = 'web';
export const password = 'Corr3ct-horse';

const passwordFlows = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];
const lifetimes = { accessTokenMinutes: 60, idTokenMinutes: 30, refreshTokenDays: 1 };

/** A pool where anyone may sign up with an e-mail address, with changes. */
export function bankPool(changes: Partial<UserPoolDefinition> = {}): UserPoolDefinition {
  return {
    id: poolId,
    name: 'bank',
    clients: [
      { id: clientId, name: 'web', authFlows: passwordFlows, ...lifetimes },
      { id: 'other', name: 'other', authFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], ...lifetimes },
    ],
    groups: ['teller', 'ops'],
    passwordPolicy: {
      minimumLength: 8,
      requireLowercase: true,
      requireUppercase: true,
      requireNumbers: true,
      requireSymbols: true,
    },
    selfSignUp: true,
    autoVerified: ['email'],
    usernameAttributes: ['email'],
    ...changes,
  };
}

/** A folder that is gone after the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'cognito-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** A clock that stands still until it is moved. */
export function clock() {
  const started = Date.now();
  let passed = 0;
  return {
    now: () => started + passed,
    forward: (ms: number) => {
      passed += ms;
    },
  };
}

/** A server with the bank's pool, a client for it, and the codes it sent, by address. */
export async function serve(options: Partial<CognitoOptions> = {}) {
  const codes = new Map<string, string>();
  const cognito = await startCognito({
    directory: options.directory ?? (await temporaryDirectory()),
    pools: [bankPool()],
    onMessage: ({ to, code }) => codes.set(to, code),
    ...options,
  });
  const client = connect(cognito.url);
  onTestFinished(async () => {
    client.destroy();
    await cognito.close();
  });
  const code = (to: string) => codes.get(to) ?? 'none';
  return { ...cognito, client, code };
}

export function connect(endpoint: string): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}

type Client = CognitoIdentityProviderClient;

export function signUp(client: Client, email: string, secret = password) {
  return client.send(new SignUpCommand({ ClientId: clientId, Username: email, Password: secret }));
}

/** Makes a confirmed user with the usual password and returns its user name. */
export async function addUser(client: Client, email: string, pool = poolId): Promise<string> {
  const ofUser = { UserPoolId: pool, Username: email };
  const attributes = [{ Name: 'email_verified', Value: 'true' }];
  const { User: user } = await client.send(
    new AdminCreateUserCommand({ ...ofUser, MessageAction: 'SUPPRESS', UserAttributes: attributes }),
  );
  await client.send(new AdminSetUserPasswordCommand({ ...ofUser, Password: password, Permanent: true }));
  return user?.Username ?? '';
}

export function signIn(client: Client, username: string, secret = password, app = clientId) {
  const AuthParameters = { USERNAME: username, PASSWORD: secret };
  return client.send(new InitiateAuthCommand({ ClientId: app, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }));
}

export function adminSignIn(client: Client, username: string, secret = password) {
  const AuthParameters = { USERNAME: username, PASSWORD: secret };
  const AuthFlow = 'ADMIN_USER_PASSWORD_AUTH';
  return client.send(
    new AdminInitiateAuthCommand({ UserPoolId: poolId, ClientId: clientId, AuthFlow, AuthParameters }),
  );
}

export function refresh(client: Client, refreshToken: string, app = clientId) {
  const AuthParameters = { REFRESH_TOKEN: refreshToken };
  return client.send(new InitiateAuthCommand({ ClientId: app, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters }));
}

/** The tokens of a sign-in that succeeded, and what they claim. */
export function tokens(output: Pick<InitiateAuthCommandOutput, 'AuthenticationResult'>) {
  const {
    AccessToken: access = '',
    IdToken: id = '',
    RefreshToken: refreshToken = '',
  } = output.AuthenticationResult ?? {};
  const claims = (token: string): JWTPayload => (token === '' ? {} : decodeJwt(token));
  return { access, id, refreshToken, accessClaims: claims(access), idClaims: claims(id) };
}
