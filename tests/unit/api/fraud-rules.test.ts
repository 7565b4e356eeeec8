import { expect, test, vi } from 'vitest';
import type { SetFraudRules } from '../../../lambdas/adapters/fraud-rules.ts';
import { getFraudRules } from '../../../lambdas/api/fraud/get-fraud-rules.ts';
import { setFraudRules } from '../../../lambdas/api/fraud/set-fraud-rules.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { claimsOf } from '../support/events.ts';
import { fraudCapability, send } from '../support/fakes.ts';
import { fraudRulesWith } from '../support/records.ts';

const reason = 'too many false alarms';
const ifMatch = { 'if-match': '"7"' };

/** Sends a change. @returns what the rule book was asked, and the answer. */
async function set(body: unknown, { group = 'admin', headers = ifMatch as Record<string, string> } = {}) {
  const capability = fraudCapability();
  const answer = await send(setFraudRules, capability, { claims: claimsOf(group), body, headers });
  return { answer, asked: capability.rules.setRules.mock.calls[0]?.[0] as SetFraudRules };
}

test.each(['analyst', 'auditor', 'admin'])('a %s reads the rules, with their ETag', async group => {
  const { json, headers } = await send(getFraudRules, fraudCapability(), { claims: claimsOf(group) });
  expect(json).toEqual(fraudRulesWith());
  expect(headers).toMatchObject({ etag: '"7"' });
});

test.each(['customer', 'teller', 'compliance'])('a %s does not read them', async group => {
  const work = () => send(getFraudRules, fraudCapability(), { claims: claimsOf(group) });
  expect((await bankErrorOf(work)).code).toBe('FORBIDDEN');
});

test('an admin changes what it names from the version that it read, and is answered the next ETag', async () => {
  const capability = fraudCapability();
  capability.rules.setRules = vi.fn(async () => fraudRulesWith({ version: 8 }));
  const body = `{"settings": {"time_zone": "Europe/Berlin", "alert_from": 95},
    "rules": [{"rule": "VELOCITY", "enabled": true, "parameters": {"many": 12, "least_deviation": "0.1"}}], "reason": "${reason}"}`;
  const request = {
    claims: claimsOf('admin'),
    body,
    headers: { ...ifMatch, 'content-type': 'application/json' },
  };
  const { headers } = await send(setFraudRules, capability, request);
  expect(headers).toMatchObject({ etag: '"8"' });
  expect(capability.rules.setRules).toHaveBeenCalledExactlyOnceWith({
    settings: { time_zone: 'Europe/Berlin', alert_from: 95 },
    rules: [{ rule: 'VELOCITY', enabled: true, parameters: { many: 12, least_deviation: '0.1' } }],
    reason,
    version: 7,
    caller: expect.objectContaining({ ownAccountsOnly: false }),
  });
});

test('with If-Match: * any version will do; without, none', async () => {
  const body = { settings: { alert_from: 95 }, reason };
  expect((await set(body, { headers: { 'if-match': '*' } })).asked.version).toBeNull();
  expect((await bankErrorOf(() => set(body, { headers: {} }))).code).toBe('IF_MATCH_REQUIRED');
});

test.each(['analyst', 'auditor', 'teller', 'customer', 'compliance'])('a %s does not change them', async group => {
  const work = () => set({ settings: { alert_from: 95 }, reason }, { group });
  expect((await bankErrorOf(work)).code).toBe('FORBIDDEN');
});

test.each([
  [{ reason }, 'body'],
  [{ settings: {}, reason }, 'settings'],
  [{ rules: [], reason }, 'rules'],
  [{ rules: [{ rule: 'VELOCITY' }], reason }, 'rules.0'],
  [{ settings: { alert_from: 95 } }, 'reason'],
  [{ settings: { alert_from: 101 }, reason }, 'settings.alert_from'],
  [{ settings: { monitor_from: 0 }, reason }, 'settings.monitor_from'],
  [{ settings: { monitor_from: 1.5 }, reason }, 'settings.monitor_from'],
  [{ settings: { monitor_from: '30' }, reason }, 'settings.monitor_from'],
  [{ settings: { monitor_from: null }, reason }, 'settings.monitor_from'],
  [{ settings: { time_zone: "UTC'; drop table" }, reason }, 'settings.time_zone'],
  [{ settings: { alert_from: 95, time_zone_by_hand: false }, reason }, 'settings.time_zone_by_hand'],
  [{ version: 3, settings: { alert_from: 95 }, reason }, 'version'],
  [{ rules: [{ rule: 'velocity', enabled: true }], reason }, 'rules.0.rule'],
  [{ rules: [{ rule: 'VELOCITY', enabled: 'yes' }], reason }, 'rules.0.enabled'],
  [{ rules: [{ rule: 'VELOCITY', phase: 'REVIEW', enabled: true }], reason }, 'rules.0.phase'],
  [{ rules: [{ rule: 'VELOCITY', parameters: { many: -1 } }], reason }, 'rules.0.parameters.many'],
  [{ rules: [{ rule: 'VELOCITY', parameters: { many: 1.5 } }], reason }, 'rules.0.parameters.many'],
  [{ rules: [{ rule: 'VELOCITY', parameters: { many: 'NaN' } }], reason }, 'rules.0.parameters.many'],
  [{ rules: [{ rule: 'VELOCITY', parameters: { many: null } }], reason }, 'rules.0.parameters.many'],
  [{ rules: [{ rule: 'VELOCITY', parameters: { many: ['10'] } }], reason }, 'rules.0.parameters.many'],
  [{ rules: [{ rule: 'VELOCITY', parameters: { 'a b': 1 } }], reason }, 'rules.0.parameters.a b'],
  [
    {
      rules: [
        { rule: 'VELOCITY', enabled: true },
        { rule: 'VELOCITY', enabled: false },
      ],
      reason,
    },
    'rules',
  ],
])('a change of %j is refused', async (body, field) => {
  expect(await refusedFields(() => set(body))).toEqual([field]);
});
