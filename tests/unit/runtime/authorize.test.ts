import { describe, expect, test } from 'vitest';
import { contract, routes } from '../../../lambdas/api/contract.ts';
import { roles } from '../../../lambdas/domain/caller.ts';
import { authorize } from '../../../lambdas/runtime/http/authorize.ts';
import { stageRules } from '../../../lambdas/runtime/route.ts';
import { callerIn } from '../support/callers.ts';
import { bankErrorOf } from '../support/errors.ts';

const matrix = routes
  .filter(route => route.roles !== 'public')
  .flatMap(route => roles.map(role => ({ route, role, name: route.name, listed: route.roles.includes(role) })));

describe('a route', () => {
  test.each(matrix.filter(({ listed }) => listed))(
    '$name lets a $role through where the stage allows',
    ({ route, role }) => {
      expect(authorize(callerIn(role), route, stageRules).roles).toEqual([role]);
    },
  );

  test.each(matrix.filter(({ listed }) => !listed))('$name turns a $role away', async ({ route, role }) => {
    const { code } = await bankErrorOf(() => authorize(callerIn(role), route, stageRules));
    expect(code).toBe('FORBIDDEN');
  });

  test.each(routes.filter(route => route.roles !== 'public'))('$name turns away who is in no group', async route => {
    const { code } = await bankErrorOf(() => authorize(callerIn(), route, stageRules));
    expect(code).toBe('FORBIDDEN');
  });
});

describe('a caller is held to its own accounts', () => {
  test('as a customer', () => {
    expect(authorize(callerIn('customer'), contract.postTransfer, []).ownAccountsOnly).toBe(true);
  });

  test('as a customer whose staff role may not call the route', () => {
    expect(authorize(callerIn('customer', 'auditor'), contract.postTransfer, []).ownAccountsOnly).toBe(true);
  });

  test('unless a staff role of its own may call the route', () => {
    expect(authorize(callerIn('customer', 'teller'), contract.postTransfer, []).ownAccountsOnly).toBe(false);
    expect(authorize(callerIn('auditor'), contract.getAccount, []).ownAccountsOnly).toBe(false);
  });
});

describe('a stage', () => {
  test.each([
    ['customer_deposits', contract.postDeposit],
    ['customer_opens_accounts', contract.openAccount],
  ] as const)('without the rule %s turns customers away from its route, and only customers', async (rule, route) => {
    const others = stageRules.filter(other => other !== rule);
    const { code } = await bankErrorOf(() => authorize(callerIn('customer'), route, others));
    expect(code).toBe('FORBIDDEN');
    expect(authorize(callerIn('customer'), route, [rule]).ownAccountsOnly).toBe(true);
    expect(authorize(callerIn('teller'), route, []).ownAccountsOnly).toBe(false);
    expect(authorize(callerIn('customer', 'teller'), route, []).ownAccountsOnly).toBe(false);
  });

  test('without a rule turns away a customer whose staff role may not call the route either', async () => {
    const { code } = await bankErrorOf(() => authorize(callerIn('customer', 'auditor'), contract.postDeposit, []));
    expect(code).toBe('FORBIDDEN');
  });

  test('has no say over routes that need no rule', () => {
    expect(authorize(callerIn('customer'), contract.postWithdrawal, []).id).toBe(callerIn().id);
  });
});
