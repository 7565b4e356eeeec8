import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';

const fields = {
  time: '$context.requestTime',
  request_id: '$context.requestId',
  ip: '$context.identity.sourceIp',
  route: '$context.routeKey',
  status: '$context.status',
  caller: '$context.authorizer.claims.sub',
  response_bytes: '$context.responseLength',
  response_ms: '$context.responseLatency',
  function_ms: '$context.integrationLatency',
  function_status: '$context.integration.status',
  authorizer_error: '$context.authorizer.error',
  gateway_error: '$context.error.message',
  function_error: '$context.integrationErrorMessage',
};

/**
 * One JSON line per request. The route stands in place of the path and its query, so that nothing a caller sent is
 * kept, least of all its token.
 */
export const accessLogFormat = AccessLogFormat.custom(JSON.stringify(fields));
