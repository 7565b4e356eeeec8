import * as z from 'zod';
import type { UserPoolClientDefinition, UserPoolDefinition } from '../cognito/user-pool-definition.ts';
import { flag, quantity } from './property-schemas.ts';
import { functionNameOf } from './read-functions.ts';
import type { ResolvedAssembly, ResolvedResource } from './resolved-assembly.ts';

const minutesIn = { seconds: 1 / 60, minutes: 1, hours: 60, days: 24 * 60 };
const unit = z.enum(['seconds', 'minutes', 'hours', 'days']);

/** Cognito's own policy where a template has none. */
const defaultPasswordPolicy = {
  MinimumLength: 8,
  RequireLowercase: true,
  RequireUppercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
};

const poolSchema = z.object({
  UserPoolName: z.string().optional(),
  LambdaConfig: z.object({ PostConfirmation: z.string().optional() }).default({}),
  AdminCreateUserConfig: z.object({ AllowAdminCreateUserOnly: flag.default(false) }).optional(),
  AutoVerifiedAttributes: z.array(z.string()).default([]),
  UsernameAttributes: z.array(z.string()).default([]),
  UsernameConfiguration: z.object({ CaseSensitive: flag.default(true) }).default({ CaseSensitive: true }),
  Schema: z.array(z.object({ Name: z.string().optional(), Required: flag.default(false) })).default([]),
  Policies: z
    .object({
      PasswordPolicy: z
        .object({
          MinimumLength: quantity.default(8),
          RequireLowercase: flag.default(false),
          RequireUppercase: flag.default(false),
          RequireNumbers: flag.default(false),
          RequireSymbols: flag.default(false),
        })
        .default(defaultPasswordPolicy),
    })
    .default({ PasswordPolicy: defaultPasswordPolicy }),
});
const clientSchema = z.object({
  UserPoolId: z.string(),
  ClientName: z.string().optional(),
  ExplicitAuthFlows: z
    .array(z.string())
    .default(['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH']),
  AccessTokenValidity: quantity.default(1),
  IdTokenValidity: quantity.default(1),
  RefreshTokenValidity: quantity.default(30),
  TokenValidityUnits: z
    .object({ AccessToken: unit.optional(), IdToken: unit.optional(), RefreshToken: unit.optional() })
    .default({}),
});
const groupSchema = z.object({ UserPoolId: z.string(), GroupName: z.string().optional() });

/** A user pool of the assembly, with its clients and groups. */
export interface AssemblyUserPool extends UserPoolDefinition {
  stack: string;
  logicalId: string;
}

function readClient(resource: ResolvedResource): UserPoolClientDefinition {
  const client = resource.read(clientSchema);
  const { AccessToken = 'hours', IdToken = 'hours', RefreshToken = 'days' } = client.TokenValidityUnits;
  return {
    id: resource.ref(),
    name: client.ClientName ?? resource.logicalId,
    authFlows: client.ExplicitAuthFlows,
    accessTokenMinutes: client.AccessTokenValidity * minutesIn[AccessToken],
    idTokenMinutes: client.IdTokenValidity * minutesIn[IdToken],
    refreshTokenDays: (client.RefreshTokenValidity * minutesIn[RefreshToken]) / minutesIn.days,
  };
}

/** The Cognito user pools, with their clients, groups and rules. */
export function readUserPools(assembly: ResolvedAssembly): AssemblyUserPool[] {
  return assembly.ofType('AWS::Cognito::UserPool').map(resource => {
    const pool = resource.read(poolSchema);
    const id = resource.ref();
    const policy = pool.Policies.PasswordPolicy;
    const { PostConfirmation: postConfirmation } = pool.LambdaConfig;
    return {
      stack: resource.stack,
      logicalId: resource.logicalId,
      id,
      name: pool.UserPoolName ?? resource.logicalId,
      clients: assembly
        .ofType('AWS::Cognito::UserPoolClient')
        .filter(client => client.read(clientSchema).UserPoolId === id)
        .map(readClient),
      groups: assembly
        .ofType('AWS::Cognito::UserPoolGroup')
        .filter(group => group.read(groupSchema).UserPoolId === id)
        .map(group => group.ref()),
      passwordPolicy: {
        minimumLength: policy.MinimumLength,
        requireLowercase: policy.RequireLowercase,
        requireUppercase: policy.RequireUppercase,
        requireNumbers: policy.RequireNumbers,
        requireSymbols: policy.RequireSymbols,
      },
      selfSignUp: pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly !== true,
      autoVerified: pool.AutoVerifiedAttributes,
      usernameAttributes: pool.UsernameAttributes,
      caseSensitive: pool.UsernameConfiguration.CaseSensitive,
      ...(postConfirmation !== undefined && { postConfirmation: functionNameOf(postConfirmation) }),
      requiredAttributes: pool.Schema.filter(attribute => attribute.Required).flatMap(({ Name }) => Name ?? []),
    };
  });
}
