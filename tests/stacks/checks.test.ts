import { App, Stack, Validations } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { addChecks } from '../../lib/checks.ts';

const finding = 'AwsSolutions-VPC7';

function appWithoutFlowLog(): { app: App; vpc: Vpc } {
  const app = new App();
  addChecks(app);
  return { app, vpc: new Vpc(new Stack(app, 'some'), 'Vpc', { natGateways: 0 }) };
}

describe('the checks', () => {
  test('a finding that nobody acknowledged fails the synthesis and names its construct', () => {
    const { app } = appWithoutFlowLog();
    expect(() => app.synth()).toThrow(new RegExp(`some/Vpc/Resource[^]*${finding}`));
  });

  test('a finding that was acknowledged beside its construct does not', () => {
    const { app, vpc } = appWithoutFlowLog();
    Validations.of(vpc).acknowledge({ id: finding, reason: 'It stands for one whose traffic need not be logged.' });
    expect(() => app.synth()).not.toThrow();
  });
});
