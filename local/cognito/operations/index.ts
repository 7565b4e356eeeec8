import type { Operation } from '../operation.ts';
import { adminRespondToAuthChallenge, respondToAuthChallenge } from './answer-challenge.ts';
import { adminAddUserToGroup, adminListGroupsForUser, adminRemoveUserFromGroup } from './manage-groups.ts';
import {
  adminCreateUser,
  adminDeleteUser,
  adminDisableUser,
  adminEnableUser,
  adminGetUser,
  adminSetUserPassword,
  adminUpdateUserAttributes,
  listUsers,
} from './manage-users.ts';
import { changePassword, confirmForgotPassword, forgotPassword, getUser } from './own-account.ts';
import { adminInitiateAuth, initiateAuth } from './sign-in.ts';
import { adminUserGlobalSignOut, globalSignOut, revokeToken } from './sign-out.ts';
import { adminConfirmSignUp, confirmSignUp, resendConfirmationCode, signUp } from './sign-up.ts';

/** Every operation that is served, by its name on the wire. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['SignUp', signUp],
  ['ConfirmSignUp', confirmSignUp],
  ['ResendConfirmationCode', resendConfirmationCode],
  ['AdminConfirmSignUp', adminConfirmSignUp],
  ['InitiateAuth', initiateAuth],
  ['AdminInitiateAuth', adminInitiateAuth],
  ['RespondToAuthChallenge', respondToAuthChallenge],
  ['AdminRespondToAuthChallenge', adminRespondToAuthChallenge],
  ['GlobalSignOut', globalSignOut],
  ['AdminUserGlobalSignOut', adminUserGlobalSignOut],
  ['RevokeToken', revokeToken],
  ['GetUser', getUser],
  ['ChangePassword', changePassword],
  ['ForgotPassword', forgotPassword],
  ['ConfirmForgotPassword', confirmForgotPassword],
  ['AdminCreateUser', adminCreateUser],
  ['AdminSetUserPassword', adminSetUserPassword],
  ['AdminGetUser', adminGetUser],
  ['AdminUpdateUserAttributes', adminUpdateUserAttributes],
  ['AdminDisableUser', adminDisableUser],
  ['AdminEnableUser', adminEnableUser],
  ['AdminDeleteUser', adminDeleteUser],
  ['ListUsers', listUsers],
  ['AdminAddUserToGroup', adminAddUserToGroup],
  ['AdminRemoveUserFromGroup', adminRemoveUserFromGroup],
  ['AdminListGroupsForUser', adminListGroupsForUser],
]);
