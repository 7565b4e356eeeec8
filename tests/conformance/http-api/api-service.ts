import { goodClaims, serve, sign } from '../../local/http-api/support.ts';
import { told } from '../elsewhere.ts';

/** An HTTP API with `GET /health`, which is open, and `GET /accounts`, which wants a token. */
export interface ApiService {
  url: string;
  /** A token that it accepts. */
  token: string;
}

/**
 * An API of the test's own, unless CONFORMANCE_HTTP_API is the address of the bank's API on a stage; then
 * CONFORMANCE_HTTP_API_TOKEN is an access token of one of its customers.
 */
export async function apiService(): Promise<ApiService> {
  const url = process.env.CONFORMANCE_HTTP_API;
  if (url !== undefined && url !== '') {
    return { url: url.replace(/\/+$/, ''), token: told('CONFORMANCE_HTTP_API_TOKEN') };
  }
  const { url: ours } = await serve({
    routes: [
      { routeKey: 'GET /health', functionName: 'health' },
      { routeKey: 'GET /accounts', functionName: 'accounts', authorizer: 'tokens' },
    ],
  });
  return { url: ours, token: sign(goodClaims()) };
}
