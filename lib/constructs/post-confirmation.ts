import { Duration } from 'aws-cdk-lib';
import { type UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { BankFunction } from './bank-function.ts';

interface PostConfirmationProps {
  readonly config: StageConfig;
  readonly userPool: UserPool;
}

/** Makes everybody who signs up a customer: Cognito calls it when a user has confirmed the address. */
export class PostConfirmation extends Construct {
  constructor(scope: Construct, id: string, { config, userPool }: PostConfirmationProps) {
    super(scope, id);
    const handler = new BankFunction(this, 'Function', {
      config,
      description: 'Puts users who signed up themselves into the group customer',
      entry: 'lambdas/triggers/post-confirmation.ts',
      // Cognito waits no longer for a trigger.
      timeout: Duration.seconds(5),
    });
    userPool.addTrigger(UserPoolOperation.POST_CONFIRMATION, handler);
    // A policy of its own: the function waits for its role's default policy, that would wait for the pool, and the pool
    // waits for the function.
    const policy = new Policy(this, 'AddToGroup', {
      statements: [
        new PolicyStatement({ actions: ['cognito-idp:AdminAddUserToGroup'], resources: [userPool.userPoolArn] }),
      ],
    });
    handler.role?.attachInlinePolicy(policy);
  }
}
