import { describe, expect, test, vi } from 'vitest';
import { LambdaError } from '../../../local/lambda/lambda-error.ts';
import { writeFiles } from '../assembly/fixture.ts';
import { functionOf, hostOf } from './support.ts';

const echo = 'export const handler = async event => event.echo;';

describe('a function', () => {
  test('finds its own variables and those of the runtime in its environment, and nothing of the host', async () => {
    const definition = await functionOf('export const handler = async () => process.env;', {
      environment: { TABLE: 'accounts', NODE_OPTIONS: '--enable-source-maps' },
    });
    const { host } = hostOf([definition], { endpoints: { AWS_ENDPOINT_URL_RDS_DATA: 'http://127.0.0.1:1' } });
    const { payload } = await host.invoke('bank', {});
    expect(payload).toMatchObject({
      TABLE: 'accounts',
      NODE_OPTIONS: '--enable-source-maps',
      AWS_ENDPOINT_URL_RDS_DATA: 'http://127.0.0.1:1',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'bank',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/bank',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      LAMBDA_TASK_ROOT: definition.assetDirectory,
      _HANDLER: 'index.handler',
      TZ: ':UTC',
    });
    const runtimes = /^(AWS_\w+|LAMBDA_\w+|_HANDLER|_X_AMZN_TRACE_ID|HOME|LANG|PATH|TZ)$/;
    const others = Object.keys(payload ?? {}).filter(name => !runtimes.test(name));
    expect(others.toSorted()).toEqual(['NODE_OPTIONS', 'TABLE']);
  });

  test('gets the context that Lambda gives', async () => {
    const definition = await functionOf(
      'export const handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() });',
    );
    const { payload } = await hostOf([definition]).host.invoke('bank', {});
    expect(payload).toMatchObject({
      functionName: 'bank',
      functionVersion: '$LATEST',
      invokedFunctionArn: definition.arn,
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/bank',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      left: expect.toSatisfy((left: number) => left > 0 && left <= 20_000),
    });
  });

  test('has its event and its result taken through JSON', async () => {
    const { host } = hostOf([
      await functionOf('export const handler = async event => ({ event, at: new Date(0), none: undefined });'),
    ]);
    const { payload } = await host.invoke('bank', { at: new Date(0), none: undefined });
    expect(payload).toEqual({ event: { at: '1970-01-01T00:00:00.000Z' }, at: '1970-01-01T00:00:00.000Z' });
  });

  test('that returns nothing answers null', async () => {
    const { host } = hostOf([await functionOf('export const handler = async () => {};')]);
    expect(await host.invoke('bank', {})).toEqual({ statusCode: 200, payload: null, timedOut: false });
  });

  test('may be called by its name, its ARN, or the ARN of a version', async () => {
    const definition = await functionOf(echo);
    const { host } = hostOf([definition]);
    for (const reference of ['bank', definition.arn, `${definition.arn}:1`]) {
      expect((await host.invoke(reference, { echo: 1 })).payload).toBe(1);
    }
  });

  test('has what it writes handed on line by line', async () => {
    const { host, lines } = hostOf([
      await functionOf("export const handler = async () => { console.log('one\\ntwo'); console.error('three'); };"),
    ]);
    await host.invoke('bank', {});
    await vi.waitFor(() => expect(lines.toSorted()).toEqual(['one', 'three', 'two']));
  });

  test('may be a CommonJS module', async () => {
    const definition = await functionOf('', { handler: 'main.api.run' });
    await writeFiles(definition.assetDirectory ?? '', { 'main.cjs': 'exports.api = { run: async () => "ran" };' });
    expect((await hostOf([definition]).host.invoke('bank', {})).payload).toBe('ran');
  });
});

describe('an environment', () => {
  const counter = 'let count = 0; export const handler = async () => { count += 1; return count; };';

  test('is used again, and keeps what its module remembers', async () => {
    const { host } = hostOf([await functionOf(counter)]);
    await host.invoke('bank', {});
    expect((await host.invoke('bank', {})).payload).toBe(2);
  });

  test('serves one invocation at a time, and as many are made as are needed', async () => {
    const busy = `let inside = 0;
      export const handler = async () => {
        inside += 1;
        await new Promise(resolve => setTimeout(resolve, 20));
        const seen = inside;
        inside -= 1;
        return { seen, stream: process.env.AWS_LAMBDA_LOG_STREAM_NAME };
      };`;
    const { host } = hostOf([await functionOf(busy)], { concurrency: 3 });
    const results = await Promise.all(Array.from({ length: 40 }, () => host.invoke('bank', {})));
    const payloads = results.map(result => result.payload);
    expect(payloads).toEqual(payloads.map(() => expect.objectContaining({ seen: 1 })));
    const streams = new Set(payloads.map(payload => JSON.stringify(payload)));
    expect(streams.size).toBeGreaterThan(1);
    expect(streams.size).toBeLessThanOrEqual(3);
  });

  test('that is the only one serves those who wait in the order in which they came', async () => {
    const { host } = hostOf([await functionOf(echo)], { concurrency: 1 });
    const order: number[] = [];
    await Promise.all(
      [1, 2, 3, 4, 5].map(async number => {
        await host.invoke('bank', { echo: number });
        order.push(number);
      }),
    );
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  test('that was warmed up ahead serves the first invocation', async () => {
    const { host, lines } = hostOf([await functionOf(`console.log('loaded'); ${echo}`)]);
    await host.prewarm(['bank']);
    await host.invoke('bank', { echo: 1 });
    await vi.waitFor(() => expect(lines).toEqual(['loaded']));
  });

  test('that is killed fails its invocation, and the next one finds another', async () => {
    const { host, lines } = hostOf([
      await functionOf(
        "export const handler = async event => { if (event.hang) { console.log('in'); await new Promise(() => {}); } return 'well'; };",
      ),
    ]);
    const hanging = host.invoke('bank', { hang: true });
    await vi.waitFor(() => expect(lines).toContain('in'));
    await host.kill('bank');
    expect(await hanging).toMatchObject({ functionError: 'Unhandled', payload: { errorType: 'Runtime.ExitError' } });
    expect((await host.invoke('bank', {})).payload).toBe('well');
  });
});

describe('a function that fails', () => {
  const failing = `export const handler = async event => {
    if (event.how === 'throw') throw new TypeError('no such account');
    if (event.how === 'throw text') throw 'no';
    if (event.how === 'exit') process.exit(3);
    if (event.how === 'leave') process.exit(0);
    if (event.how === 'spin') for (;;);
    if (event.how === 'hang') await new Promise(() => {});
    if (event.how === 'reject') { Promise.reject(new Error('unseen')); await new Promise(() => {}); }
    if (event.how === 'late') { setTimeout(() => { throw new RangeError('late'); }); await new Promise(() => {}); }
    if (event.how === 'hoard') { const all = []; for (;;) all.push(new Array(100_000).fill(all.length + 0.5)); }
    if (event.how === 'circle') { const circle = {}; circle.circle = circle; return circle; }
    if (event.how === 'flood') return 'x'.repeat(6 * 1024 * 1024);
    return 'well';
  };`;

  test.each([
    ['throw', { errorType: 'TypeError', errorMessage: 'no such account' }],
    ['throw text', { errorType: 'string', errorMessage: 'no' }],
    ['exit', { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 3') }],
    ['leave', { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exited without') }],
    ['reject', { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: unseen' }],
    ['late', { errorType: 'RangeError', errorMessage: 'late' }],
    ['hoard', { errorType: 'Runtime.OutOfMemory', errorMessage: expect.stringContaining('signal: killed') }],
    ['circle', { errorType: 'Runtime.MarshalError', errorMessage: 'Unable to stringify response body' }],
    ['flood', { errorType: 'Function.ResponseSizeTooLarge' }],
  ])('(%s) is told as Lambda tells it, and serves the next invocation', async (how, fault) => {
    const { host } = hostOf([await functionOf(failing)]);
    const result = await host.invoke('bank', { how });
    expect(result).toMatchObject({ statusCode: 200, functionError: 'Unhandled', timedOut: false, payload: fault });
    expect((await host.invoke('bank', {})).payload).toBe('well');
  });

  test.each(['spin', 'hang'])('(%s) past its time-out is ended, and the next invocation finds another', async how => {
    const { host } = hostOf([await functionOf(failing, { timeoutSeconds: 0.2 })], { concurrency: 1 });
    const result = await host.invoke('bank', { how });
    expect(result).toMatchObject({
      functionError: 'Unhandled',
      timedOut: true,
      payload: { errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/timed out after 0\.20 seconds$/) },
    });
    expect((await host.invoke('bank', {})).payload).toBe('well');
  });

  test('has its trace among the answer and the log', async () => {
    const { host, lines } = hostOf([await functionOf(failing)]);
    const { payload } = await host.invoke('bank', { how: 'throw' });
    expect(payload).toHaveProperty(['trace', 0], 'TypeError: no such account');
    expect(lines.join('\n')).toContain('Invoke Error {"errorType":"TypeError"');
  });
});

describe('a function that cannot be loaded', () => {
  test.each([
    ['a module that throws', 'throw new RangeError("not today");', 'index.handler', { errorType: 'RangeError' }],
    ['no such module', '', 'other.handler', { errorType: 'Runtime.ImportModuleError' }],
    ['no such export', 'export const other = 1;', 'index.handler', { errorType: 'Runtime.HandlerNotFound' }],
    [
      'an export that is no function',
      'export const handler = 1;',
      'index.handler',
      { errorType: 'Runtime.HandlerNotFound' },
    ],
    ['a syntax error', 'export const handler = (;', 'index.handler', { errorType: 'Runtime.UserCodeSyntaxError' }],
    ['a handler without a dot', echo, 'handler', { errorType: 'Runtime.MalformedHandlerName' }],
    [
      'a handler that takes a callback',
      'export const handler = (event, context, callback) => callback(null, 1);',
      'index.handler',
      { errorType: 'Runtime.CallbackHandlerDeprecated' },
    ],
  ])('(%s) fails its invocation, with the reason', async (_name, source, handler, fault) => {
    const { host } = hostOf([await functionOf(source, { handler })]);
    await host.prewarm(['bank']);
    expect(await host.invoke('bank', {})).toMatchObject({ functionError: 'Unhandled', payload: fault });
  });

  test('is tried again at the next invocation', async () => {
    const definition = await functionOf('throw new Error("not yet");');
    const { host } = hostOf([definition]);
    expect((await host.invoke('bank', {})).functionError).toBe('Unhandled');
    await writeFiles(definition.assetDirectory ?? '', { 'index.mjs': echo });
    expect((await host.invoke('bank', { echo: 'now' })).payload).toBe('now');
  });
});

describe('the service refuses', () => {
  test('an unknown function', async () => {
    await expect(hostOf([]).host.invoke('nobody', {})).rejects.toThrow(
      new LambdaError('ResourceNotFoundException', 'Function not found: nobody'),
    );
  });

  test('code that is not a Node.js bundle', async () => {
    const { host } = hostOf([
      await functionOf(echo, { name: 'python', runtime: 'python3.13' }),
      await functionOf(echo, { name: 'inline', assetDirectory: undefined }),
    ]);
    for (const name of ['python', 'inline']) {
      await expect(host.invoke(name, {})).rejects.toMatchObject({ code: 'InvalidRuntimeException' });
    }
  });

  test('an event of more than 6 MB, and of more than 1 MB when nobody waits for the result', async () => {
    const { host } = hostOf([await functionOf(echo)]);
    const twoMegabytes = { text: 'x'.repeat(2 * 1024 * 1024) };
    expect((await host.invoke('bank', twoMegabytes)).functionError).toBeUndefined();
    await expect(host.invoke('bank', twoMegabytes, { type: 'Event' })).rejects.toMatchObject({
      code: 'RequestTooLargeException',
      status: 413,
    });
    await expect(host.invoke('bank', { text: 'x'.repeat(6 * 1024 * 1024) })).rejects.toMatchObject({
      code: 'RequestTooLargeException',
    });
  });
});

describe('an invocation of type', () => {
  test('Event is answered at once, runs on, and is tried three times', async () => {
    const { host, lines } = hostOf([
      await functionOf("export const handler = async () => { console.log('tried'); throw new Error('no'); };"),
    ]);
    expect(await host.invoke('bank', {}, { type: 'Event' })).toEqual({
      statusCode: 202,
      payload: null,
      timedOut: false,
    });
    const failures = () => lines.filter(line => line.includes('Invoke Error')).length;
    await vi.waitFor(() => expect(failures()).toBe(3), { timeout: 10_000 });
    expect((await host.invoke('bank', {})).functionError).toBe('Unhandled');
    expect(failures()).toBe(4);
  });

  test('DryRun runs nothing', async () => {
    const { host, lines } = hostOf([await functionOf("console.log('loaded'); export const handler = async () => 1;")]);
    expect((await host.invoke('bank', {}, { type: 'DryRun' })).statusCode).toBe(204);
    expect(lines).toEqual([]);
  });
});

test('a host that is closed answers those who run and those who wait', async () => {
  const { host, lines } = hostOf(
    [await functionOf("export const handler = async () => { console.log('in'); await new Promise(() => {}); };")],
    { concurrency: 1 },
  );
  const both = [host.invoke('bank', {}), host.invoke('bank', {})];
  await vi.waitFor(() => expect(lines).toContain('in'));
  await host.close();
  expect((await Promise.all(both)).map(result => result.functionError)).toEqual(['Unhandled', 'Unhandled']);
  expect((await host.invoke('bank', {})).functionError).toBe('Unhandled');
});
