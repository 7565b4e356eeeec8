import { describe, expect, test } from 'vitest';
import { stageConfig, stageNames } from '../../lib/config.ts';
import { synthesisedBank } from './synthesised-bank.ts';

// Made by the CDK to run the Trigger; its role and settings are the CDK's.
const madeByCdk = /^AWSCDKTriggerCustomResourceProvider/;

describe.each(stageNames)('the stacks of %s', name => {
  const { all, assembly, findings, acknowledged } = synthesisedBank(name, { validate: true });
  const everything = (type: string) => all.flatMap(stack => Object.entries(stack.named(type)));
  const functions = everything('AWS::Lambda::Function').filter(([id]) => !madeByCdk.test(id));

  test('are data, auth and api, the API after the others', () => {
    expect(assembly.stacks.map(stack => stack.stackName).toSorted()).toEqual(
      ['api', 'auth', 'data'].map(part => `countinghouse-${name}-${part}`),
    );
    const api = assembly.getStackByName(`countinghouse-${name}-api`);
    const before = api.dependencies.map(dependency => dependency.id);
    expect(before).toEqual(expect.arrayContaining([`countinghouse-${name}-data`, `countinghouse-${name}-auth`]));
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
        Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps' } },
      });
    }
    const groups = functions.map(([, { Properties }]) => JSON.stringify(Properties.LoggingConfig));
    expect(new Set(groups).size).toBe(functions.length);
  });

  test('keep every log for as long as the stage says', () => {
    const retention = everything('AWS::Logs::LogGroup').map(([, group]) => group.Properties.RetentionInDays);
    // Beside the functions': the API's requests and the network's traffic.
    expect(retention).toHaveLength(functions.length + 2);
    expect(new Set(retention)).toEqual(new Set([stageConfig(name).logRetentionDays]));
  });
});
