import type { PostConfirmationTriggerEvent } from 'aws-lambda';
import { addUserToGroup, cognitoClient } from '../adapters/user-groups.ts';

const client = cognitoClient();

/**
 * Cognito's post-confirmation trigger: who has signed up and confirmed the address becomes a customer. A user who
 * confirms a forgotten password comes through here, too, and keeps the groups it has. Throwing tells the user that
 * confirming failed; the user is confirmed all the same, and staff then has to add the group
 * (Amazon Cognito Developer Guide, "Post confirmation Lambda trigger").
 */
export async function handler(event: PostConfirmationTriggerEvent): Promise<PostConfirmationTriggerEvent> {
  if (event.triggerSource === 'PostConfirmation_ConfirmSignUp') {
    await addUserToGroup({ userPoolId: event.userPoolId, username: event.userName }, 'customer', client);
  }
  return event;
}
