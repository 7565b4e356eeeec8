/** What a user pool demands of passwords. */
export interface PasswordPolicy {
  minimumLength: number;
  requireLowercase: boolean;
  requireUppercase: boolean;
  requireNumbers: boolean;
  requireSymbols: boolean;
  /** How long a temporary password lets its user in; seven days unless told otherwise. */
  temporaryDays?: number;
}

/** An app client: who may sign in how, and for how long. */
export interface UserPoolClientDefinition {
  id: string;
  name: string;
  /** `ExplicitAuthFlows`, such as `ALLOW_USER_PASSWORD_AUTH`. */
  authFlows: string[];
  accessTokenMinutes: number;
  idTokenMinutes: number;
  refreshTokenDays: number;
}

/** A user pool, as `AWS::Cognito::UserPool` and its clients and groups describe it. */
export interface UserPoolDefinition {
  id: string;
  name: string;
  clients: UserPoolClientDefinition[];
  groups: string[];
  passwordPolicy: PasswordPolicy;
  /** Whether anyone may sign up, or only administrators create users. */
  selfSignUp: boolean;
  /** Attributes that a code verifies at sign-up: `email`, `phone_number`. */
  autoVerified: string[];
  /** With `email` or `phone_number` here, users sign in with that, and the user name is the `sub`. */
  usernameAttributes: string[];
  requiredAttributes?: string[];
  /** Whether `Alice` and `alice` are two users; CloudFormation's default is that they are. */
  caseSensitive?: boolean;
  /** The function that is told of users when they are confirmed, by the name that `runTrigger` takes. */
  postConfirmation?: string;
}
