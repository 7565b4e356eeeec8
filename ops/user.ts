import { parseArgs } from 'node:util';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { roles } from '../lambdas/domain/caller.ts';
import { CommandError, runCommand } from '../local/command-error.ts';
import { findTarget } from './target.ts';

const usage = `Usage: npm run -s user -- EMAIL --group NAME… [--stage NAME]

Makes a user of the bank that runs here, or of a stage in AWS, in one or more groups: ${roles.join(', ')}.
Cognito mails a temporary password, which the first sign-in must replace. With USER_PASSWORD set, that is the password, and nobody
is mailed. A user who is there already is put into the groups, and keeps those it has.`;

await runCommand(async () => {
  const options = readOptions();
  if (!options) {
    console.log(usage);
    return;
  }
  const target = await findTarget(options.stage);
  const client = new CognitoIdentityProviderClient(target.client('cognito-identity-provider'));
  const who = { UserPoolId: target.output('UserPoolId'), Username: options.email };
  const password = process.env.USER_PASSWORD;
  const made = await create(client, who, password !== undefined);
  try {
    for (const GroupName of options.groups) {
      await client.send(new AdminAddUserToGroupCommand({ ...who, GroupName }));
    }
    if (password !== undefined) {
      await client.send(new AdminSetUserPasswordCommand({ ...who, Password: password, Permanent: true }));
    }
  } catch (error) {
    throw new CommandError(`${options.email} was not made ready, do it again: ${(error as Error).message}`);
  }
  console.log(`${options.email} ${made ? 'was made' : 'was there'}, and is in ${options.groups.join(', ')}.`);
});

/** @returns whether it was not there before. */
async function create(
  client: CognitoIdentityProviderClient,
  who: { UserPoolId: string; Username: string },
  quietly: boolean,
): Promise<boolean> {
  const UserAttributes = [
    { Name: 'email', Value: who.Username },
    { Name: 'email_verified', Value: 'true' },
  ];
  const request = new AdminCreateUserCommand({
    ...who,
    UserAttributes,
    ...(quietly && { MessageAction: 'SUPPRESS' }),
  });
  return client.send(request).then(
    () => true,
    (error: Error) => {
      if (error.name === 'UsernameExistsException') return false;
      throw new CommandError(`${who.Username} could not be made: ${error.message}`);
    },
  );
}

/** Undefined when it is the usage that was asked for. */
function readOptions(): { email: string; groups: string[]; stage: string | undefined } | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        group: { type: 'string', multiple: true, default: [] },
        stage: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help || process.argv.length === 2) return undefined;
    const email = z.tuple([z.email()]).safeParse(positionals).data?.[0];
    if (email === undefined) throw new Error(`Name one user by its email address, not "${positionals.join(' ')}"`);
    const unknown = values.group.filter(name => !roles.some(role => role === name));
    if (unknown.length > 0 || values.group.length === 0) {
      throw new Error(`--group is ${unknown.join(', ') || 'missing'}: name one of ${roles.join(', ')}`);
    }
    return { email, groups: values.group, stage: values.stage };
  } catch (error) {
    throw new CommandError(`${(error as Error).message}. Try: npm run -s user -- --help`);
  }
}
