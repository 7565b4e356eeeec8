import * as z from 'zod';
import { stageRules } from '../lambdas/runtime/route.ts';

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

const capacity = z.number().multipleOf(0.5).max(256);

/** Requests a second, and how many may come at once. */
const throttle = z.strictObject({ rateLimit: z.int().min(1), burstLimit: z.int().min(1) });

/** What a stage's record must be. */
export const stageSchema = z
  .strictObject({
    stage: z.string().regex(/^[a-z]+$/),
    /** What becomes of data, keys, secrets and logs when a stack or a resource is removed. */
    removal: z.enum(['destroy', 'retain']),
    database: z.strictObject({
      /**
       * Aurora capacity units. 0 lets the database pause when nothing has called it for five minutes, and the first call then waits
       * for it to resume: `frequentSchedules` says whether it ever is left alone for so long.
       */
      minimumCapacity: capacity.min(0),
      maximumCapacity: capacity.min(1),
      /** Instances beside the writer, each in another zone: a failover takes seconds instead of minutes. */
      readers: z.int().min(0).max(15),
      backupDays: z.int().min(1).max(35),
      deletionProtection: z.boolean(),
    }),
    /**
     * When that runs which is due every few minutes, such as the relay of events: that often, or at the full hour, all at once, so
     * that a database which may pause is left alone in between. What was sent or told right after its commit does not wait for it.
     */
    frequentSchedules: z.enum(['often', 'hourly']),
    /**
     * How new code takes over the API and the events: all at once, or, for five minutes, every tenth call, and none again when
     * something goes wrong with it.
     */
    deployment: z.enum(['all-at-once', 'canary']),
    /** How many environments of the function that moves money are kept warm, for as many calls at once that meet no cold start. */
    warmPayments: z.int().min(0),
    /** After how many days each password of the database is replaced; 0: never. RDS replaces the owner's itself, every week. */
    passwordRotationDays: z.int().min(0).max(365),
    /** Whether a firewall stands before the API: requests then come by CloudFront, and by no other way. */
    firewall: z.boolean(),
    /**
     * The versions of the secret by which CloudFront proves itself to the functions: one, or, while the next takes its place, that
     * and the next.
     */
    originSecretVersions: z.array(z.int().min(1)).min(1).max(2).readonly(),
    /**
     * The API's own name, served by CloudFront: the public hosted zone of Route 53 that the name is in, and a certificate
     * for it that ACM holds in us-east-1.
     */
    domain: z
      .strictObject({
        name: z.hostname(),
        hostedZoneId: z.string().regex(/^Z[0-9A-Z]+$/),
        certificateArn: z.string().regex(/^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/),
      })
      .optional(),
    /** What customers may do for themselves. Staff always may. */
    customerRules: z.record(z.enum(stageRules), z.boolean()),
    /** How many open accounts a customer may come to by opening them itself. */
    customerAccountLimit: z.int().min(1),
    /** Whether an account is opened only for a customer whose identity staff have verified, whoever opens it. */
    accountsNeedVerifiedCustomer: z.boolean(),
    /** Whether what one member of staff froze takes another to unfreeze. */
    fourEyesUnfreeze: z.boolean(),
    /** Where the bank's nights and days are, by its IANA name; staff may choose another (`PUT /fraud-rules`). */
    timeZone: z.string().refine(isTimeZone, { error: 'is not a time zone of the IANA database' }),
    /** One of the spans that CloudWatch Logs knows. */
    logRetentionDays: z.literal([
      1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2557, 3653,
    ]),
    /** API Gateway's limits of a stage's routes together, and of each route that moves money. */
    throttle,
    moneyThrottle: throttle,
    /** How many batches of events the worker takes at once: each holds a connection of the database. Lambda knows no fewer than 2. */
    workerConcurrency: z.int().min(2).max(1000),
    /** How many parts of a job are worked on at once. */
    jobConcurrency: z.int().min(2).max(1000),
    /** For how many days that are not over yet the books may be closed by hand: for trying out what a month brings. */
    booksDaysAhead: z.int().min(0).max(4000),
    /** Who mails to customers come from; empty: nobody is mailed. SES must know the address or its domain: the stacks don't make it. */
    emailSender: z.union([z.literal(''), z.email()]),
    /** Who is told of alarms by email, once that address has confirmed; empty: only whoever subscribes to the topic by hand. */
    alarmEmail: z.union([z.literal(''), z.email()]),
    /**
     * How long nobody can remove a seal of the audit log. COMPLIANCE holds against the account's own root, and so does the
     * bucket; from GOVERNANCE somebody with the power to bypass it gets out.
     */
    auditRetention: z.strictObject({ mode: z.enum(['COMPLIANCE', 'GOVERNANCE']), days: z.int().min(1).max(36_500) }),
    /**
     * The versions of the HMAC key behind the blind index of social security numbers: one, or, while the next takes
     * its place, that and the next. A version is never used again.
     */
    ssnIndexKeyVersions: z.array(z.int().min(1)).min(1).max(2).readonly(),
    selfSignUp: z.boolean(),
    /** Whether users may set up a one-time-password app as their second factor. */
    secondFactor: z.boolean(),
    /** Whether tools with AWS credentials may sign a user in by password, as seed data and tests do. */
    administrativeSignIn: z.boolean(),
    passwordPolicy: z.strictObject({ minimumLength: z.int().min(12).max(99), temporaryDays: z.int().min(1).max(7) }),
  })
  .refine(({ database }) => database.minimumCapacity <= database.maximumCapacity, {
    error: 'the minimum capacity is above the maximum',
  })
  .refine(({ database, removal }) => removal === 'destroy' || database.deletionProtection, {
    error: 'data that must be retained needs deletion protection',
  })
  .refine(({ warmPayments, deployment }) => warmPayments === 0 || deployment === 'canary', {
    error: 'only versions of a function are kept warm, which an all-at-once deployment makes none of',
  })
  .refine(({ auditRetention, removal }) => removal === 'retain' || auditRetention.mode === 'GOVERNANCE', {
    error: 'a stage whose audit nobody can remove cannot be removed',
  })
  .refine(
    ({ throttle, moneyThrottle }) =>
      moneyThrottle.rateLimit < throttle.rateLimit && moneyThrottle.burstLimit < throttle.burstLimit,
    { error: 'a route that moves money must be held to less than the whole stage' },
  )
  .refine(({ ssnIndexKeyVersions: [first = 0, next = first + 1] }) => next === first + 1, {
    error: 'an HMAC key is replaced by the next version',
  });

/** Everything that differs between the stages. */
export type StageConfig = z.infer<typeof stageSchema>;

const trial = {
  removal: 'destroy',
  database: { minimumCapacity: 0, maximumCapacity: 4, readers: 0, backupDays: 1, deletionProtection: false },
  frequentSchedules: 'often',
  deployment: 'all-at-once',
  warmPayments: 0,
  passwordRotationDays: 0,
  firewall: false,
  originSecretVersions: [1],
  customerRules: { customer_deposits: true, customer_opens_accounts: true },
  customerAccountLimit: 10,
  accountsNeedVerifiedCustomer: false,
  fourEyesUnfreeze: false,
  timeZone: 'America/New_York',
  logRetentionDays: 7,
  throttle: { rateLimit: 1000, burstLimit: 1000 },
  moneyThrottle: { rateLimit: 250, burstLimit: 250 },
  workerConcurrency: 2,
  jobConcurrency: 2,
  booksDaysAhead: 1100,
  emailSender: '',
  alarmEmail: '',
  auditRetention: { mode: 'GOVERNANCE', days: 1 },
  ssnIndexKeyVersions: [1],
  selfSignUp: true,
  secondFactor: false,
  administrativeSignIn: true,
  passwordPolicy: { minimumLength: 12, temporaryDays: 7 },
} as const;

const live = {
  ...trial,
  passwordRotationDays: 30,
  // Cash is counted, and a customer's identity checked, by staff before either reaches the ledger.
  customerRules: { customer_deposits: false, customer_opens_accounts: false },
  accountsNeedVerifiedCustomer: true,
  fourEyesUnfreeze: true,
  throttle: { rateLimit: 5000, burstLimit: 2500 },
  moneyThrottle: { rateLimit: 1000, burstLimit: 500 },
  workerConcurrency: 10,
  jobConcurrency: 4,
  booksDaysAhead: 0,
  secondFactor: true,
  administrativeSignIn: false,
  passwordPolicy: { minimumLength: 12, temporaryDays: 1 },
} as const;

const stages = {
  // The whole machine is one caller's: the limit is there, but out of a load test's way.
  local: {
    ...trial,
    stage: 'local',
    // The machine's own, so that a payment by day is one by day for the person who tries the bank out.
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    throttle: { rateLimit: 10_000, burstLimit: 5000 },
    moneyThrottle: { rateLimit: 5000, burstLimit: 2500 },
    // Nobody is mailed from a laptop: the local SES shows what would be.
    emailSender: 'bank@demo.example',
  },
  // Paid for while it is used, and a few minutes of each hour.
  dev: { ...trial, stage: 'dev', frequentSchedules: 'hourly' },
  staging: {
    ...live,
    stage: 'staging',
    database: { minimumCapacity: 0.5, maximumCapacity: 16, readers: 1, backupDays: 7, deletionProtection: false },
    logRetentionDays: 30,
    selfSignUp: false,
  },
  prod: {
    ...live,
    stage: 'prod',
    removal: 'retain',
    database: { minimumCapacity: 2, maximumCapacity: 64, readers: 1, backupDays: 35, deletionProtection: true },
    deployment: 'canary',
    // As many as a burst of the first second needs: each starts in about half a second, and its caller would wait for it.
    warmPayments: 5,
    firewall: true,
    logRetentionDays: 365,
    workerConcurrency: 20,
    jobConcurrency: 8,
    // Seven years, for which auditors keep what they judged by (17 CFR 210.2-06); the Bank Secrecy Act asks for five.
    auditRetention: { mode: 'COMPLIANCE', days: 2557 },
  },
} as const satisfies Record<string, StageConfig>;

/** Whether requests come by CloudFront. */
export function hasEdge({ firewall, domain }: Pick<StageConfig, 'firewall' | 'domain'>): boolean {
  return firewall || domain !== undefined;
}

type StageName = keyof typeof stages;

/** The stages, in the order in which a change travels through them. */
export const stageNames = Object.keys(stages) as StageName[];

/** Somebody asked for a stage that does not exist. Its message is meant for the person at the terminal. */
export class UnknownStage extends Error {
  constructor(name: unknown) {
    super(`There is no stage "${name}": choose one of ${stageNames.join(', ')}, for example -c stage=dev`);
    this.name = 'UnknownStage';
  }
}

function isStageName(name: unknown): name is StageName {
  return typeof name === 'string' && Object.hasOwn(stages, name);
}

/**
 * The settings of a stage, checked.
 *
 * @throws UnknownStage for a name that is not one of the four
 * @throws ZodError for settings that contradict the schema or one another
 */
export function stageConfig(name: unknown): StageConfig {
  if (!isStageName(name)) {
    throw new UnknownStage(name);
  }
  return stageSchema.parse(stages[name]);
}
