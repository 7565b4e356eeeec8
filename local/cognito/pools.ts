import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { notAuthorized, resourceNotFound } from './cognito-error.ts';
import { UserPool } from './user-pool.ts';
import type { UserPoolClientDefinition, UserPoolDefinition } from './user-pool-definition.ts';

/** The user pools that a server serves. */
export interface Pools {
  /** Throws `ResourceNotFoundException`. */
  byId(id: string): UserPool;
  /** Throws `ResourceNotFoundException`. */
  byClient(clientId: string): { pool: UserPool; client: UserPoolClientDefinition };
  byIssuer(issuer: string): UserPool | undefined;
  /** The issuer's name of a pool, whether or not it is served. */
  issuerOf(id: string): string;
  /** The pool that a token claims to come from, which is then to be checked; throws `NotAuthorizedException`. */
  byAccessToken(accessToken: string): UserPool;
  close(): void;
}

/** Opens every pool, each in a file of its own under `directory`. */
export async function openPools(
  definitions: UserPoolDefinition[],
  directory: string,
  region: string,
  nowMs: number,
): Promise<Pools> {
  const issuerOf = (id: string) => `https://cognito-idp.${region}.amazonaws.com/${id}`;
  const opened = await Promise.all(
    definitions.map(definition => {
      const file = join(directory, `${definition.id}.jsonl`);
      return UserPool.open(definition, issuerOf(definition.id), file, nowMs);
    }),
  );
  const byIssuer = (issuer: string) => opened.find(pool => pool.issuer === issuer);
  return {
    byIssuer,
    issuerOf,
    byId(id) {
      const pool = opened.find(each => each.definition.id === id);
      if (pool === undefined) throw resourceNotFound(`User pool ${id} does not exist.`);
      return pool;
    },
    byClient(clientId) {
      for (const pool of opened) {
        const client = pool.definition.clients.find(each => each.id === clientId);
        if (client !== undefined) return { pool, client };
      }
      throw resourceNotFound(`User pool client ${clientId} does not exist.`);
    },
    byAccessToken(accessToken) {
      const pool = byIssuer(claimedIssuer(accessToken));
      if (pool === undefined) throw notAuthorized('Invalid Access Token');
      return pool;
    },
    close() {
      for (const pool of opened) pool.close();
    },
  };
}

function claimedIssuer(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch {
    return '';
  }
}
