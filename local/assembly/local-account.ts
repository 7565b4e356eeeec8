/** Where the local cloud claims to be. */
export const account = '000000000000';
export const region = 'us-east-1';
export const partition = 'aws';
export const urlSuffix = 'amazonaws.com';
export const availabilityZones = ['a', 'b', 'c'].map(letter => `${region}${letter}`);

/** An ARN in the local account and region; `resource` is all that follows the account id. */
export function arn(service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** An ARN of a service that has no regions, such as IAM. */
export function globalArn(service: string, resource: string): string {
  return `arn:${partition}:${service}::${account}:${resource}`;
}
