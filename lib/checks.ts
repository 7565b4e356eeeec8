import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

/**
 * Has the app checked against cdk-nag's AwsSolutions rules when it is synthesised. A finding that is not acknowledged, with
 * its reason, beside the construct it is about fails the synthesis.
 */
export function addChecks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
}
