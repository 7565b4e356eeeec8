import { randomBytes } from 'node:crypto';
import type { HostedFunction } from './hosted-function.ts';

/** `2026/11/22/[$LATEST]…`: each execution environment writes to a log stream of its own. */
export function newLogStreamName(now = new Date()): string {
  return `${now.toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomBytes(16).toString('hex')}`;
}

/**
 * All that a function finds in its environment: what its template sets, what the Lambda runtime sets
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime), and
 * where the services are (`AWS_ENDPOINT_URL_<SERVICE>`). Nothing of the host's own environment is in it.
 */
export function environmentVariables(
  hosted: HostedFunction,
  endpoints: Record<string, string>,
  logStreamName: string,
): Record<string, string> {
  const region = hosted.arn.split(':')[3] ?? '';
  return {
    ...hosted.environment,
    _HANDLER: hosted.handler,
    AWS_ACCESS_KEY_ID: 'ASIALOCALLOCALLOCAL0',
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${hosted.runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(hosted.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_NAME: hosted.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: hosted.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_REGION: region,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
    // The sandbox user's home holds no AWS settings; without it the SDK would read those of whoever runs the host.
    HOME: '/home/sbx_user1051',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    LAMBDA_TASK_ROOT: hosted.assetDirectory ?? '',
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    TZ: ':UTC',
    ...endpoints,
  };
}
