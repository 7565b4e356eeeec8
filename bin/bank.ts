import { App } from 'aws-cdk-lib';
import settings from '../cdk.json' with { type: 'json' };
import { addBank } from '../lib/bank.ts';
import { stageConfig, UnknownStage } from '../lib/config.ts';

// The CDK command line passes cdk.json's context on; read here too, it also holds when this file is run without it.
const app = new App({ context: settings.context, autoSynth: false });
try {
  addBank(app, stageConfig(app.node.tryGetContext('stage')));
  app.synth();
} catch (error) {
  if (!(error instanceof UnknownStage)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
