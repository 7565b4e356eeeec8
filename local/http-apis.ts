import type { IncomingMessage } from 'node:http';
import type { CloudAssembly } from './assembly/assembly.ts';
import type { AssemblyHttpApi } from './assembly/read-http-apis.ts';
import type { LocalCognito } from './cognito/start-cognito.ts';
import type { GatewayAnswer } from './http-api/gateway-answer.ts';
import type { Invocation } from './http-api/http-api-options.ts';
import type { LoopbackServer } from './http-api/loopback-server.ts';
import { startHttpApi } from './http-api/start-http-api.ts';
import { LambdaError } from './lambda/lambda-error.ts';
import type { LambdaHost } from './lambda/lambda-host.ts';
import type { MetricStore } from './metrics/metric-store.ts';
import { metricsPage } from './metrics/metrics-page.ts';

/** What stands behind an API: the functions, and the user pools' keys. */
export interface ApiBackend {
  host: LambdaHost;
  cognito: LocalCognito;
  /** What the functions measure: `GET /_local/metrics` shows it. */
  metrics: MetricStore;
  log(line: string): void;
}

/** What API Gateway answers when a request is larger than Lambda takes (6 MB), though not than the gateway does (10 MB). */
const tooLarge = { statusCode: 413, body: JSON.stringify({ message: 'Request Entity Too Large' }) };

async function invoke({ host, log }: ApiBackend, functionName: string, event: unknown): Promise<Invocation> {
  try {
    const { timedOut, functionError, payload } = await host.invoke(functionName, event);
    if (timedOut) return { kind: 'timeout' };
    return functionError === undefined ? { kind: 'result', payload } : { kind: 'error' };
  } catch (error) {
    if (!(error instanceof LambdaError)) throw error;
    log(`http-api ${functionName}: ${error.message}`);
    if (error.status === 413) return { kind: 'result', payload: tooLarge };
    return { kind: 'error' };
  }
}

/** Opens an HTTP API of the assembly on a port. Rejects with EADDRINUSE when it is taken. */
export function openHttpApi(api: AssemblyHttpApi, port: number, backend: ApiBackend): Promise<LoopbackServer> {
  return startHttpApi({
    ...api,
    port,
    jwks: issuer => backend.cognito.jwks(issuer),
    invoke: (functionName, event) => invoke(backend, functionName, event),
    own: request => ownAnswer(backend, request),
    log: line => backend.log(`http-api ${line}`),
  });
}

/** What no API has, and whoever runs the cloud may ask at the API's address. */
function ownAnswer(
  { metrics }: ApiBackend,
  { method, url = '', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
): GatewayAnswer | undefined {
  const asked = method === 'GET' && url.split('?', 1)[0] === '/_local/metrics';
  return asked ? metricsPage(metrics, headers.accept) : undefined;
}

/** The outputs of all stacks by name, with the APIs' addresses in AWS replaced by `urls`, which are in the same order. */
export function localOutputs({ outputs, httpApis }: CloudAssembly, urls: string[]): Record<string, string> {
  const all = Object.values(outputs).flatMap(ofStack => Object.entries(ofStack));
  const localise = (value: string) =>
    httpApis.reduce((text, api, index) => text.replace(api.endpoint, urls[index] ?? api.endpoint), value);
  return Object.fromEntries(all.map(([name, value]) => [name, localise(value)]));
}
