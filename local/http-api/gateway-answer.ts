/** What goes back to the client; `headers` are lower-case. */
export interface GatewayAnswer {
  status: number;
  headers: Record<string, string>;
  /** One `set-cookie` header each. */
  cookies: string[];
  body: string | Buffer;
}

const messages = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

export type GatewayRefusalStatus = keyof typeof messages;

/** An answer of the gateway's own: `{"message":"…"}` with the words HTTP APIs use for the status. */
export function gatewayRefusal(status: GatewayRefusalStatus, headers: Record<string, string> = {}): GatewayAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    cookies: [],
    body: JSON.stringify({ message: messages[status] }),
  };
}
