import * as z from 'zod';

/**
 * Reads the variables a function needs from its environment and reports every one that is missing or wrong at once.
 *
 * @throws Error naming all of them; the function does not start.
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  shape: Shape,
  environment = process.env,
): z.output<z.ZodObject<Shape>> {
  // Not compiled first, as zod does with a schema: it is used once.
  const parsed = z.object(shape).safeParse(environment, { jitless: true });
  if (parsed.success) {
    return parsed.data;
  }
  const problems = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The function's environment is not complete: ${problems.join('; ')}`);
}

/** What a function that uses the database is given: the cluster, its own login's secret, the database. */
export const databaseVariables = {
  DATABASE_CLUSTER_ARN: z.string().min(1),
  DATABASE_SECRET_ARN: z.string().min(1),
  DATABASE_NAME: z.string().min(1),
};

/** Where events are sent. */
export const eventQueueVariable = { EVENT_QUEUE_URL: z.url() };

/** Where work waits for the workers. */
export const workQueueVariable = { WORK_QUEUE_URL: z.url() };

/** How many days that are not over yet may be worked on by hand; none unless the stage says so. */
export const booksVariable = { BOOKS_DAYS_AHEAD: z.coerce.number().int().min(0).default(0) };

/** What the edge proves itself by, one or, while it is replaced, two; none where the bank has no edge. */
export const originSecretsVariable = {
  ORIGIN_SECRETS: z
    .string()
    .default('')
    .transform(text => text.split(',').filter(secret => secret !== '')),
};

/** The database that a function's environment names, as the database's adapter takes it. */
export function databaseTarget(environment: z.output<z.ZodObject<typeof databaseVariables>>) {
  return {
    resourceArn: environment.DATABASE_CLUSTER_ARN,
    secretArn: environment.DATABASE_SECRET_ARN,
    database: environment.DATABASE_NAME,
  };
}
