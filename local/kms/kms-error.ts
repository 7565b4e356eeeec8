import { AwsJsonError } from '../aws-json/aws-json-error.ts';

const refusal = (type: string) => (message?: string) => new AwsJsonError(type, message);

export const accessDenied = refusal('AccessDeniedException');
export const alreadyExists = refusal('AlreadyExistsException');
export const disabled = refusal('DisabledException');
export const invalidAliasName = refusal('InvalidAliasNameException');
export const invalidArn = refusal('InvalidArnException');
export const invalidKeyUsage = refusal('InvalidKeyUsageException');
export const invalidMarker = refusal('InvalidMarkerException');
export const invalidState = refusal('KMSInvalidStateException');
export const limitExceeded = refusal('LimitExceededException');
export const notAuthorized = refusal('NotAuthorizedException');
export const notFound = refusal('NotFoundException');
export const tagProblem = refusal('TagException');
export const unsupported = refusal('UnsupportedOperationException');
export const validation = refusal('ValidationException');

// AWS sends these without a message: why a ciphertext, MAC or signature is wrong is nobody's business.
export const invalidCiphertext = () => refusal('InvalidCiphertextException')();
export const invalidMac = () => refusal('KMSInvalidMacException')();
export const invalidSignature = () => refusal('KMSInvalidSignatureException')();

export const incorrectKey = () =>
  refusal('IncorrectKeyException')(
    'The key ID in the request does not identify a CMK that can perform this operation.',
  );

const dryRunSucceeded = () =>
  refusal('DryRunOperationException')('The request would have succeeded, but the DryRun option is set.');

/** Ends a dry run that passed every check. */
export function endDryRun(dryRun: boolean | undefined): void {
  if (dryRun) throw dryRunSucceeded();
}
