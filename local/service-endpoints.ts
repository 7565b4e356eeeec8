/** `rds-data` → `AWS_ENDPOINT_URL_RDS_DATA`, the variable that every AWS SDK reads. */
function variableOf(service: string): string {
  return `AWS_ENDPOINT_URL_${service.toUpperCase().replaceAll('-', '_')}`;
}

export interface ServiceEndpoints {
  /** SDK service id, as in `cognito-identity-provider` → URL. */
  byService: Record<string, string>;
  /** The same as environment variables. */
  variables: Record<string, string>;
}

/**
 * Where the functions find the services: the local ones, unless the environment of the local cloud itself names others,
 * such as `AWS_ENDPOINT_URL_KMS` for one that runs in LocalStack
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
 */
export function serviceEndpoints(
  local: Record<string, string>,
  environment: Record<string, string | undefined> = process.env,
): ServiceEndpoints {
  const chosen: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (name.startsWith('AWS_ENDPOINT_URL') && value) chosen[name] = value;
  }
  const byService = Object.fromEntries(
    Object.entries(local).map(([service, url]) => [service, chosen[variableOf(service)] ?? url]),
  );
  const ours = Object.entries(byService).map(([service, url]) => [variableOf(service), url]);
  return { byService, variables: { ...chosen, ...Object.fromEntries(ours) } };
}
