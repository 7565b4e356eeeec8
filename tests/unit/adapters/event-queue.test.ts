import { createServer, type ServerResponse } from 'node:http';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createEventQueue, queueClient } from '../../../lambdas/adapters/event-queue.ts';
import { EventsNotSent } from '../../../lambdas/adapters/events-not-sent.ts';
import type { BankEvent } from '../../../lambdas/domain/events.ts';
import { bankEventOf, bankEvents, eventId } from '../support/bank-events.ts';

const client = mockClient(SQSClient);
const queueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/events';
const settings = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const queue = createEventQueue({ queueUrl, client: new SQSClient(settings) });
const away = new Error('connect ECONNREFUSED');

beforeEach(() => {
  client.reset();
  client.on(SendMessageCommand).resolves({});
  client.on(SendMessageBatchCommand).resolves({});
});

const batches = () => client.commandCalls(SendMessageBatchCommand).map(call => call.args[0].input.Entries ?? []);

async function failureOf(events: BankEvent[]): Promise<EventsNotSent> {
  const outcome = await queue.send(events).catch((error: unknown) => error);
  if (outcome instanceof EventsNotSent) {
    return outcome;
  }
  throw new Error('The events were sent');
}

describe('sending', () => {
  test('one event is one message, the event as JSON', async () => {
    await queue.send([bankEventOf(1)]);
    expect(client.calls()).toHaveLength(1);
    const [call] = client.commandCalls(SendMessageCommand);
    expect(call?.args[0].input).toEqual({ QueueUrl: queueUrl, MessageBody: JSON.stringify(bankEventOf(1)) });
  });

  test('gives every message the trace of the invocation, so that the worker is seen in it', async () => {
    const trace = 'Root=1-67891233-abcdef012345678912345678;Parent=463ac35c9f6413ad;Sampled=1';
    vi.stubEnv('_X_AMZN_TRACE_ID', trace);
    onTestFinished(() => void vi.unstubAllEnvs());
    await queue.send(bankEvents(11));
    const entries = [...batches().flat(), ...client.commandCalls(SendMessageCommand).map(call => call.args[0].input)];
    expect(entries).toHaveLength(11);
    for (const { MessageSystemAttributes } of entries) {
      expect(MessageSystemAttributes).toEqual({ AWSTraceHeader: { DataType: 'String', StringValue: trace } });
    }
  });

  test('several is as few calls as SQS takes, ten in each, in their order', async () => {
    await queue.send(bankEvents(23));
    expect(batches().map(entries => entries.length)).toEqual([10, 10, 3]);
    expect(
      batches()
        .flat()
        .map(({ Id }) => Id),
    ).toEqual(bankEvents(23).map(({ id }) => id));
    expect(JSON.parse(batches()[2]?.[2]?.MessageBody ?? '')).toEqual(bankEventOf(22));
  });

  test('ten and one is a batch and a message', async () => {
    await queue.send(bankEvents(11));
    expect([batches().length, client.commandCalls(SendMessageCommand).length]).toEqual([1, 1]);
  });

  test('large ones is more calls, each within what SQS takes together', async () => {
    const data = { text: 'ü'.repeat(60_000) };
    await queue.send(bankEvents(5).map(event => ({ ...event, data })));
    const bodies = [...batches().flat(), ...client.commandCalls(SendMessageCommand).map(call => call.args[0].input)];
    expect(bodies).toHaveLength(5);
    expect(batches().map(entries => entries.length)).toEqual([2, 2]);
    for (const entries of batches()) {
      const bytes = entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody ?? ''), 0);
      expect(bytes).toBeLessThanOrEqual(262_144);
    }
  });

  test('characters that SQS does not take are sent as JSON can say them', async () => {
    const data = { reason: 'half \u0000 \ufffe \uffff whole' };
    await queue.send([bankEventOf(1, { data })]);
    const body = client.commandCalls(SendMessageCommand)[0]?.args[0].input.MessageBody ?? '';
    expect([...body].filter(character => character < ' ' || '\ufffe\uffff'.includes(character))).toEqual([]);
    expect(JSON.parse(body).data).toEqual(data);
  });

  test('nothing calls nobody', async () => {
    await queue.send([]);
    expect(client.calls()).toEqual([]);
  });
});

describe('a failure', () => {
  test('of the only call names every event, and its cause', async () => {
    client.on(SendMessageBatchCommand).rejects(away);
    const failure = await failureOf(bankEvents(3));
    expect(failure.ids).toEqual(bankEvents(3).map(({ id }) => id));
    expect(failure.cause).toBe(away);
  });

  test('of some messages of a batch names those alone', async () => {
    client.on(SendMessageBatchCommand).resolves({
      Failed: [{ Id: eventId(1), SenderFault: false, Code: 'InternalError' }],
    });
    expect((await failureOf(bankEvents(3))).ids).toEqual([eventId(1)]);
  });

  test('of some messages does not keep the next batches from being sent', async () => {
    client
      .on(SendMessageBatchCommand)
      .resolvesOnce({ Failed: [{ Id: eventId(1), SenderFault: true, Code: 'InvalidMessageContents' }] })
      .resolves({});
    expect((await failureOf(bankEvents(20))).ids).toEqual([eventId(1)]);
    expect(batches()).toHaveLength(2);
  });

  test('of a call ends it: what was not tried is named too, and not what was sent', async () => {
    client.on(SendMessageBatchCommand).resolvesOnce({}).rejects(away);
    expect((await failureOf(bankEvents(35))).ids).toEqual(
      bankEvents(35)
        .slice(10)
        .map(({ id }) => id),
    );
    expect(batches()).toHaveLength(2);
  });

  test('of many tells how many, and names the first', async () => {
    client.on(SendMessageBatchCommand).rejects(away);
    const { message } = await failureOf(bankEvents(400));
    expect(message).toContain(`400 events: ${eventId(0)}`);
    expect(message.length).toBeLessThan(500);
  });
});

describe('the client', () => {
  /** A queue that accepts calls and answers none, or as the test says. */
  async function server(
    respond: (headers: NodeJS.Dict<string | string[]>) => string | undefined,
    otherwise: (response: ServerResponse) => void = () => undefined,
  ) {
    let calls = 0;
    const listening = createServer((request, response) => {
      calls += 1;
      request.resume();
      const body = respond(request.headers);
      if (body === undefined) otherwise(response);
      else response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
    });
    await new Promise<void>(ready => listening.listen(0, '127.0.0.1', ready));
    onTestFinished(() => {
      listening.closeAllConnections();
      listening.close();
    });
    const address = listening.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : undefined}`;
    return { url, calls: () => calls };
  }

  function queueAt(url: string) {
    client.restore();
    onTestFinished(() => {
      client.reset();
    });
    return createEventQueue({
      queueUrl: `${url}/000000000000/events`,
      client: queueClient({ ...settings, endpoint: url }),
    });
  }

  const failureOf = (sending: Promise<void>) => sending.catch((error: Error) => error);
  /** It was the caller's time, and nothing of the client's own. */
  const timeIsOver = { name: 'EventsNotSent', cause: { name: 'AbortError' } };

  test('of a queue that says nothing gives up within the time that it is given, and does not try again', async () => {
    const { url, calls } = await server(() => undefined);
    expect(await failureOf(queueAt(url).send([bankEventOf(1)], 80))).toMatchObject(timeIsOver);
    expect(calls()).toBeLessThan(2);
  });

  test('of a queue that says nothing gives up after a second of its own', async () => {
    const { url, calls } = await server(() => undefined);
    await expect(queueAt(url).send([bankEventOf(1)])).rejects.toThrow(EventsNotSent);
    expect(calls()).toBe(1);
  });

  /** Begins an answer and never goes on with it. */
  const stall = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': 100 });
    response.write('{');
  };

  test('of a queue that begins to answer and does not go on gives up, too, with no time told', async () => {
    const { url, calls } = await server(() => undefined, stall);
    await expect(queueAt(url).send([bankEventOf(1)])).rejects.toThrow(EventsNotSent);
    expect(calls()).toBe(1);
  });

  test('keeps to the time that it is told while an answer comes byte by byte', async () => {
    const { url } = await server(
      () => undefined,
      response => {
        stall(response);
        const dripping = setInterval(() => response.write(' '), 50);
        response.once('close', () => clearInterval(dripping));
      },
    );
    expect(await failureOf(queueAt(url).send([bankEventOf(1)], 1_000))).toMatchObject(timeIsOver);
  });

  test('of a queue that is not there gives up at once', async () => {
    await expect(queueAt('http://127.0.0.1:1').send([bankEventOf(1)])).rejects.toThrow(EventsNotSent);
  });

  test('sends the trace on, so that SQS gives it to the worker', async () => {
    const traces: unknown[] = [];
    const { url } = await server(headers => {
      traces.push(headers['x-amzn-trace-id']);
      return '{}';
    });
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'payments');
    vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5759e988-bd862e3fe1be46a994272793');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    await queueAt(url)
      .send([bankEventOf(1)])
      .catch(() => undefined);
    expect(traces).toEqual(['Root=1-5759e988-bd862e3fe1be46a994272793']);
  });
});
