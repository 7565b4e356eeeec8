/** A token's claims as its issuer wrote them. */
export type TokenClaims = Record<string, unknown>;

/**
 * Renders claims the way an HTTP API hands them to a function: every value a string; an array between brackets with
 * spaces, `[teller ops]`; nested objects as JSON; a null claim left out.
 */
export function renderClaims(claims: TokenClaims): Record<string, string> {
  const rendered = Object.entries(claims)
    .filter(([, value]) => value !== null)
    .map(([name, value]): [string, string] => [name, renderValue(value)]);
  return Object.fromEntries(rendered);
}

function renderValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(renderValue).join(' ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The scopes a token carries, in `scp` or `scope`, as a list or with spaces between. */
export function scopesOf(claims: TokenClaims): string[] {
  const scopes = claims.scp ?? claims.scope;
  if (Array.isArray(scopes)) return scopes.filter(scope => typeof scope === 'string');
  return typeof scopes === 'string' ? scopes.split(' ').filter(scope => scope !== '') : [];
}
