import { type CloudAssembly, readAssembly } from './assembly/assembly.ts';
import type { AssemblyUserPool } from './assembly/read-user-pools.ts';
import { cloudControls } from './cloud-controls.ts';
import { type Started, startServices } from './cloud-services.ts';
import { startEventSources } from './event-sources/start-event-sources.ts';
import { functionOutcome } from './function-outcome.ts';
import { type ApiBackend, localOutputs, openHttpApi } from './http-apis.ts';
import { createLambdaHost, type InvokeResult, type LambdaHost } from './lambda/lambda-host.ts';
import { withLocalQueues } from './local-addresses.ts';
import { createMetricStore } from './metrics/metric-store.ts';
import { readMetrics } from './metrics/read-metrics.ts';
import { provisionElsewhere } from './provision-elsewhere.ts';
import { type QueueSender, queueSender, textAttributes } from './queue-sender.ts';
import { runTriggers } from './run-triggers.ts';
import { createScheduler } from './scheduler/scheduler.ts';
import { serviceEndpoints } from './service-endpoints.ts';

export interface CloudOptions {
  /** The folder that `cdk synth` wrote. */
  assembly: string;
  /** Where the cloud keeps users, keys, secrets, queues and buckets from one start to the next. */
  home: string;
  /** The database that stands in for the cluster's, as a superuser. */
  databaseUrl: string;
  /** The port of the (first) HTTP API; 0, any free one, unless told. */
  port?: number;
  /** Whether schedules run by themselves; they do unless told. */
  schedules?: boolean;
  /** Work to be done before anybody is let in, through an address that nobody else knows: filling in demo data. */
  beforeOpening?(cloud: PreparedCloud): Promise<void>;
  log?(line: string): void;
  /** Called once for each request that the Data API accepts. */
  onDataApiCall?(call: { operation: string; sql?: string }): void;
  /** Told, in one line, of each email and each message to a topic; they are files in `outbox` under `home`. */
  onNotification?(line: string): void;
  /** How many invocations of one function run at once. */
  lambdaConcurrency?: number;
  /** Makes the passwords of new secrets. Clouds that share a PostgreSQL server share its logins, and need the same ones. */
  generatePassword?(): string;
}

/** A cloud that answers, on an address of its own, before its public port is open. */
export type PreparedCloud = Pick<Cloud, 'apiUrl' | 'endpoints' | 'outputs'>;

/** Where functions are named: by name or ARN, or by logical id with or without the CDK's hash at its end. */
export interface Cloud {
  /** The first HTTP API's address; empty when the application has none. */
  apiUrl: string;
  /** SDK service id (`rds-data`, `secrets-manager`, `sqs`, `s3`, …) → URL. */
  endpoints: Record<string, string>;
  /** The outputs of all stacks by name; addresses of HTTP APIs and queues are the local ones. */
  outputs: Record<string, string>;
  userPools: AssemblyUserPool[];
  invoke(functionName: string, event: unknown): Promise<InvokeResult>;
  /** Ends a function's environments as if their processes had been killed. */
  kill(functionName: string): Promise<void>;
  /** Runs a schedule's function now, once, with members of its input changed; `relay-events` names `…-relay-events`. */
  fire(schedule: string, changes?: Record<string, unknown>): Promise<InvokeResult>;
  /** Keeps a function from messages of its queues; resolves when it is done with those that it has. */
  pauseEventSource(functionName: string): Promise<void>;
  resumeEventSource(functionName: string): void;
  /** Takes `sqs`, `sns`, `s3` or `sesv2` away, and brings it back at the same address with what it keeps. */
  stopService(service: string): Promise<void>;
  startService(service: string): Promise<void>;
  close(): Promise<void>;
}

type Closer = () => Promise<unknown>;

/** AWS's own limit is a thousand; a laptop has fewer cores. */
const defaultConcurrency = 8;

/** Starts the services, and the functions, which are told where those are. */
async function startFunctions(template: CloudAssembly, options: CloudOptions, started: Started) {
  const { log = () => {}, lambdaConcurrency = defaultConcurrency } = options;
  const metrics = createMetricStore();
  const hosting = Promise.withResolvers<LambdaHost>();
  const sending = Promise.withResolvers<QueueSender>();
  const services = await startServices({
    assembly: template,
    options,
    started,
    log,
    host: hosting.promise,
    sendToQueue: async (...message) => (await sending.promise).send(...message),
  });
  const endpoints = serviceEndpoints(services.urls);
  await provisionElsewhere(template, endpoints.byService, services.urls);
  const sqsUrl = endpoints.byService.sqs ?? '';
  const assembly = withLocalQueues(template, sqsUrl);
  const queues = await started(queueSender(sqsUrl));
  sending.resolve(queues);
  const host = await started(
    createLambdaHost({
      functions: assembly.functions,
      endpoints: endpoints.variables,
      log: (name, line) => {
        log(`lambda ${name}: ${line}`);
        for (const measurement of readMetrics(line)) metrics.add(measurement);
      },
      concurrency: lambdaConcurrency,
    }),
  );
  hosting.resolve(host);
  return { services, endpoints: endpoints.byService, assembly, queues, host, metrics };
}

async function start(options: CloudOptions, started: Started): Promise<Omit<Cloud, 'close'>> {
  const { log = () => {}, lambdaConcurrency = defaultConcurrency } = options;
  const template = readAssembly(options.assembly);
  for (const warning of template.warnings) log(warning);

  const { services, endpoints, assembly, queues, host, metrics } = await startFunctions(template, options, started);
  const routed = new Set(assembly.httpApis.flatMap(api => api.routes.map(route => route.functionName)));
  await Promise.all([host.prewarm([...routed]), runTriggers(assembly.triggers, host)]);

  const eventSources = await started(
    startEventSources(assembly.eventSources, endpoints.sqs ?? '', {
      concurrency: lambdaConcurrency,
      invoke: async (functionName, event) => functionOutcome(await host.invoke(functionName, event)),
      log: line => log(`event-source ${line}`),
    }),
  );
  const backend = { host, cognito: services.cognito, metrics, log };
  if (options.beforeOpening) {
    await prepare(assembly, backend, endpoints, options.beforeOpening);
  }
  const urls: string[] = [];
  for (const api of assembly.httpApis) {
    const port = urls.length === 0 ? (options.port ?? 0) : 0;
    const { url } = await started(openHttpApi(api, port, backend));
    urls.push(url);
  }
  const scheduler = await started(
    createScheduler({
      schedules: assembly.schedules,
      invoke: async (functionArn, input) => functionOutcome(await host.invokeJson(functionArn, input)),
      onDeadLetter: ({ queueArn, body, attributes }) => queues.send(queueArn, body, textAttributes(attributes)),
      log: line => log(`scheduler ${line}`),
    }),
  );
  if (options.schedules !== false) scheduler.start();

  return {
    apiUrl: urls[0] ?? '',
    endpoints,
    outputs: localOutputs(assembly, urls),
    userPools: assembly.userPools,
    ...cloudControls(assembly, { host, eventSources, restartable: services.restartable }),
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
 * Runs a synthesised CDK application on this machine, on the given database. Resolves when the triggers (migrations) have
 * run, queues are consumed, the HTTP APIs are open and the schedules started, in this order; rejects with what stood in
 * the way, and has then stopped everything again. Closing goes the other way round.
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
  const started: Started = async starting => {
    const part = await starting;
    closers.unshift(() => part.close());
    return part;
  };
  try {
    return { ...(await start(options, started)), close };
  } catch (error) {
    await close();
    throw error;
  }
}
