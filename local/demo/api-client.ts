/** Sends one request to the bank's API as somebody. */
export type Call = <Body>(method: string, path: string, body?: object, key?: string) => Promise<Body>;

/** An answer of the API that is no success. */
export class ApiError extends Error {
  readonly status: number;

  constructor(what: string, status: number, text: string) {
    super(`${what} answered ${status}: ${text}`);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** The API at an address, for the bearer of a token. A call throws ApiError unless it succeeds. */
export function apiClient(apiUrl: string, token: string): Call {
  return async <Body>(method: string, path: string, body?: object, key?: string) => {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(key ? { 'idempotency-key': key } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) {
      throw new ApiError(`${method} ${path}`, response.status, await response.text());
    }
    return (await response.json()) as Body;
  };
}
