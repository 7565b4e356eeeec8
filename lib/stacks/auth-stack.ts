import { Duration, Validations } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { roles } from '../../lambdas/domain/caller.ts';
import type { StageConfig } from '../config.ts';
import { PostConfirmation } from '../constructs/post-confirmation.ts';
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
    new PostConfirmation(this, 'PostConfirmation', { config, userPool: this.userPool });
  }

  private addUserPool(): cognito.UserPool {
    const { config } = this;
    const userPool = new cognito.UserPool(this, 'UserPool', {
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
    Validations.of(userPool).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason: config.secondFactor
          ? 'Users may set up a one-time-password app. A pool can only demand it of all at once, which shuts out a customer ' +
            'who has none.'
          : `The users of ${config.stage} are made up, and seed data and tests sign them in by password alone.`,
      },
      {
        id: 'AwsSolutions-COG8',
        reason:
          'The Plus plan is billed for each user of a month. What it adds over Essentials, watching for stolen passwords and odd ' +
          'sign-ins, can be switched on when there are customers worth it; lock-out after wrong passwords comes without it.',
      },
    );
    return userPool;
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
      // API Gateway checks a token's signature and its time and asks Cognito nothing: a user who was disabled or has signed
      // out is let in until the access token ends. So it ends soon, and the refresh token, which is revoked, gets the next.
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
      refreshTokenValidity: Duration.days(30),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
  }
}
