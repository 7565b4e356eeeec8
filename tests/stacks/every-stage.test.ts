import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { stageConfig, stageNames } from '../../lib/config.ts';
import { entries } from '../../lib/entries.ts';
import { schedules } from '../../lib/schedules.ts';
import { statementsOf } from './policies.ts';
import { synthesisedBank, variablesOfAll } from './synthesised-bank.ts';

// Made by the CDK to run the Trigger; its role and settings are the CDK's.
const madeByCdk = /^AWSCDKTriggerCustomResourceProvider/;

describe.each(stageNames)('the stacks of %s', name => {
  const { all, edge, assembly, findings, acknowledged } = synthesisedBank(name, { validate: true });
  const everything = (type: string) => all.flatMap(stack => Object.entries(stack.named(type)));
  const functions = everything('AWS::Lambda::Function').filter(([id]) => !madeByCdk.test(id));

  const called = (...parts: string[]) => parts.map(part => `countinghouse-${name}-${part}`);
  const waitsFor = (part: string) =>
    assembly.getStackByName(`countinghouse-${name}-${part}`).dependencies.map(dependency => dependency.id);

  test('are seven and maybe an edge, the API after what works for it, and after the migrated database whatever uses it', () => {
    expect(assembly.stacks.map(stack => stack.stackName).toSorted()).toEqual(
      called('api', 'auth', 'data', ...(edge ? ['edge'] : []), 'messaging', 'monitoring', 'schedules', 'workers'),
    );
    expect(waitsFor('api')).toEqual(
      expect.arrayContaining(called('auth', 'data', 'messaging', 'schedules', 'workers')),
    );
    for (const part of ['workers', 'schedules']) {
      expect(waitsFor(part)).toEqual(expect.arrayContaining(called('data', 'messaging')));
    }
  });

  test('name the entry of every function, so that all are bundled together', () => {
    // Schedules may start in one file; each has a function of its own.
    const shared = schedules.length - new Set(schedules.map(({ entry }) => entry)).size;
    // Where no password is ever replaced, nothing has to.
    const absent = stageConfig(name).passwordRotationDays === 0 ? 1 : 0;
    expect(entries).toHaveLength(functions.length - shared + absent);
    expect(new Set(entries).size).toBe(entries.length);
    expect(entries.filter(entry => !existsSync(entry))).toEqual([]);
  });

  test("break none of CloudFormation's own rules, and none of cdk-nag's that is not acknowledged", () => {
    expect(findings).toEqual([]);
  });

  test('say in a sentence why, where they do otherwise than cdk-nag wants', () => {
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const { reason } of acknowledged) {
      expect(reason).toMatch(/^[A-Za-z:]+ .{40,}\.$/);
    }
  });

  test('acknowledge nothing for a whole stack', () => {
    expect(acknowledged.filter(({ path }) => !path.includes('/'))).toEqual([]);
  });

  test('are tagged, tied to no account or region, and guarded where data is retained', () => {
    for (const stack of assembly.stacks) {
      expect(stack.tags).toEqual({ application: 'countinghouse', stage: name });
      expect(stack.environment.name).toBe('aws://unknown-account/unknown-region');
      expect(stack.terminationProtection ?? false).toBe(stageConfig(name).removal === 'retain');
    }
  });

  test('have no function in a VPC', () => {
    expect(functions.filter(([, { Properties }]) => Properties.VpcConfig !== undefined)).toEqual([]);
  });

  test('run every function on Node 24 on ARM, traced, logging to a group of its own', () => {
    for (const [, { Properties }] of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON' },
        Environment: { Variables: variablesOfAll(name) },
      });
    }
    const groups = functions.map(([, { Properties }]) => JSON.stringify(Properties.LoggingConfig));
    expect(new Set(groups).size).toBe(functions.length);
  });

  test('keep every log for as long as the stage says', () => {
    const retention = everything('AWS::Logs::LogGroup').map(([, group]) => group.Properties.RetentionInDays);
    // Beside the functions': the API's requests, the network's traffic, and what the firewall stopped.
    expect(retention).toHaveLength(functions.length + 2 + (stageConfig(name).firewall ? 1 : 0));
    expect(new Set(retention)).toEqual(new Set([stageConfig(name).logRetentionDays]));
  });

  test('encrypt every queue, topic and bucket under a key that rotates, and take nothing without TLS', () => {
    const rotating = everything('AWS::KMS::Key').filter(([, { Properties }]) => Properties.EnableKeyRotation === true);
    const keys = new Set(rotating.map(([id]) => id));
    const kept = ['AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::S3::Bucket'].flatMap(everything);
    const guarded = ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::S3::BucketPolicy'].flatMap(everything);
    expect(kept.length).toBeGreaterThan(0);
    for (const [id, { Properties }] of kept) {
      const [, key] =
        /"(?:KmsMasterKeyId|KMSMasterKeyID)":\{"Fn::GetAtt":\["(\w+)","Arn"\]\}/.exec(JSON.stringify(Properties)) ?? [];
      expect(keys).toContain(key);
      const policy = guarded.find(([, { Properties: of }]) =>
        JSON.stringify(of.Queues ?? of.Topics ?? [of.Bucket]).includes(`{"Ref":"${id}"}`),
      );
      expect(statementsOf(policy?.[1].Properties ?? {})).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
  });
});
