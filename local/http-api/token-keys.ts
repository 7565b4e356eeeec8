import { createPublicKey, type KeyObject } from 'node:crypto';
import type { JSONWebKeySet, JWK } from 'jose';

/** A verifying key of an issuer. */
export interface TokenKey {
  key: KeyObject;
  /** The only algorithm the issuer uses it for, if it says so. */
  algorithm: string | undefined;
}

/** An issuer's keys could not be had. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

const keptForMs = 2 * 60 * 60 * 1000;
const askedAgainAfterMs = 5_000;

/**
 * Finds an issuer's RSA key by its id. Keys are imported once and kept for two hours, as API Gateway may; an id that is
 * not among them makes the issuer be asked again, but not more than once in five seconds, so that made-up ids cost
 * nothing. Throws `KeysUnavailable` when the issuer cannot be asked.
 */
export function createTokenKeys(
  jwks: (issuer: string) => Promise<JSONWebKeySet>,
  now: () => number,
): (issuer: string, keyId: string) => TokenKey | undefined | Promise<TokenKey | undefined> {
  const fetched = new Map<string, { at: number; keys: Map<string, TokenKey> }>();
  const underWay = new Map<string, Promise<Map<string, TokenKey>>>();

  async function fetchKeys(issuer: string): Promise<Map<string, TokenKey>> {
    try {
      const keys = importKeys(await jwks(issuer));
      fetched.set(issuer, { at: now(), keys });
      return keys;
    } catch (cause) {
      throw new KeysUnavailable(`the keys of ${issuer} cannot be had`, { cause });
    } finally {
      underWay.delete(issuer);
    }
  }

  return (issuer, keyId) => {
    const known = fetched.get(issuer);
    const age = known === undefined ? Number.POSITIVE_INFINITY : now() - known.at;
    const key = known?.keys.get(keyId);
    if (age < (key === undefined ? askedAgainAfterMs : keptForMs)) return key;
    const asking = underWay.get(issuer) ?? fetchKeys(issuer);
    underWay.set(issuer, asking);
    return asking.then(keys => keys.get(keyId));
  };
}

function importKeys(set: JSONWebKeySet): Map<string, TokenKey> {
  const usable = set.keys.filter(isRsaSigningKey);
  return new Map(
    usable.map(jwk => {
      const { kty, n, e } = jwk;
      return [jwk.kid, { key: createPublicKey({ key: { kty, n, e }, format: 'jwk' }), algorithm: jwk.alg }];
    }),
  );
}

function isRsaSigningKey(jwk: JWK): jwk is JWK & { kid: string; kty: string; n: string; e: string } {
  const says = (value: string | undefined) => value !== undefined;
  return jwk.kty === 'RSA' && (jwk.use ?? 'sig') === 'sig' && says(jwk.kid) && says(jwk.n) && says(jwk.e);
}
