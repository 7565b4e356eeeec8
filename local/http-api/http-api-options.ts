import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type { JSONWebKeySet } from 'jose';
import type { GatewayAnswer } from './gateway-answer.ts';

/** A route of the API: which requests go to which function, and who lets them in. */
export interface HttpRoute {
  /** `POST /transfer`, `ANY /things/{proxy+}`, `$default`. */
  routeKey: string;
  functionName: string;
  /** The name of a `JwtAuthorizer`; without one the route is open. */
  authorizer?: string;
  /** The token must carry at least one of these. */
  scopes?: string[];
  /** The integration's time-out in milliseconds; 30,000 is API Gateway's maximum and default. */
  timeoutMs?: number;
  /** The route's own limit, in place of the stage's. */
  throttle?: ThrottleSettings;
}

/** A JWT authorizer, as `AWS::ApiGatewayV2::Authorizer` describes it. */
export interface JwtAuthorizer {
  name: string;
  issuer: string;
  audience: string[];
  /** `$request.header.Authorization` or `$request.querystring.name`. */
  identitySource: string[];
}

/** The API's CORS configuration; `maxAge` is in seconds. */
export interface CorsConfiguration {
  allowOrigins?: string[];
  allowMethods?: string[];
  allowHeaders?: string[];
  exposeHeaders?: string[];
  maxAge?: number;
  allowCredentials?: boolean;
}

/** Steady requests a second, and how many may come at once. */
export interface ThrottleSettings {
  rateLimit: number;
  burstLimit: number;
}

/** What became of one invocation. */
export type Invocation = { kind: 'result'; payload: unknown } | { kind: 'error' } | { kind: 'timeout' };

/** The event a function receives: payload format 2.0, with the authorizer's part where the route has one. */
export type HttpApiEvent = APIGatewayProxyEventV2 | APIGatewayProxyEventV2WithJWTAuthorizer;

export interface HttpApiOptions {
  /** 127.0.0.1 unless told otherwise. */
  host?: string;
  /** 0, the default, picks a free port. */
  port?: number;
  apiId: string;
  /** `$default`, or a name that then leads every path. */
  stage: string;
  /** us-east-1 unless told otherwise; it shows in `requestContext.domainName`. */
  region?: string;
  routes: HttpRoute[];
  authorizers: JwtAuthorizer[];
  cors?: CorsConfiguration;
  throttle?: ThrottleSettings;
  /** The issuer's public keys. Rejecting means that the issuer cannot be reached. */
  jwks(issuer: string): Promise<JSONWebKeySet>;
  invoke(functionName: string, event: APIGatewayProxyEventV2): Promise<Invocation>;
  /** Answers what the machine itself is asked, in front of the API: undefined for everything that is the API's. */
  own?(request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): GatewayAnswer | undefined;
  /** One line for each answered request; never a token, a query string or a body. */
  log?(line: string): void;
  /** The clock, in milliseconds since 1970; tests set it. */
  now?(): number;
}
