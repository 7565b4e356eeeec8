/** How KMS says that it will not, or cannot now, use a key (KMS API Reference, "Common errors" of Decrypt, GenerateMac and Sign). */
const names = new Set([
  'DependencyTimeoutException',
  'DisabledException',
  'InvalidGrantTokenException',
  'KeyUnavailableException',
  'KMSInternalException',
  'KMSInvalidStateException',
]);

/** Whether an error is KMS's about a key of the bank's. */
export function isKmsFailure(error: unknown): boolean {
  return error instanceof Error && names.has(error.name);
}
