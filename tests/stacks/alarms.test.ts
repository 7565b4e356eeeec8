import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { stageNames } from '../../lib/config.ts';
import { runbooks } from '../../lib/runbooks.ts';
import { keyOf } from './keys.ts';
import { statementsOf } from './policies.ts';
import { type StackTemplate, synthesisedBank } from './synthesised-bank.ts';

const operations = readFileSync('docs/OPERATIONS.md', 'utf8');

/** The anchors that GitHub makes of the headings of a part of the document. */
function anchorsUnder(part: string): string[] {
  const [, text = ''] = operations.split(new RegExp(`^## ${part}$`, 'm'));
  const [own = ''] = text.split(/^## /m);
  return [...own.matchAll(/^### (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

const alarm = z.object({
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()),
  OKActions: z.array(z.unknown()),
  Threshold: z.number(),
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore']),
});

const alarmsOf = (stack: StackTemplate) => stack.all('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);

const runbookOf = (description: string) =>
  /\. What to do: docs\/OPERATIONS\.md#([\w-]+)$/.exec(description)?.[1] ?? `none in: ${description}`;

describe.each(stageNames)('the alarms of %s', name => {
  const { all, messaging } = synthesisedBank(name);
  const alarms = all.flatMap(stack =>
    alarmsOf(stack).map(Properties => ({ own: stack === messaging, ...alarm.parse(Properties) })),
  );

  test('are there, and each says which stage it is and what has happened', () => {
    expect(alarms.length).toBeGreaterThan(60);
    for (const { AlarmDescription } of alarms) {
      expect(AlarmDescription).toMatch(new RegExp(`^countinghouse ${name}: .{20,}`));
    }
  });

  test('tell the topic of the stage that they are raised, and that they are over', () => {
    const topic = Object.keys(messaging.named('AWS::SNS::Topic')).find(id => id.startsWith('Alarms'));
    for (const { own, AlarmActions, OKActions } of alarms) {
      const arn = own
        ? { Ref: topic }
        : { 'Fn::ImportValue': `countinghouse-${name}-messaging:ExportsOutputRef${topic}` };
      expect(AlarmActions).toEqual([
        expect.objectContaining(arn.Ref ? arn : { 'Fn::ImportValue': expect.any(String) }),
      ]);
      expect(JSON.stringify(AlarmActions)).toContain(topic);
      expect(OKActions).toEqual(AlarmActions);
    }
  });

  test('each lead to a runbook that is written', () => {
    const written = anchorsUnder('Runbooks of alarms');
    for (const { AlarmDescription } of alarms) {
      expect(written).toContain(runbookOf(AlarmDescription));
    }
  });
});

test('every runbook of an alarm is some alarm’s, and those that are written are those that alarms may name', () => {
  const used = new Set(
    stageNames.flatMap(name =>
      synthesisedBank(name).all.flatMap(stack =>
        alarmsOf(stack).map(Properties => runbookOf(alarm.parse(Properties).AlarmDescription)),
      ),
    ),
  );
  expect([...used].toSorted()).toEqual([...runbooks].toSorted());
  expect(anchorsUnder('Runbooks of alarms').toSorted()).toEqual([...runbooks].toSorted());
});

describe('the runbooks', () => {
  const own = (heading: string) => {
    const [, text = ''] = operations.split(new RegExp(`^### ${heading}$`, 'm'));
    return text.split(/^##/m)[0] ?? '';
  };

  test('of alarms each say what it means, what customers notice, where to look first, how to mend it, and when it is over', () => {
    const [, part = ''] = operations.split(/^## Runbooks of alarms$/m);
    const headings = [...(part.split(/^## /m)[0] ?? '').matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading);
    for (const heading of headings) {
      const labels = [...own(heading).matchAll(/^\*\*([A-Z][a-z]+\.)\*\*/gm)].map(([, label]) => label);
      expect({ heading, labels }).toEqual({
        heading,
        labels: ['Means.', 'Customers.', 'Look.', 'Mend.', 'Over.'],
      });
    }
  });

  test('for what no alarm tells cover what an operator does by plan or by mishap', () => {
    expect(anchorsUnder('Other runbooks')).toEqual(
      expect.arrayContaining([
        'aurora-failover',
        'restore-to-a-point-in-time',
        'rotate-the-hmac-key',
        'a-bad-migration',
      ]),
    );
  });

  test('name only commands that there are', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')));
    const named = [...operations.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, script = '']) => script);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(script => !(script in scripts))).toEqual([]);
  });
});

describe('the topic of alarms', () => {
  const { messaging, monitoring } = synthesisedBank('dev');

  test('takes them from CloudWatch and RDS for this account alone, under a key that those may use', () => {
    const [policy] = messaging
      .all('AWS::SNS::TopicPolicy')
      .filter(({ Properties }) => JSON.stringify(Properties.Topics).includes('"Alarms'));
    expect(statementsOf(policy?.Properties ?? {})).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: ['sns:Publish'],
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
    const { using } = keyOf(messaging, 'countinghouse/dev/alarms');
    const services = '{"Service":["cloudwatch.amazonaws.com","events.rds.amazonaws.com"]}';
    expect(JSON.stringify(policy)).toContain(services);
    expect(JSON.stringify(using)).toContain(services);
  });

  test('hears of failovers from RDS, for which there is no metric', () => {
    expect(monitoring.only('AWS::RDS::EventSubscription').Properties).toMatchObject({
      SourceType: 'db-cluster',
      EventCategories: ['failover', 'failure'],
      SnsTopicArn: { 'Fn::ImportValue': expect.stringContaining('Alarms') },
    });
  });

  test('mails to the address that the stage names, and to nobody where it names none', () => {
    const mailed = (stack: typeof messaging) =>
      stack.all('AWS::SNS::Subscription').map(({ Properties: { Protocol, Endpoint } }) => [Protocol, Endpoint]);
    expect(mailed(messaging)).toEqual([]);
    const changes = { alarmEmail: 'operators@demo.example' };
    expect(mailed(synthesisedBank('dev', { changes }).messaging)).toEqual([['email', 'operators@demo.example']]);
  });
});
