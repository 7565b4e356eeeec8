import type { ResolvedAssembly } from './resolved-assembly.ts';

/** What the readers beside this file make something of. */
const stoodInFor = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolGroup',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::RDS::DBCluster',
  'AWS::S3::Bucket',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::Scheduler::Schedule',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::SecretsManager::Secret',
  'AWS::SecretsManager::SecretTargetAttachment',
  'Custom::Trigger',
];

/** Networks, permissions, encryption at rest, retention and alarms: true of AWS, without effect on one machine. */
const withoutLocalMeaning = [
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::',
  'AWS::EC2::',
  'AWS::IAM::',
  'AWS::Lambda::Alias',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Version',
  'AWS::Logs::',
  'AWS::RDS::DBClusterParameterGroup',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBSubnetGroup',
  'AWS::RDS::EventSubscription',
  'AWS::S3::BucketPolicy',
  'AWS::SES::',
  'AWS::SNS::TopicInlinePolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueueInlinePolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::SecretsManager::RotationSchedule',
  'Custom::S3AutoDeleteObjects',
];

/** One line for each resource type that will be missing from the local cloud, though a deployment would have it. */
export function missingLocally(assembly: ResolvedAssembly): string[] {
  const types = new Set(assembly.resources.map(resource => resource.type));
  return [...types]
    .filter(type => !stoodInFor.includes(type))
    .filter(
      type => !withoutLocalMeaning.some(known => (known.endsWith('::') ? type.startsWith(known) : type === known)),
    )
    .map(type => `the local cloud has nothing that stands in for ${type}; it is left out`);
}
