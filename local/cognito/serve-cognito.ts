import { type LocalCognito, startCognito } from './start-cognito.ts';
import type { UserPoolDefinition } from './user-pool-definition.ts';

/** The pool that stands alone: anyone may sign up with an e-mail address, and both password flows are on. */
export const defaultPool: UserPoolDefinition = {
  id: 'us-east-1_local',
  name: 'local',
  clients: [
    {
      id: 'local-client',
      name: 'local-client',
      authFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      accessTokenMinutes: 60,
      idTokenMinutes: 60,
      refreshTokenDays: 30,
    },
  ],
  groups: ['customer', 'teller', 'analyst', 'auditor', 'admin'],
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
};

/** Serves the default pool alone; prints how to name it, and the codes that Cognito would send. */
export async function serveCognito(options: { port: number; directory: string }): Promise<LocalCognito> {
  const cognito = await startCognito({
    ...options,
    pools: [defaultPool],
    onMessage: ({ to, code }) => console.log(`to ${to}: ${code}`),
  });
  console.log(`user pool ${defaultPool.id}, client ${defaultPool.clients.map(client => client.id).join(', ')}`);
  return cognito;
}
