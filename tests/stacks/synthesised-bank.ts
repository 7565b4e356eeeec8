import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import settings from '../../cdk.json' with { type: 'json' };
import { addBank } from '../../lib/bank.ts';
import { addChecks } from '../../lib/checks.ts';
import { type StageConfig, stageConfig } from '../../lib/config.ts';

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.array(z.string()).default([]),
  DeletionPolicy: z.string().optional(),
});
type Resource = z.infer<typeof resource>;

/** The environment variables of a Lambda function. */
export function environmentOf(resource: Resource | undefined): Record<string, unknown> {
  const environment = z.object({ Variables: z.record(z.string(), z.unknown()) });
  return environment.parse(resource?.Properties.Environment).Variables;
}

/** The environment variables that every function has. */
export function variablesOfAll(stage: string): Record<string, unknown> {
  return {
    STAGE: stage,
    NODE_OPTIONS: '--enable-source-maps',
    POWERTOOLS_SERVICE_NAME: 'countinghouse',
    POWERTOOLS_METRICS_NAMESPACE: 'Countinghouse',
  };
}

/** A synthesised template, read by resource type. */
export class StackTemplate {
  readonly #template: Template;

  constructor(template: Template) {
    this.#template = template;
  }

  /** The resources of a type by their logical ids. */
  named(type: string): Record<string, Resource> {
    return z.record(z.string(), resource).parse(this.#template.findResources(type));
  }

  all(type: string): Resource[] {
    return Object.values(this.named(type));
  }

  /** The one resource of a type. */
  only(type: string): Resource {
    const [first, ...others] = this.all(type);
    if (!first || others.length > 0) {
      throw new Error(`Expected one ${type}, found ${others.length + (first ? 1 : 0)}`);
    }
    return first;
  }

  /** The stack's outputs that have the name they were given, not one that the CDK made for another stack. */
  outputs(): Record<string, unknown> {
    const outputs = z.record(z.string(), z.object({ Value: z.unknown() })).parse(this.#template.findOutputs('*'));
    return Object.fromEntries(
      Object.entries(outputs)
        .filter(([name]) => !name.startsWith('ExportsOutput'))
        .map(([name, { Value }]) => [name, Value]),
    );
  }

  json(): unknown {
    return this.#template.toJSON();
  }
}

interface SynthesisOptions {
  validate?: boolean;
  /** Settings other than the stage's. */
  changes?: Partial<StageConfig>;
}

/** What was synthesised in this process: stages are many times the same, and nobody changes a template. */
const synthesised = new Map<string, ReturnType<typeof synthesise>>();

/**
 * A stage, synthesised in this process at the first time that it is asked for with these options, without bundling.
 * Checking the templates against CloudFormation's own rules and cdk-nag's takes a second, so it is done where it is asked for.
 */
export function synthesisedBank(stage: string, { validate = false, changes = {} }: SynthesisOptions = {}) {
  const key = JSON.stringify([stage, validate, changes]);
  const bank = synthesised.get(key) ?? synthesise(stage, validate, changes);
  synthesised.set(key, bank);
  return bank;
}

/** Synthesises a stage; the folder it writes to is gone when it returns. */
function synthesise(stage: string, validate: boolean, changes: Partial<StageConfig>) {
  const outdir = mkdtempSync(join(tmpdir(), 'countinghouse-stacks-'));
  const { CDK_VALIDATION: before } = process.env;
  process.env.CDK_VALIDATION = String(validate);
  try {
    const app = new App({ outdir, context: { ...settings.context, 'aws:cdk:bundling-stacks': [] } });
    const bank = addBank(app, { ...stageConfig(stage), ...changes });
    if (validate) {
      addChecks(app);
    }
    const read = (stack: Stack) => new StackTemplate(Template.fromStack(stack));
    const stacks = {
      data: read(bank.data),
      auth: read(bank.auth),
      messaging: read(bank.messaging),
      workers: read(bank.workers),
      schedules: read(bank.schedules),
      api: read(bank.api),
      monitoring: read(bank.monitoring),
      ...(bank.edge && { edge: read(bank.edge) }),
    };
    const assembly = app.synth();
    const findings = validate ? findingsIn(outdir) : [];
    return { ...stacks, all: Object.values(stacks), assembly, findings, acknowledged: acknowledgementsIn(app) };
  } finally {
    rmSync(outdir, { recursive: true });
    if (before === undefined) delete process.env.CDK_VALIDATION;
    else process.env.CDK_VALIDATION = before;
  }
}

function findingsIn(outdir: string): unknown[] {
  const report = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8'));
  return z.object({ pluginReports: z.array(z.unknown()) }).parse(report).pluginReports;
}

/** The findings of cdk-nag that are acknowledged anywhere in an app, with their reasons. The CDK acknowledges some of its own. */
function acknowledgementsIn(app: App): { path: string; id: string; reason: string }[] {
  return app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(entry => entry.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(entry => Object.entries(z.record(z.string(), z.string()).parse(entry.data)))
      .map(([id, reason]) => ({ path: node.path, id: id.replace(/^annotation::/i, ''), reason }))
      .filter(({ id }) => id.startsWith('AwsSolutions-')),
  );
}
