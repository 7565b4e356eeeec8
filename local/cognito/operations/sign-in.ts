import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { CognitoError, invalidParameter, notAuthorized, userDisabled, wrongPassword } from '../cognito-error.ts';
import { type OperationContext, operation, signedOperation, text } from '../operation.ts';
import { isPassword } from '../passwords.ts';
import type { User } from '../pool-records.ts';
import { sessionOfRefreshToken, signTokens, startSession } from '../tokens.ts';
import type { UserPool } from '../user-pool.ts';
import type { UserPoolClientDefinition } from '../user-pool-definition.ts';
import { attributesOf } from '../user-view.ts';

const challengeLifetimeMs = 3 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

const authParameters = z.record(z.string(), z.string()).default({});
const authRequest = z.object({ ClientId: text, AuthFlow: text, AuthParameters: authParameters });

/** Signs in with a password, or for a refresh token. */
export const initiateAuth = operation(authRequest, (input, context) => {
  const client = context.pools.byClient(input.ClientId);
  return authenticate(client, input, ['USER_PASSWORD_AUTH'], context);
});

/** The same for a server that holds IAM credentials. */
export const adminInitiateAuth = signedOperation(authRequest.extend({ UserPoolId: text }), (input, context) => {
  const found = context.pools.byClient(input.ClientId);
  const pool = context.pools.byId(input.UserPoolId);
  if (found.pool !== pool) throw invalidParameter('The client does not belong to the user pool.');
  return authenticate(found, input, ['ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'], context);
});

type FoundClient = { pool: UserPool; client: UserPoolClientDefinition };

/** What a client allows that names no flows. */
const defaultFlows = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'];

async function authenticate(
  { pool, client }: FoundClient,
  input: z.infer<typeof authRequest>,
  passwordFlows: string[],
  context: OperationContext,
): Promise<object> {
  const flow = input.AuthFlow === 'REFRESH_TOKEN' ? 'REFRESH_TOKEN_AUTH' : input.AuthFlow;
  const refreshing = flow === 'REFRESH_TOKEN_AUTH';
  if (!refreshing && !passwordFlows.includes(flow)) throw invalidParameter('Initiate Auth method not supported.');
  const allowed = client.authFlows.length === 0 ? defaultFlows : client.authFlows;
  if (!allowed.some(entry => entry === flow || entry === `ALLOW_${flow}`)) {
    const which = flow === 'USER_PASSWORD_AUTH' ? flow : 'Auth';
    throw invalidParameter(`${which} flow not enabled for this client`);
  }
  const { AuthParameters: parameters } = input;
  if (refreshing) return refresh(pool, client, required(parameters, 'REFRESH_TOKEN'), context.now());
  const user = await userByPassword(pool, required(parameters, 'USERNAME'), required(parameters, 'PASSWORD'), context);
  if (user.status === 'FORCE_CHANGE_PASSWORD') return askForNewPassword(pool, client, user, context);
  return { ChallengeParameters: {}, AuthenticationResult: await startSession(pool, client, user, context.now()) };
}

function required(parameters: Record<string, string>, name: string): string {
  const value = parameters[name];
  if (value === undefined || value === '') throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

/** Who signs in; nothing is said of the user before its password is right, not even that there is one. */
async function userByPassword(
  pool: UserPool,
  name: string,
  password: string,
  context: OperationContext,
): Promise<User> {
  const sub = pool.findUser(name)?.sub ?? '';
  context.lockout.check(sub);
  const right = await isPassword(password, pool.userBySub(sub)?.password);
  const user = pool.userBySub(sub);
  if (user === undefined) throw wrongPassword();
  if (!right) {
    context.lockout.failed(sub);
    throw wrongPassword();
  }
  context.lockout.succeeded(sub);
  if (!user.enabled) throw userDisabled();
  if (user.status === 'UNCONFIRMED') throw new CognitoError('UserNotConfirmedException', 'User is not confirmed.');
  return user;
}

async function refresh(pool: UserPool, client: UserPoolClientDefinition, refreshToken: string, nowMs: number) {
  const session = sessionOfRefreshToken(pool, refreshToken);
  const user = pool.userBySub(session?.sub ?? '');
  if (session === undefined || user === undefined || session.clientId !== client.id) {
    throw notAuthorized('Invalid Refresh Token');
  }
  if (!user.enabled) throw userDisabled();
  if (session.revoked) throw notAuthorized('Refresh Token has been revoked');
  if (session.expiresAt <= nowMs) throw notAuthorized('Refresh Token has expired');
  return { ChallengeParameters: {}, AuthenticationResult: await signTokens(pool, client, user, session, nowMs) };
}

function askForNewPassword(
  pool: UserPool,
  client: UserPoolClientDefinition,
  user: User,
  context: OperationContext,
): object {
  const { temporaryDays = 7 } = pool.definition.passwordPolicy;
  if (context.now() >= (user.temporarySince ?? 0) + temporaryDays * dayMs) {
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
  }
  const session = randomBytes(48).toString('base64url');
  const expiresAt = context.now() + challengeLifetimeMs;
  context.challenges.set(session, { clientId: client.id, sub: user.sub, expiresAt });
  const missing = (pool.definition.requiredAttributes ?? []).filter(name => user.attributes[name] === undefined);
  const attributes = attributesOf(user).filter(({ Name }) => Name !== 'sub');
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: session,
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missing.map(name => `userAttributes.${name}`)),
      userAttributes: JSON.stringify(Object.fromEntries(attributes.map(({ Name, Value }) => [Name, Value]))),
    },
  };
}
