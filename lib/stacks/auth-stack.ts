import { Duration } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { roles } from '../../lambdas/domain/caller.ts';
import type { StageConfig } from '../config.ts';
import { removalPolicy } from '../constructs/removal-policy.ts';
import { BankStack } from './bank-stack.ts';

/** Who may come in: a user pool whose groups are the bank's roles, and the client that signs users in. */
export class AuthStack extends BankStack {
  readonly userPool: cognito.UserPool;
  readonly client: cognito.UserPoolClient;

  constructor(scope: Construct, config: StageConfig) {
    super(scope, 'auth', { config, description: 'users and their tokens' });
    this.userPool = this.addUserPool();
    this.client = this.addClient();
    for (const role of roles) {
      new cognito.UserPoolGroup(this, `${role}Group`, { userPool: this.userPool, groupName: role });
    }
  }

  private addUserPool(): cognito.UserPool {
    const { config } = this;
    return new cognito.UserPool(this, 'UserPool', {
      signInAliases: { email: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: config.selfSignUp,
      standardAttributes: { email: { required: true, mutable: true } },
      autoVerify: { email: true },
      // A new address counts once it is verified: until then the old one signs in and receives the recovery code.
      keepOriginal: { email: true },
      accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
      mfa: config.secondFactor ? cognito.Mfa.OPTIONAL : cognito.Mfa.OFF,
      ...(config.secondFactor && { mfaSecondFactor: { otp: true, sms: false } }),
      passwordPolicy: {
        minLength: config.passwordPolicy.minimumLength,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(config.passwordPolicy.temporaryDays),
      },
      deletionProtection: config.removal === 'retain',
      removalPolicy: removalPolicy(config),
    });
  }

  private addClient(): cognito.UserPoolClient {
    return this.userPool.addClient('Client', {
      userPoolClientName: 'api',
      // Public: it runs on customers' devices, where nothing stays secret.
      generateSecret: false,
      disableOAuth: true,
      authFlows: {
        userPassword: true,
        userSrp: true,
        ...(this.config.administrativeSignIn && { adminUserPassword: true }),
      },
      accessTokenValidity: Duration.minutes(60),
      idTokenValidity: Duration.minutes(60),
      refreshTokenValidity: Duration.days(30),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
  }
}
