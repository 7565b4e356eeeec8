import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { AdminAddUserToGroupCommand, GetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, onTestFinished, test } from 'vitest';
import { defaultPool } from '../../../local/cognito/serve-cognito.ts';
import { addUser, connect, password, poolId, refresh, serve, signIn, temporaryDirectory, tokens } from './support.ts';

const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`;

describe('what was acknowledged', () => {
  test('is there after a restart: users, groups, sessions and the key', async () => {
    const directory = await temporaryDirectory();
    const before = await serve({ directory });
    const username = await addUser(before.client, 'alice@bank.test');
    const member = { UserPoolId: poolId, Username: username, GroupName: 'ops' };
    await before.client.send(new AdminAddUserToGroupCommand(member));
    const { access, refreshToken } = tokens(await signIn(before.client, 'alice@bank.test'));
    const keys = await before.jwks(issuer);
    await before.close();

    const after = await serve({ directory });
    expect(await after.jwks(issuer)).toEqual(keys);
    expect((await after.client.send(new GetUserCommand({ AccessToken: access }))).Username).toBe(username);
    expect(tokens(await refresh(after.client, refreshToken)).accessClaims).toMatchObject({
      sub: username,
      'cognito:groups': ['ops'],
    });
  });

  test('is there after kill -9', async () => {
    const directory = await temporaryDirectory();
    const first = await serveApart(directory);
    const client = connect(first.url);
    const app = defaultPool.clients[0]?.id;
    await addUser(client, 'alice@bank.test', defaultPool.id);
    const { refreshToken, accessClaims } = tokens(await signIn(client, 'alice@bank.test', password, app));
    client.destroy();
    await first.kill();

    const second = await serveApart(directory);
    const again = connect(second.url);
    expect(tokens(await refresh(again, refreshToken, app)).accessClaims.sub).toBe(accessClaims.sub);
    again.destroy();
    await second.kill();
  });

  test('is kept without passwords and refresh tokens in clear, for the owner alone', async () => {
    const directory = await temporaryDirectory();
    const { client } = await serve({ directory });
    await addUser(client, 'alice@bank.test');
    const { refreshToken } = tokens(await signIn(client, 'alice@bank.test'));
    const [file = ''] = await readdir(directory);
    const kept = await readFile(join(directory, file), 'utf8');
    expect(kept).toContain('alice@bank.test');
    expect(kept).not.toContain(password);
    expect(kept).not.toContain(refreshToken.split('.')[1]);
    expect((await stat(join(directory, file))).mode & 0o077).toBe(0);
  });
});

/** Serves the default pool in a process of its own. */
async function serveApart(directory: string): Promise<{ url: string; kill(): Promise<void> }> {
  const module = new URL('../../../local/cognito/serve-cognito.ts', import.meta.url).href;
  const script = `
    const { serveCognito } = await import(${JSON.stringify(module)});
    const { url } = await serveCognito({ port: 0, directory: ${JSON.stringify(directory)} });
    console.log(url);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  async function kill() {
    child.kill('SIGKILL');
    await gone;
  }
  onTestFinished(kill);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('http')) {
      return { url: line, kill };
    }
  }
  throw new Error('It ended without telling its address');
}
