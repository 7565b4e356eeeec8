import { AwsJsonError } from '../aws-json/aws-json-error.ts';

/**
 * Refusals of SQS, by the names of its JSON protocol. Where the older query protocol had another, SDKs read that too
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html).
 */
const queryNames: Record<string, string> = {
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};

function refusal(type: string, message: string, status = 400): AwsJsonError {
  return new AwsJsonError(type, message, status, { 'x-amzn-query-error': `${queryNames[type] ?? type};Sender` });
}

export const queueDoesNotExist = () => refusal('QueueDoesNotExist', 'The specified queue does not exist.');
export const queueNameExists = (attribute: string) =>
  refusal(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
  );
export const resourceNotFound = (message: string) => refusal('ResourceNotFoundException', message, 404);
export const unsupported = (message: string) => refusal('UnsupportedOperation', message);
export const missingParameter = (name: string) =>
  refusal('MissingParameter', `The request must contain the parameter ${name}.`);
export const invalidParameter = (message: string) => refusal('InvalidParameterValue', message);
/** `Value <value> for parameter <name> is invalid. Reason: <reason>` */
export const invalidValue = (name: string, value: unknown, reason: string) =>
  invalidParameter(`Value ${String(value)} for parameter ${name} is invalid. Reason: ${reason}`);
export const invalidAttributeName = (name: string) => refusal('InvalidAttributeName', `Unknown Attribute ${name}.`);
export const invalidAttributeValue = (name: string) =>
  refusal('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
export const invalidMessageContents = (message: string) => refusal('InvalidMessageContents', message);
export const messageNotInflight = () =>
  refusal('MessageNotInflight', 'Message does not exist or is not available for visibility timeout change.');
export const receiptHandleIsInvalid = (handle: string) =>
  refusal('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`, 404);
export const invalidBatch = (type: string, message: string) => refusal(type, message);
