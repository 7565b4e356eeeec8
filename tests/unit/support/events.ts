import type { APIGatewayProxyEventV2WithJWTAuthorizer, Context } from 'aws-lambda';
import { customerId } from './callers.ts';

export type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
type Claims = Event['requestContext']['authorizer']['jwt']['claims'];

/** What a test says of a request; everything else is as the gateway sends it. */
export interface RequestOptions {
  /** `POST /transfer` */
  routeKey?: string;
  claims?: Claims;
  headers?: Record<string, string>;
  params?: Record<string, string>;
  query?: Record<string, string>;
  /** Text is sent as it is, bytes as Base64, anything else as JSON. */
  body?: unknown;
}

/** The claims of an access token of somebody in these groups, as the gateway writes them: all strings. */
export function claimsOf(...groups: string[]): Record<string, string> {
  return {
    sub: customerId,
    token_use: 'access',
    origin_jti: 'session-1',
    'cognito:groups': `[${groups.join(' ')}]`,
  };
}

/** An event as an HTTP API with a JWT authorizer sends it (payload format 2.0). */
export function eventOf(options: RequestOptions = {}): Event {
  const { routeKey = 'GET /accounts', claims = claimsOf('customer'), headers = {}, params, query, body } = options;
  const [method = '', path = ''] = routeKey.split(' ');
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(params && { pathParameters: params }),
    ...(query && { queryStringParameters: query }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      authorizer: { principalId: '', integrationLatency: 0, jwt: { claims, scopes: [] } },
      domainName: 'api.example',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.7', userAgent: 'unit-test/1' },
      requestId: 'request-1',
      routeKey,
      stage: '$default',
      time: '03/Feb/2026:04:05:06 +0000',
      timeEpoch: 1_770_091_506_000,
    },
    ...bodyOf(body),
  };
}

/** A request that the gateway let through without a token, as it does on public routes. */
export function eventWithoutToken(options: RequestOptions = {}): Event {
  const event = eventOf(options);
  Reflect.deleteProperty(event.requestContext, 'authorizer');
  return event;
}

function bodyOf(body: unknown): { body?: string; isBase64Encoded: boolean } {
  if (body === undefined) {
    return { isBase64Encoded: false };
  }
  if (Buffer.isBuffer(body)) {
    return { body: body.toString('base64'), isBase64Encoded: true };
  }
  return { body: typeof body === 'string' ? body : JSON.stringify(body), isBase64Encoded: false };
}

/** The context of an invocation that has half a minute left. */
export function lambdaContext(remaining = 30_000): Context {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'unit-test',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:unit-test',
    memoryLimitInMB: '512',
    awsRequestId: 'invocation-1',
    logGroupName: '/aws/lambda/unit-test',
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => remaining,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
