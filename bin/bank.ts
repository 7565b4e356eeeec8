import { App } from 'aws-cdk-lib';
import settings from '../cdk.json' with { type: 'json' };
import { addBank } from '../lib/bank.ts';
import { stageConfig, UnknownStage } from '../lib/config.ts';

// The CDK command line passes cdk.json's context on; read here too, it also holds when this file is run without it.
const app = new App({ context: settings.context, autoSynth: false });
try {
  addBank(app, stageConfig(app.node.tryGetContext('stage')));
  // The CDK's own switch (`cdk synth --no-validation` sets it); the local cloud starts sooner without. Loading the
  // rules takes as long as checking them, so they are imported only here.
  if (process.env.CDK_VALIDATION !== 'false') {
    const { addChecks } = await import('../lib/checks.ts');
    addChecks(app);
  }
  app.synth();
} catch (error) {
  if (!(error instanceof UnknownStage)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
