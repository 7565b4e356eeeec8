import { expect, onTestFinished, test } from 'vitest';
import { startInvokeEndpoint } from '../../../local/lambda/invoke-endpoint.ts';
import { functionOf, hostOf } from './support.ts';

async function serve(source: string): Promise<string> {
  const { host } = hostOf([await functionOf(source)]);
  const endpoint = await startInvokeEndpoint((...call) => host.invokeJson(...call));
  onTestFinished(() => endpoint.close());
  return `${endpoint.url}/2015-03-31/functions/bank/invocations`;
}

const echo = 'export const handler = async event => ({ event });';
const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers });

test('Invoke answers the result, with the version that ran', async () => {
  const response = await post(await serve(echo), '{"amount":"1.00"}');
  expect(response.status).toBe(200);
  expect(response.headers.get('x-amz-executed-version')).toBe('$LATEST');
  expect(response.headers.has('x-amz-function-error')).toBe(false);
  expect(await response.json()).toEqual({ event: { amount: '1.00' } });
});

test('Invoke without a body gives the function an empty event', async () => {
  expect(await (await post(await serve(echo), '')).json()).toEqual({ event: {} });
});

test("a function's failure is a 200 that says so in a header", async () => {
  const response = await post(await serve("export const handler = async () => { throw new Error('no'); };"), '{}');
  expect(response.status).toBe(200);
  expect(response.headers.get('x-amz-function-error')).toBe('Unhandled');
  expect(await response.json()).toMatchObject({ errorType: 'Error', errorMessage: 'no' });
});

test('an asynchronous Invoke is accepted without a result', async () => {
  const response = await post(await serve(echo), '{}', { 'x-amz-invocation-type': 'Event' });
  expect(response.status).toBe(202);
  expect(await response.text()).toBe('');
});

test.each([
  ['a body that is not JSON', '/bank/invocations', '{', 400, 'InvalidRequestContentException'],
  ['an unknown function', '/nobody/invocations', '{}', 404, 'ResourceNotFoundException'],
  ['another path', '/bank', '{}', 404, 'UnknownOperationException'],
  [
    'an event over 6 MB',
    '/bank/invocations',
    JSON.stringify('x'.repeat(6 * 1024 * 1024)),
    413,
    'RequestTooLargeException',
  ],
])('%s is refused', async (_name, path, body, status, code) => {
  const url = (await serve(echo)).replace('/bank/invocations', path);
  const response = await post(url, body);
  expect(response.status).toBe(status);
  expect(response.headers.get('x-amzn-errortype')).toBe(code);
});
