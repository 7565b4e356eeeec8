import type { UserPool } from '../../adapters/user-pool.ts';
import type { Users } from '../../adapters/users.ts';

/** What the handlers of this capability need. */
export interface UsersCapability {
  users: Users;
  userPool: UserPool;
}
