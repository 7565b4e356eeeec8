import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ExecuteStatementCommand } from '@aws-sdk/client-rds-data';
import { expect, onTestFinished, test } from 'vitest';
import { dataApiClient } from '../../../lambdas/adapters/database.ts';

/** An endpoint that answers every call as the test says, and counts calls and connections. */
async function endpointThat(respond: (request: IncomingMessage, response: ServerResponse) => void) {
  const seen = { calls: 0, connections: 0 };
  const server = createServer((request, response) => {
    seen.calls += 1;
    request.resume().on('end', () => respond(request, response));
  });
  server.on('connection', () => {
    seen.connections += 1;
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { seen, url: `http://127.0.0.1:${port}` };
}

const settings = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const command = new ExecuteStatementCommand({ resourceArn: 'cluster', secretArn: 'secret', sql: 'select 1' });

test('the client sends a call once: repeating it is for who knows the time that is left', async () => {
  const { seen, url } = await endpointThat((_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json' }).end('{"message":"away"}');
  });
  await expect(dataApiClient({ ...settings, endpoint: url }).send(command)).rejects.toThrow();
  expect(seen.calls).toBe(1);
});

test('the client gives up on a call that is not answered in time, and says that it did', async () => {
  const { seen, url } = await endpointThat(() => undefined);
  const client = dataApiClient({ ...settings, endpoint: url }, 50);
  await expect(client.send(command)).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(seen.calls).toBeLessThan(2);
});

test('the client keeps its connection for the next call', async () => {
  const { seen, url } = await endpointThat((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"records":[]}');
  });
  const client = dataApiClient({ ...settings, endpoint: url });
  await client.send(command);
  await client.send(command);
  expect(seen).toEqual({ calls: 2, connections: 1 });
});
