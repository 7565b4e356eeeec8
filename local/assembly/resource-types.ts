import { account, arn, globalArn, partition, region, urlSuffix } from './local-account.ts';
import { generatedName, lowerAlphanumeric, mixedAlphanumeric, stableId, stableUuid } from './physical-id.ts';

/** What the table below knows of a resource: where it stands, and its resolved string properties. */
export interface NamedResource {
  stack: string;
  logicalId: string;
  /** A resolved property as text; undefined when the template leaves it out. */
  property(name: string): string | undefined;
}

type Describe = (resource: NamedResource) => string;

export interface ResourceType {
  ref: Describe;
  attributes: Record<string, Describe>;
}

const seed = ({ stack, logicalId }: NamedResource) => `${stack}/${logicalId}`;
const named =
  (property: string, limit?: number): Describe =>
  resource =>
    resource.property(property) ?? generatedName(resource.stack, resource.logicalId, limit);
const shortId =
  (length: number): Describe =>
  resource =>
    stableId(seed(resource), length, lowerAlphanumeric);
const hexId =
  (prefix: string): Describe =>
  resource =>
    `${prefix}-${stableId(seed(resource), 17, '0123456789abcdef')}`;

const functionName = named('FunctionName');
const functionArn: Describe = resource => arn('lambda', `function:${functionName(resource)}`);
/** `FunctionName` of a version or alias may be the function's name or its ARN. */
const functionOf: Describe = resource => resource.property('FunctionName')?.split(':').at(-1) ?? '';
const versionArn: Describe = resource => arn('lambda', `function:${functionOf(resource)}:1`);

const roleName = named('RoleName');
const logGroupName = named('LogGroupName', 512);
const apiId = shortId(10);
const userPoolId: Describe = resource => `${region}_${stableId(seed(resource), 9, mixedAlphanumeric)}`;
const userPoolHost: Describe = resource => `cognito-idp.${region}.${urlSuffix}/${userPoolId(resource)}`;
const clusterName: Describe = resource => named('DBClusterIdentifier', 63)(resource).toLowerCase();
const instanceName: Describe = resource => named('DBInstanceIdentifier', 63)(resource).toLowerCase();
const keyId: Describe = resource => stableUuid(seed(resource));
const bucketName: Describe = resource => named('BucketName', 63)(resource).toLowerCase();
const topicArn: Describe = resource => arn('sns', named('TopicName', 256)(resource));
const subscriptionArn: Describe = resource => `${resource.property('TopicArn') ?? ''}:${stableUuid(seed(resource))}`;
const mappingId: Describe = resource => stableUuid(seed(resource));
const scheduleName = named('Name');
const groupName: Describe = resource => resource.property('GroupName') ?? 'default';

const queueName = named('QueueName', 80);
/** Where queues are in AWS; the local cloud puts the address of its own SQS in its place. */
export const queueOrigin = `https://sqs.${region}.${urlSuffix}`;
const queueUrl: Describe = resource => `${queueOrigin}/${account}/${queueName(resource)}`;

/** A secret without a name is called `<logical id>-<12 characters>`; its ARN ends in six characters more. */
export const secretName: Describe = resource =>
  resource.property('Name') ?? `${resource.logicalId}-${stableId(seed(resource), 12, mixedAlphanumeric)}`;
const secretArn: Describe = resource =>
  arn('secretsmanager', `secret:${secretName(resource)}-${stableId(`${seed(resource)}/arn`, 6, mixedAlphanumeric)}`);

/**
 * What `Ref` and `Fn::GetAtt` give for each resource type, from "Return values" on each type's page of the
 * CloudFormation template reference (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/).
 * A type that is needed and missing is added here.
 */
export const resourceTypes: Record<string, ResourceType> = {
  'AWS::ApiGatewayV2::Api': {
    ref: apiId,
    attributes: {
      ApiId: apiId,
      ApiEndpoint: resource => `https://${apiId(resource)}.execute-api.${region}.${urlSuffix}`,
    },
  },
  'AWS::ApiGatewayV2::Authorizer': { ref: shortId(6), attributes: { AuthorizerId: shortId(6) } },
  'AWS::ApiGatewayV2::Integration': { ref: shortId(7), attributes: { IntegrationId: shortId(7) } },
  'AWS::ApiGatewayV2::Route': { ref: shortId(7), attributes: { RouteId: shortId(7) } },
  'AWS::ApiGatewayV2::Stage': { ref: resource => resource.property('StageName') ?? '', attributes: {} },
  // An edge is not hosted; what its stack says of itself can be read all the same.
  'AWS::CloudFront::Distribution': {
    ref: shortId(14),
    attributes: { DomainName: resource => `${shortId(14)(resource)}.cloudfront.net` },
  },
  'AWS::CloudFront::Function': {
    ref: named('Name'),
    attributes: { FunctionARN: resource => globalArn('cloudfront', `function/${named('Name')(resource)}`) },
  },
  'AWS::Cognito::UserPool': {
    ref: userPoolId,
    attributes: {
      UserPoolId: userPoolId,
      Arn: resource => arn('cognito-idp', `userpool/${userPoolId(resource)}`),
      ProviderName: userPoolHost,
      ProviderURL: resource => `https://${userPoolHost(resource)}`,
    },
  },
  'AWS::Cognito::UserPoolClient': {
    ref: shortId(26),
    attributes: { ClientId: shortId(26), Name: named('ClientName') },
  },
  'AWS::Cognito::UserPoolGroup': { ref: named('GroupName'), attributes: {} },
  'AWS::EC2::SecurityGroup': { ref: hexId('sg'), attributes: { Id: hexId('sg'), GroupId: hexId('sg') } },
  'AWS::EC2::Subnet': { ref: hexId('subnet'), attributes: { SubnetId: hexId('subnet') } },
  'AWS::EC2::VPC': { ref: hexId('vpc'), attributes: { VpcId: hexId('vpc') } },
  'AWS::IAM::Role': { ref: roleName, attributes: { Arn: resource => globalArn('iam', `role/${roleName(resource)}`) } },
  'AWS::KMS::Alias': { ref: resource => resource.property('AliasName') ?? '', attributes: {} },
  'AWS::KMS::Key': { ref: keyId, attributes: { KeyId: keyId, Arn: resource => arn('kms', `key/${keyId(resource)}`) } },
  'AWS::Lambda::Alias': {
    ref: resource => arn('lambda', `function:${functionOf(resource)}:${resource.property('Name') ?? ''}`),
    attributes: {},
  },
  'AWS::Lambda::EventSourceMapping': {
    ref: mappingId,
    attributes: {
      Id: mappingId,
      EventSourceMappingArn: resource => arn('lambda', `event-source-mapping:${mappingId(resource)}`),
    },
  },
  'AWS::Lambda::Function': { ref: functionName, attributes: { Arn: functionArn } },
  'AWS::Lambda::Version': { ref: versionArn, attributes: { FunctionArn: versionArn, Version: () => '1' } },
  'AWS::Logs::LogGroup': {
    ref: logGroupName,
    attributes: { Arn: resource => `${arn('logs', `log-group:${logGroupName(resource)}`)}:*` },
  },
  'AWS::RDS::DBCluster': {
    ref: clusterName,
    attributes: {
      DBClusterArn: resource => arn('rds', `cluster:${clusterName(resource)}`),
      DBClusterResourceId: resource => `cluster-${stableId(seed(resource), 26, lowerAlphanumeric).toUpperCase()}`,
      // That of an owner's password that RDS keeps itself.
      'MasterUserSecret.SecretArn': resource => arn('secretsmanager', `secret:rds!${clusterName(resource)}`),
      'Endpoint.Address': resource => `${clusterName(resource)}.cluster-${account}.${region}.rds.${urlSuffix}`,
      'Endpoint.Port': resource => resource.property('Port') ?? '5432',
      'ReadEndpoint.Address': resource => `${clusterName(resource)}.cluster-ro-${account}.${region}.rds.${urlSuffix}`,
    },
  },
  'AWS::RDS::DBInstance': {
    ref: instanceName,
    attributes: { DBInstanceArn: resource => arn('rds', `db:${instanceName(resource)}`) },
  },
  'AWS::S3::Bucket': {
    ref: bucketName,
    attributes: {
      Arn: resource => `arn:${partition}:s3:::${bucketName(resource)}`,
      DomainName: resource => `${bucketName(resource)}.s3.${urlSuffix}`,
      RegionalDomainName: resource => `${bucketName(resource)}.s3.${region}.${urlSuffix}`,
    },
  },
  'AWS::SNS::Subscription': { ref: subscriptionArn, attributes: { Arn: subscriptionArn } },
  'AWS::SNS::Topic': {
    ref: topicArn,
    attributes: { TopicArn: topicArn, TopicName: named('TopicName', 256) },
  },
  'AWS::SQS::Queue': {
    ref: queueUrl,
    attributes: { Arn: resource => arn('sqs', queueName(resource)), QueueName: queueName, QueueUrl: queueUrl },
  },
  'AWS::Scheduler::Schedule': {
    ref: scheduleName,
    attributes: { Arn: resource => arn('scheduler', `schedule/${groupName(resource)}/${scheduleName(resource)}`) },
  },
  'AWS::Scheduler::ScheduleGroup': {
    ref: scheduleName,
    attributes: { Arn: resource => arn('scheduler', `schedule-group/${scheduleName(resource)}`) },
  },
  'AWS::SecretsManager::Secret': { ref: secretArn, attributes: { Id: secretArn } },
  'AWS::SecretsManager::SecretTargetAttachment': {
    ref: resource => resource.property('SecretId') ?? '',
    attributes: {},
  },
  'AWS::WAFv2::WebACL': {
    ref: named('Name'),
    attributes: { Arn: resource => arn('wafv2', `global/webacl/${named('Name')(resource)}`) },
  },
};
