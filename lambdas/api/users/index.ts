import * as z from 'zod';
import { createUserPool } from '../../adapters/user-pool.ts';
import { createUsers } from '../../adapters/users.ts';
import { databaseVariables, readEnvironment } from '../../runtime/environment.ts';
import { serve } from '../../runtime/http/serve.ts';
import { databaseOf } from '../database.ts';
import { disableUser } from './disable-user.ts';
import { enableUser } from './enable-user.ts';

const environment = readEnvironment({ ...databaseVariables, USER_POOL_ID: z.string().min(1) });

export const handler = serve([disableUser, enableUser], {
  users: createUsers(databaseOf(environment)),
  userPool: createUserPool(environment.USER_POOL_ID),
});
