import * as z from 'zod';
import type { CorsConfiguration, HttpRoute, JwtAuthorizer, ThrottleSettings } from '../http-api/http-api-options.ts';
import { AssemblyError } from './assembly-error.ts';
import { flag, quantity } from './property-schemas.ts';
import { functionNameOf } from './read-functions.ts';
import type { ResolvedAssembly, ResolvedResource } from './resolved-assembly.ts';

const ofApi = { ApiId: z.string() };

const corsSchema = z.object({
  AllowOrigins: z.array(z.string()).optional(),
  AllowMethods: z.array(z.string()).optional(),
  AllowHeaders: z.array(z.string()).optional(),
  ExposeHeaders: z.array(z.string()).optional(),
  MaxAge: quantity.optional(),
  AllowCredentials: flag.optional(),
});
const apiSchema = z.object({
  Name: z.string().default(''),
  ProtocolType: z.string(),
  CorsConfiguration: corsSchema.optional(),
});
const throttleSchema = z.object({
  ThrottlingRateLimit: quantity.optional(),
  ThrottlingBurstLimit: quantity.optional(),
});
const stageSchema = z.object({
  ...ofApi,
  StageName: z.string(),
  DefaultRouteSettings: throttleSchema.optional(),
  RouteSettings: z.record(z.string(), throttleSchema).default({}),
});
const integrationSchema = z.object({
  ...ofApi,
  IntegrationType: z.string(),
  IntegrationUri: z.string().default(''),
  PayloadFormatVersion: z.string().default('1.0'),
  TimeoutInMillis: quantity.default(30_000),
});
const authorizerSchema = z.object({
  ...ofApi,
  AuthorizerType: z.string(),
  IdentitySource: z.array(z.string()).default([]),
  JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()).default([]) }).optional(),
});
const routeSchema = z.object({
  ...ofApi,
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).optional(),
});

/** An HTTP API and the one stage it is served under. */
export interface AssemblyHttpApi {
  stack: string;
  apiId: string;
  name: string;
  /** Its address in AWS, `https://….execute-api…`. */
  endpoint: string;
  stage: string;
  routes: HttpRoute[];
  authorizers: JwtAuthorizer[];
  cors?: CorsConfiguration;
  throttle?: ThrottleSettings;
}

function refuse(resource: ResolvedResource, reason: string): never {
  throw new AssemblyError(`stack ${resource.stack}, resource ${resource.logicalId} (${resource.type}): ${reason}`);
}

function readIntegration(resource: ResolvedResource): { functionName: string; timeoutMs: number } {
  const integration = resource.read(integrationSchema);
  if (integration.IntegrationType !== 'AWS_PROXY' || integration.PayloadFormatVersion !== '2.0') {
    refuse(resource, 'the local cloud serves Lambda proxy integrations with payload format 2.0 only');
  }
  return { functionName: functionNameOf(integration.IntegrationUri), timeoutMs: integration.TimeoutInMillis };
}

function readAuthorizer(resource: ResolvedResource): JwtAuthorizer {
  const authorizer = resource.read(authorizerSchema);
  if (!authorizer.JwtConfiguration) refuse(resource, 'the local cloud serves JWT authorizers only');
  const { Issuer: issuer, Audience: audience } = authorizer.JwtConfiguration;
  return { name: resource.ref(), issuer, audience, identitySource: authorizer.IdentitySource };
}

function readCors(cors: z.output<typeof corsSchema>): CorsConfiguration {
  return {
    ...(cors.AllowOrigins && { allowOrigins: cors.AllowOrigins }),
    ...(cors.AllowMethods && { allowMethods: cors.AllowMethods }),
    ...(cors.AllowHeaders && { allowHeaders: cors.AllowHeaders }),
    ...(cors.ExposeHeaders && { exposeHeaders: cors.ExposeHeaders }),
    ...(cors.MaxAge !== undefined && { maxAge: cors.MaxAge }),
    ...(cors.AllowCredentials !== undefined && { allowCredentials: cors.AllowCredentials }),
  };
}

function readThrottle(settings: z.output<typeof throttleSchema> = {}): ThrottleSettings | undefined {
  const { ThrottlingRateLimit: rateLimit, ThrottlingBurstLimit: burstLimit } = settings;
  return rateLimit === undefined || burstLimit === undefined ? undefined : { rateLimit, burstLimit };
}

function readApi(assembly: ResolvedAssembly, api: ResolvedResource): AssemblyHttpApi {
  const { Name: name, ProtocolType, CorsConfiguration } = api.read(apiSchema);
  if (ProtocolType !== 'HTTP') refuse(api, `the local cloud serves HTTP APIs, not ${ProtocolType}`);
  const apiId = api.ref();
  const parts = (type: string) =>
    assembly.ofType(`AWS::ApiGatewayV2::${type}`).filter(part => part.read(z.object(ofApi)).ApiId === apiId);
  const integrations = new Map(parts('Integration').map(part => [part.ref(), readIntegration(part)]));
  const stages = parts('Stage').map(part => part.read(stageSchema));
  const stage = stages.find(candidate => candidate.StageName === '$default') ?? stages[0];
  const throttle = readThrottle(stage?.DefaultRouteSettings);
  return {
    stack: api.stack,
    apiId,
    name,
    endpoint: api.attribute('ApiEndpoint'),
    stage: stage?.StageName ?? '$default',
    authorizers: parts('Authorizer').map(readAuthorizer),
    routes: parts('Route').map(part => {
      const route = part.read(routeSchema);
      const integration = integrations.get(route.Target.replace(/^integrations\//, ''));
      if (!integration) refuse(part, `there is no integration ${route.Target}`);
      const ownThrottle = readThrottle(stage?.RouteSettings[route.RouteKey]);
      return {
        routeKey: route.RouteKey,
        ...integration,
        ...(route.AuthorizerId !== undefined && { authorizer: route.AuthorizerId }),
        ...(route.AuthorizationScopes && { scopes: route.AuthorizationScopes }),
        ...(ownThrottle && { throttle: ownThrottle }),
      };
    }),
    ...(CorsConfiguration && { cors: readCors(CorsConfiguration) }),
    ...(throttle && { throttle }),
  };
}

/** The HTTP APIs with their routes, Lambda integrations and JWT authorizers; any other kind is refused. */
export function readHttpApis(assembly: ResolvedAssembly): AssemblyHttpApi[] {
  return assembly.ofType('AWS::ApiGatewayV2::Api').map(api => readApi(assembly, api));
}
