import { region } from './assembly/local-account.ts';

/** How an AWS SDK client reaches a part of the local cloud: any signature will do. */
export function clientSettings(endpoint: string) {
  return { endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}
