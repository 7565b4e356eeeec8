import { describe, expect, test } from 'vitest';
import { roles } from '../../lambdas/domain/caller.ts';
import { environmentOf, synthesisedBank, variablesOfAll } from './synthesised-bank.ts';

const dev = synthesisedBank('dev').auth;
const prod = synthesisedBank('prod').auth;
const pool = 'AWS::Cognito::UserPool';
const client = 'AWS::Cognito::UserPoolClient';

describe('the user pool', () => {
  test('has a group for every role and no other', () => {
    expect(dev.all('AWS::Cognito::UserPoolGroup').map(group => group.Properties.GroupName)).toEqual(roles);
  });

  test('signs users in by an email address, in whatever case it is written', () => {
    expect(dev.only(pool).Properties).toMatchObject({
      UsernameAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
    });
  });

  test('asks for passwords of 12 characters and all four kinds', () => {
    expect(dev.only(pool).Properties.Policies).toMatchObject({
      PasswordPolicy: {
        MinimumLength: 12,
        RequireLowercase: true,
        RequireUppercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
      },
    });
  });

  test('outlives its stack in prod and cannot be deleted by accident there', () => {
    expect(prod.only(pool)).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { DeletionProtection: 'ACTIVE', MfaConfiguration: 'OPTIONAL' },
    });
    expect(dev.only(pool).DeletionPolicy).toBe('Delete');
  });

  test('lets people sign up where the stage says so', () => {
    const closed = synthesisedBank('staging').auth.only(pool).Properties.AdminCreateUserConfig;
    expect(closed).toEqual({ AllowAdminCreateUserOnly: true });
    expect(prod.only(pool).Properties.AdminCreateUserConfig).toEqual({ AllowAdminCreateUserOnly: false });
  });
});

describe('the client', () => {
  test('is public, its tokens can be revoked, and it does not tell who exists', () => {
    expect(dev.only(client).Properties).toMatchObject({
      ClientName: 'api',
      GenerateSecret: false,
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: 'ENABLED',
    });
  });

  test('gets tokens for a quarter of an hour, the longest a user who was disabled is still let in, and a month to refresh', () => {
    expect(dev.only(client).Properties).toMatchObject({
      AccessTokenValidity: 15,
      IdTokenValidity: 15,
      RefreshTokenValidity: 30 * 24 * 60,
      TokenValidityUnits: { AccessToken: 'minutes', RefreshToken: 'minutes' },
    });
  });

  test('can be used with AWS credentials in place of a person on trial stages only', () => {
    const flow = 'ALLOW_ADMIN_USER_PASSWORD_AUTH';
    expect(dev.only(client).Properties.ExplicitAuthFlows).toContain(flow);
    expect(prod.only(client).Properties.ExplicitAuthFlows).not.toContain(flow);
    expect(prod.only(client).Properties.ExplicitAuthFlows).toEqual(
      expect.arrayContaining(['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']),
    );
  });
});

describe('the post-confirmation function', () => {
  const [functionId, definition] = Object.entries(dev.named('AWS::Lambda::Function'))[0] ?? [];
  const [poolId] = Object.keys(dev.named(pool));

  test('is told of every user of the pool who is confirmed, and may be called by nobody but the pool', () => {
    expect(dev.only(pool).Properties.LambdaConfig).toEqual({
      PostConfirmation: { 'Fn::GetAtt': [functionId, 'Arn'] },
    });
    expect(dev.only('AWS::Lambda::Permission').Properties).toMatchObject({
      FunctionName: { 'Fn::GetAtt': [functionId, 'Arn'] },
      Principal: 'cognito-idp.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [poolId, 'Arn'] },
    });
  });

  test('answers within the five seconds that Cognito waits, and is given no database', () => {
    expect(definition?.Properties.Timeout).toBe(5);
    expect(environmentOf(definition)).toEqual(variablesOfAll('dev'));
  });
});
