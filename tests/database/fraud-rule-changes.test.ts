import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SetFraudRules } from '../../lambdas/adapters/fraud-rules.ts';
import { openTestBank, type TestBank, teller } from '../support/test-bank.ts';

let bank: TestBank;
beforeAll(async () => {
  bank = await openTestBank();
});
afterAll(() => bank.close());

const admin = { ...teller, id: randomUUID(), roles: ['admin'] } satisfies typeof teller;
const velocity = { window_minutes: 30, some: 3, some_score: 45, many: 6, many_score: 85 };

const read = () => bank.fraudRules.readRules(admin);
const set = (changes: Partial<SetFraudRules>) =>
  bank.fraudRules.setRules({
    settings: undefined,
    rules: undefined,
    reason: 'a test',
    version: null,
    caller: admin,
    ...changes,
  });

async function parametersOf(name: string): Promise<Record<string, number | string>> {
  return (await read()).rules.find(({ rule }) => rule === name)?.parameters ?? {};
}

async function lastEvent() {
  const { rows } = await bank.database.pool.query(
    "select actor, data from bank.events where type = 'FraudRulesChanged' order by created_at desc, id desc limit 1",
  );
  return rows[0];
}

describe('the rules', () => {
  test('are read whole: those of the gate first, with the scores from which something is done', async () => {
    const { settings, rules } = await read();
    expect(settings).toMatchObject({
      time_zone: 'UTC',
      monitor_from: 30,
      review_from: 50,
      block_from: 70,
      alert_from: 90,
    });
    expect(rules.map(({ rule, phase }) => `${phase} ${rule}`)).toEqual([
      'GATE AMOUNT_ANOMALY',
      'GATE LOCATION',
      'GATE NIGHT_TIME',
      'GATE VELOCITY',
      'REVIEW DORMANT_ACCOUNT',
      'REVIEW FAN_IN_FAN_OUT',
      'REVIEW FIRST_LARGE_PAYMENT',
      'REVIEW IMPOSSIBLE_TRAVEL',
      'REVIEW STRUCTURING',
    ]);
  });

  test('are not for a caller that acts as a customer', async () => {
    const alice = await bank.customer();
    await expect(bank.fraudRules.readRules(alice)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(set({ settings: { monitor_from: 31 }, caller: alice })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a change', () => {
  test('changes what it names and leaves the rest', async () => {
    const before = await read();
    const after = await set({
      settings: { review_from: 55 },
      rules: [
        { rule: 'VELOCITY', parameters: velocity },
        { rule: 'LOCATION', enabled: true },
      ],
    });
    expect(after.version).toBe(before.version + 1);
    expect(after.settings).toEqual({ ...before.settings, review_from: 55 });
    const untouched = (rules: typeof before.rules) =>
      rules.filter(({ rule }) => rule !== 'VELOCITY' && rule !== 'LOCATION');
    expect(untouched(after.rules)).toEqual(untouched(before.rules));
    expect(after.rules.find(({ rule }) => rule === 'VELOCITY')).toMatchObject({
      parameters: velocity,
      enabled: false,
      version: 2,
    });
    expect(after.rules.find(({ rule }) => rule === 'LOCATION')).toMatchObject({ enabled: true, version: 2 });
    expect(await read()).toEqual(after);
  });

  test('holds for the next transfer', async () => {
    const [alice, bob] = [await bank.customer(), await bank.customer()];
    const [from_account_id, to_account_id] = [await bank.account(alice, '100'), await bank.account(bob)];
    const transfer = {
      from_account_id,
      to_account_id,
      amount: '1',
      description: undefined,
      key: undefined,
      caller: alice,
    };
    expect((await bank.ledger.postTransfer(transfer)).transaction.status).toBe('COMPLETED');
    await set({ rules: [{ rule: 'VELOCITY', enabled: true, parameters: { ...velocity, some: 0, some_score: 85 } }] });
    await expect(bank.ledger.postTransfer(transfer)).rejects.toMatchObject({ code: 'FRAUD_BLOCKED' });
    await set({ rules: [{ rule: 'VELOCITY', enabled: false, parameters: velocity }] });
    expect((await bank.ledger.postTransfer(transfer)).transaction.status).toBe('COMPLETED');
  });

  test('leaves an event with what it changed, as it was and as it is, and why', async () => {
    const { version } = await set({
      settings: { alert_from: 90 },
      rules: [{ rule: 'VELOCITY', parameters: velocity }],
    });
    await set({
      settings: { alert_from: 95 },
      rules: [{ rule: 'VELOCITY', parameters: { ...velocity, many: 7 } }],
      reason: 'too many false alarms',
    });
    expect(await lastEvent()).toMatchObject({
      actor: { id: admin.id, roles: ['admin'] },
      data: {
        old: { version, alert_from: 90, VELOCITY: { enabled: false, parameters: velocity } },
        new: {
          version: version + 1,
          alert_from: 95,
          VELOCITY: { enabled: false, parameters: { ...velocity, many: 7 } },
        },
        reason: 'too many false alarms',
      },
    });
    expect(Object.keys((await lastEvent()).data.new).toSorted()).toEqual(['VELOCITY', 'alert_from', 'version']);
  });

  test('from an older version is refused and changes nothing', async () => {
    const { version } = await read();
    await set({ settings: { monitor_from: 32 }, version });
    const since = await read();
    await expect(set({ settings: { monitor_from: 33 }, version })).rejects.toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await read()).toEqual(since);
  });

  test('that comes at once with others from the same version succeeds once', async () => {
    const { version } = await read();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => set({ settings: { monitor_from: 20 + index }, version })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await read()).version).toBe(version + 1);
  });

  test('of which one part is wrong changes nothing at all', async () => {
    const before = await read();
    const wrong = [
      { rule: 'LOCATION', enabled: false },
      { rule: 'NO_SUCH_RULE', enabled: true },
    ];
    await expect(set({ settings: { monitor_from: 34 }, rules: wrong })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: {
        fields: [{ field: 'rules.1.rule', message: expect.stringMatching(/^must be one of AMOUNT_ANOMALY, /) }],
      },
    });
    expect(await read()).toEqual(before);
  });

  test('that is sent again after a lost reply has one effect and the same answer', async () => {
    const caller = JSON.stringify({ id: admin.id, own_accounts_only: false });
    const command = [randomUUID(), '{"monitor_from": 30}', '[]', 'a test', null, caller];
    const send = () =>
      bank.database.pool.query('select bank.set_fraud_rules($1, $2, $3, $4, $5, $6) as answer', command);
    const [first, second] = [await send(), await send()];
    expect(second.rows[0].answer).toEqual({ ...first.rows[0].answer, replayed: false });
    expect((await read()).version).toBe(first.rows[0].answer.fraud_rules.version);
  });
});

describe('parameters', () => {
  let whole: Record<string, Record<string, number | string>>;
  beforeEach(async () => {
    whole = {};
    for (const rule of ['VELOCITY', 'AMOUNT_ANOMALY', 'NIGHT_TIME', 'LOCATION', 'STRUCTURING', 'IMPOSSIBLE_TRAVEL']) {
      whole[rule] = await parametersOf(rule);
    }
  });

  test.each([
    ['VELOCITY', { some_score: 101 }, 'some_score', 'must be a whole number from 0 to 100'],
    ['VELOCITY', { many: 1001 }, 'many', 'must be a whole number from 0 to 1000'],
    ['VELOCITY', { many: 2 }, 'many', 'must not be less than some'],
    ['VELOCITY', { many: '10' }, 'many', 'must be a whole number from 0 to 1000'],
    ['VELOCITY', { many: 7.5 }, 'many', 'must be a whole number from 0 to 1000'],
    ['VELOCITY', { some: -1 }, 'some', 'must be a whole number from 0 to 1000'],
    ['VELOCITY', { window_minutes: 0 }, 'window_minutes', 'must be a whole number from 1 to 10080'],
    ['VELOCITY', { window_minutes: undefined }, 'window_minutes', 'is required: parameters are given whole'],
    ['VELOCITY', { window_hours: 1 }, 'window_hours', 'is not a parameter of this rule'],
    ['AMOUNT_ANOMALY', { sample: 5 }, 'sample', 'must not be less than least_sample'],
    ['AMOUNT_ANOMALY', { unusual_z: 2 }, 'unusual_z', 'must be a decimal string from 0 to 1000'],
    ['AMOUNT_ANOMALY', { unusual_z: 'NaN' }, 'unusual_z', 'must be a decimal string from 0 to 1000'],
    ['AMOUNT_ANOMALY', { unusual_z: '3.5' }, 'extreme_z', 'must not be less than unusual_z'],
    ['NIGHT_TIME', { to_hour: 24 }, 'to_hour', 'must be a whole number from 0 to 23'],
    ['NIGHT_TIME', { from_hour: 6 }, 'to_hour', 'must not be less than from_hour'],
    ['NIGHT_TIME', { days: 100_000 }, 'days', 'must be a whole number from 1 to 366'],
    ['LOCATION', { far_hours: 0 }, 'far_hours', 'must be a whole number from 1 to 168'],
    ['LOCATION', { near_hours: 7 }, 'far_hours', 'must not be less than near_hours'],
    ['STRUCTURING', { threshold: 10_000 }, 'threshold', 'must be a decimal string from 0 to 1000000000'],
    ['STRUCTURING', { score: 500 }, 'score', 'must be a whole number from 0 to 100'],
    ['STRUCTURING', { limit: 5 }, 'limit', 'is not a parameter of this rule'],
    [
      'IMPOSSIBLE_TRAVEL',
      { least_kilometres: '500' },
      'least_kilometres',
      'must be a whole number from 0 to 1000000000',
    ],
  ])('of %s with %j are refused, naming %s', async (rule, change, parameter, message) => {
    const before = await read();
    await expect(set({ rules: [{ rule, parameters: { ...whole[rule], ...change } }] })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: { fields: [{ field: `rules.0.parameters.${parameter}`, message }] },
    });
    expect(await read()).toEqual(before);
  });

  test.each(['VELOCITY', 'AMOUNT_ANOMALY', 'NIGHT_TIME', 'LOCATION', 'STRUCTURING', 'IMPOSSIBLE_TRAVEL'])(
    'of %s as they are may be set again, and what is found in them answers no error',
    async rule => {
      await set({ rules: [{ rule, parameters: whole[rule] ?? {} }] });
      expect(await parametersOf(rule)).toEqual(whole[rule]);
    },
  );
});

describe('the settings', () => {
  test.each([
    [{ monitor_from: 50 }, 'review_from', 'must be above monitor_from, which is 50'],
    [{ review_from: 80, monitor_from: 30 }, 'block_from', 'must be above review_from, which is 80'],
    [{ block_from: 100, review_from: 50 }, 'alert_from', 'must be above block_from, which is 100'],
    [
      { time_zone: 'Mars/Olympus' },
      'time_zone',
      'must be a time zone of the IANA database, such as "America/New_York"',
    ],
    [{ time_zone: 'XYZ5' }, 'time_zone', 'must be a time zone of the IANA database, such as "America/New_York"'],
  ])('%j are refused', async (settings, field, message) => {
    await set({ settings: { monitor_from: 30, review_from: 50, block_from: 70, alert_from: 90 } });
    const before = await read();
    await expect(set({ settings })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: { fields: [{ field: `settings.${field}`, message }] },
    });
    expect(await read()).toEqual(before);
  });

  test('a time zone that staff have chosen stays whatever a deploy says, and until then the stage’s holds', async () => {
    const deploy = async (zone: string) => {
      await bank.database.pool.query('select bank.set_stage_time_zone($1)', [zone]);
      return read();
    };
    const before = await read();
    const deployed = await deploy('Europe/Berlin');
    expect(deployed).toMatchObject({
      version: before.version + 1,
      settings: { time_zone: 'Europe/Berlin', time_zone_by_hand: false },
    });
    expect(await lastEvent()).toMatchObject({
      actor: { roles: ['system'] },
      data: { old: { time_zone: 'UTC' }, new: { time_zone: 'Europe/Berlin' }, reason: 'The time zone of the stage' },
    });
    expect(await deploy('Europe/Berlin')).toEqual(deployed);
    const chosen = await set({ settings: { time_zone: 'Asia/Tokyo' } });
    expect(chosen.settings).toMatchObject({ time_zone: 'Asia/Tokyo', time_zone_by_hand: true });
    expect(await deploy('Europe/Berlin')).toEqual(chosen);
  });
});
