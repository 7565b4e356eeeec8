import { join } from 'node:path';
import { type CloudAssembly, readAssembly } from './assembly/assembly.ts';
import type { AssemblyFunction } from './assembly/read-functions.ts';
import type { AssemblyUserPool } from './assembly/read-user-pools.ts';
import { attachedSecrets } from './attached-secrets.ts';
import { clusterConnections } from './cluster-connections.ts';
import { startCognito } from './cognito/start-cognito.ts';
import { startDataApi } from './data-api/index.ts';
import { functionOutcome } from './function-outcome.ts';
import { type ApiBackend, localOutputs, openHttpApi } from './http-apis.ts';
import { startKms } from './kms/start-kms.ts';
import { startInvokeEndpoint } from './lambda/invoke-endpoint.ts';
import { createLambdaHost, type InvokeResult } from './lambda/lambda-host.ts';
import { runTriggers } from './run-triggers.ts';
import { startSecretsManager } from './secrets-manager/secrets-manager.ts';
import { serviceEndpoints } from './service-endpoints.ts';

export interface CloudOptions {
  /** The folder that `cdk synth` wrote. */
  assembly: string;
  /** Where the cloud keeps users, keys and secrets from one start to the next. */
  home: string;
  /** The database that stands in for the cluster's, as a superuser. */
  databaseUrl: string;
  /** The port of the (first) HTTP API; 0, any free one, unless told. */
  port?: number;
  /** Work to be done before anybody is let in, through an address that nobody else knows: filling in demo data. */
  beforeOpening?(cloud: PreparedCloud): Promise<void>;
  log?(line: string): void;
  /** Called once for each request that the Data API accepts. */
  onDataApiCall?(call: { operation: string; sql?: string }): void;
  /** How many invocations of one function run at once. */
  lambdaConcurrency?: number;
  /** Makes the passwords of new secrets. Clouds that share a PostgreSQL server share its logins, and need the same ones. */
  generatePassword?(): string;
}

/** A cloud that answers, on an address of its own, before its public port is open. */
export type PreparedCloud = Pick<Cloud, 'apiUrl' | 'endpoints' | 'outputs'>;

export interface Cloud {
  /** The first HTTP API's address; empty when the application has none. */
  apiUrl: string;
  /** SDK service id (`rds-data`, `secrets-manager`, `cognito-identity-provider`, `kms`, `lambda`) → URL. */
  endpoints: Record<string, string>;
  /** The outputs of all stacks by name; addresses of HTTP APIs are the local ones. */
  outputs: Record<string, string>;
  userPools: AssemblyUserPool[];
  /** Invokes a function by its name or ARN, or by its logical id with or without the CDK's hash at its end. */
  invoke(functionName: string, event: unknown): Promise<InvokeResult>;
  /** Ends a function's environments as if their processes had been killed. */
  kill(functionName: string): Promise<void>;
  close(): Promise<void>;
}

type Closer = () => Promise<unknown>;

function findFunction(functions: AssemblyFunction[], reference: string): string {
  const found = functions.find(
    ({ name, arn, logicalId }) =>
      [name, arn, logicalId].includes(reference) || logicalId.replace(/[0-9A-F]{8}$/, '') === reference,
  );
  return found?.name ?? reference;
}

async function start(options: CloudOptions, closers: Closer[]): Promise<Omit<Cloud, 'close'>> {
  /** Has a part closed before those that were started ahead of it. */
  async function started<Part extends { close: Closer }>(starting: Promise<Part> | Part): Promise<Part> {
    const part = await starting;
    closers.unshift(() => part.close());
    return part;
  }

  const { home, databaseUrl, log = () => {} } = options;
  const assembly = readAssembly(options.assembly);
  for (const warning of assembly.warnings) log(warning);

  const secrets = await started(
    startSecretsManager({
      directory: join(home, 'secrets-manager'),
      secrets: attachedSecrets(assembly, databaseUrl),
      ...(options.generatePassword && { generatePassword: options.generatePassword }),
      log: line => log(`secrets-manager ${line}`),
    }),
  );
  const cognito = await started(
    startCognito({
      directory: join(home, 'cognito'),
      pools: assembly.userPools,
      onMessage: ({ to, code }) => log(`cognito to ${to}: ${code}`),
      onTrigger: async (functionName, event) => functionOutcome(await host.invoke(functionName, event)),
    }),
  );
  const dataApi = await started(
    startDataApi({
      connect: clusterConnections(assembly.databaseClusters, secrets, databaseUrl),
      log: line => log(`data-api ${line}`),
      ...(options.onDataApiCall && { onCall: options.onDataApiCall }),
    }),
  );
  const kms = await started(
    startKms({
      directory: join(home, 'kms'),
      keys: assembly.kmsKeys,
      aliases: assembly.kmsAliases,
      log: line => log(`kms ${line}`),
    }),
  );
  const lambda = await started(startInvokeEndpoint((...call) => host.invokeJson(...call)));
  const endpoints = serviceEndpoints({
    'cognito-identity-provider': cognito.url,
    kms: kms.url,
    lambda: lambda.url,
    'rds-data': dataApi.url,
    'secrets-manager': secrets.url,
  });
  const host = await started(
    createLambdaHost({
      functions: assembly.functions,
      endpoints: endpoints.variables,
      log: (name, line) => log(`lambda ${name}: ${line}`),
      ...(options.lambdaConcurrency !== undefined && { concurrency: options.lambdaConcurrency }),
    }),
  );

  const routed = new Set(assembly.httpApis.flatMap(api => api.routes.map(route => route.functionName)));
  await Promise.all([host.prewarm([...routed]), runTriggers(assembly.triggers, host)]);

  const backend = { host, cognito, log };
  if (options.beforeOpening) {
    await prepare(assembly, backend, endpoints.byService, options.beforeOpening);
  }
  const urls: string[] = [];
  for (const api of assembly.httpApis) {
    const port = urls.length === 0 ? (options.port ?? 0) : 0;
    const { url } = await started(openHttpApi(api, port, backend));
    urls.push(url);
  }
  return {
    apiUrl: urls[0] ?? '',
    endpoints: endpoints.byService,
    outputs: localOutputs(assembly, urls),
    userPools: assembly.userPools,
    invoke: (reference, event) => host.invoke(findFunction(assembly.functions, reference), event),
    kill: reference => host.kill(findFunction(assembly.functions, reference)),
  };
}

async function prepare(
  assembly: CloudAssembly,
  backend: ApiBackend,
  endpoints: Record<string, string>,
  work: (cloud: PreparedCloud) => Promise<void>,
): Promise<void> {
  const servers = await Promise.all(assembly.httpApis.map(api => openHttpApi(api, 0, backend)));
  const urls = servers.map(server => server.url);
  try {
    await work({ apiUrl: urls[0] ?? '', endpoints, outputs: localOutputs(assembly, urls) });
  } finally {
    await Promise.all(servers.map(server => server.close()));
  }
}

/**
 * Runs a synthesised CDK application on this machine: its functions, HTTP APIs, user pools, secrets and triggers, on the
 * given database. Resolves when the triggers (migrations) have run and the HTTP APIs are open; rejects with what stood
 * in the way, and has then stopped everything again.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  // Lambda's clock is UTC, and worker threads share their process's.
  process.env.TZ = 'UTC';
  const closers: Closer[] = [];
  let closing: Promise<void> | undefined;
  const closeAll = async () => {
    for (const close of closers) await close();
  };
  const close = () => {
    closing ??= closeAll();
    return closing;
  };
  try {
    return { ...(await start(options, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}
