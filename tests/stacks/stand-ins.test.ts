import { afterEach, describe, expect, test, vi } from 'vitest';
import { defaultProvider } from '../../lib/constructs/environment-credentials.ts';
import {
  EventStreamSerde,
  eventStreamSerdeProvider,
  resolveEventStreamSerdeConfig,
} from '../../lib/constructs/no-event-streams.ts';

describe("a function's credentials", () => {
  afterEach(() => vi.unstubAllEnvs());

  function stubEnvironment(id: string | undefined, secret: string | undefined, token: string | undefined): void {
    vi.stubEnv('AWS_ACCESS_KEY_ID', id);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret);
    vi.stubEnv('AWS_SESSION_TOKEN', token);
  }

  test('are those that Lambda has put into its environment', async () => {
    stubEnvironment('id', 'secret', 'token');
    expect(await defaultProvider()()).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 'token' });
  });

  test('have no token where the environment has none', async () => {
    stubEnvironment('id', 'secret', undefined);
    expect(await defaultProvider()()).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret' });
  });

  test.each([
    [undefined, 'secret'],
    ['id', undefined],
  ])('are looked for nowhere else: with %s and %s there are none', async (id, secret) => {
    stubEnvironment(id, secret, 'token');
    await expect(defaultProvider()()).rejects.toThrow(/AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY/);
  });
});

describe('event streams', () => {
  test('are asked of nobody', () => {
    expect(() => new EventStreamSerde()).toThrow(/stream of events/);
    expect(eventStreamSerdeProvider).toThrow(/stream of events/);
  });

  test('leave the settings of a client as they are', () => {
    const settings = { region: 'us-east-1' };
    expect(resolveEventStreamSerdeConfig(settings)).toBe(settings);
  });
});
