import { CommandError, runCommand } from './command-error.ts';
import { accessToken } from './demo/identity.ts';
import { demoUsers } from './demo/users.ts';
import { findRunningBank } from './home.ts';

const names = demoUsers.map(user => user.name).join(', ');
const usage = `Usage: npm run -s token -- NAME

Prints an access token of a demo user of the bank that runs here. NAME is one of ${names}.`;

await runCommand(async () => {
  const [name] = process.argv.slice(2);
  if (name === undefined || name === '--help' || name === '-h') {
    console.log(usage);
    return;
  }
  if (!demoUsers.some(user => user.name === name)) {
    throw new CommandError(`There is no demo user ${name}: name one of ${names}.`);
  }
  const bank = await findRunningBank();
  if (!bank) {
    throw new CommandError('No bank is running here: start it with npm start.');
  }
  console.log(await accessToken(bank.identity, name));
});
