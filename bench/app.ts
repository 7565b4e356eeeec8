import { App } from 'aws-cdk-lib';
import settings from '../cdk.json' with { type: 'json' };
import { addBank } from '../lib/bank.ts';
import { stageConfig } from '../lib/config.ts';
import { SelectOneStack } from './select-one-stack.ts';

// The bank as it is, and one stack more. CDK_OUTDIR names the folder for what is synthesised.
const config = stageConfig('local');
const app = new App({ context: { ...settings.context, stage: config.stage }, autoSynth: false });
const bank = addBank(app, config);
new SelectOneStack(app, config, { auth: bank.auth, database: bank.data.database }).addStackDependency(bank.api);
app.synth();
