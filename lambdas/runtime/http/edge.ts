import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { BankError } from '../../domain/errors.ts';

type Event = Pick<APIGatewayProxyEventV2WithJWTAuthorizer, 'headers' | 'requestContext'>;

/** What the edge adds to each request (lib/stacks/edge-stack.ts). Whatever a caller sends under these names, it replaces. */
const secretHeader = 'x-origin-secret';
const addressHeader = 'x-viewer-address';

/**
 * Lets in what came by the edge, and notes the address that the edge saw as the caller's, in place of the edge's own.
 * Without the secret nothing that a header says of an address is believed.
 *
 * @param secrets those that the edge may prove itself by; none where there is no edge, and then nothing is done
 * @throws BankError FORBIDDEN for a request that came round the edge, and so round its firewall
 */
export function admitFromEdge({ headers, requestContext }: Event, secrets: readonly string[]): void {
  if (secrets.length === 0) {
    return;
  }
  const shown = headers[secretHeader] ?? '';
  if (!secrets.map(secret => isSame(shown, secret)).includes(true)) {
    throw new BankError('FORBIDDEN', { detail: "Call the API by the bank's own address." });
  }
  const address = headers[addressHeader] ?? '';
  if (isIP(address) !== 0) {
    requestContext.http.sourceIp = address;
  }
  delete headers[secretHeader];
}

/** Compares in a time that tells nothing of where two texts differ. */
function isSame(shown: string, secret: string): boolean {
  const [one, other] = [shown, secret].map(text => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
