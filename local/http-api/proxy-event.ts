import type { AuthorizerContext } from './authorize-request.ts';
import type { HttpApiEvent, HttpApiOptions } from './http-api-options.ts';
import { type EventBody, encodeBody } from './request-body.ts';
import type { RequestHead } from './request-head.ts';
import type { RouteMatch } from './route-table.ts';

/** The account that local resources belong to. */
const accountId = '000000000000';

/** Everything an event is made of. */
export interface EventParts {
  api: Pick<HttpApiOptions, 'apiId' | 'stage' | 'region'>;
  match: RouteMatch;
  head: RequestHead;
  body: Buffer;
  authorizer: AuthorizerContext | undefined;
  requestId: string;
  nowMs: number;
}

/** Makes the event of a Lambda proxy integration, payload format 2.0. Parts that a request lacks are left out. */
export function proxyEvent(parts: EventParts): HttpApiEvent {
  const { head, match } = parts;
  const body: EventBody = encodeBody(parts.body, head.headers['content-type']);
  return {
    version: '2.0',
    routeKey: match.route.routeKey,
    rawPath: head.path,
    rawQueryString: head.rawQueryString,
    ...(head.cookies.length > 0 && { cookies: head.cookies }),
    headers: { ...head.headers, 'content-length': String(parts.body.length) },
    ...(Object.keys(head.query).length > 0 && { queryStringParameters: head.query }),
    requestContext: requestContext(parts),
    ...(match.pathParameters !== undefined && { pathParameters: match.pathParameters }),
    ...body,
  };
}

function requestContext(parts: EventParts) {
  const { api, head } = parts;
  return {
    accountId,
    apiId: api.apiId,
    ...(parts.authorizer !== undefined && { authorizer: { jwt: parts.authorizer } }),
    domainName: `${api.apiId}.execute-api.${api.region ?? 'us-east-1'}.amazonaws.com`,
    domainPrefix: api.apiId,
    http: {
      method: head.method,
      path: head.path,
      protocol: head.protocol,
      sourceIp: head.sourceIp,
      userAgent: head.headers['user-agent'] ?? '',
    },
    requestId: parts.requestId,
    routeKey: parts.match.route.routeKey,
    stage: api.stage,
    time: commonLogTime(parts.nowMs),
    timeEpoch: parts.nowMs,
  };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2020:19:03:58 +0000`, always in UTC. */
function commonLogTime(nowMs: number): string {
  const iso = new Date(nowMs).toISOString();
  const month = months[Number(iso.slice(5, 7)) - 1];
  return `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}
