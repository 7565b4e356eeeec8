import { expect, test } from 'vitest';
import type { Architecture } from '../../../../ops/diagram/architecture.ts';
import { draw } from '../../../../ops/diagram/draw.ts';

const queue = { key: 'queue', stack: 'messaging', label: 'SQS: <event> queue', arns: ['arn:queue'], action: /^sqs:/ };
const architecture: Architecture = {
  stage: 'prod',
  functions: [
    { stack: 'api', name: 'payments', startedBy: ['5 routes'], uses: ['queue'] },
    { stack: 'watch', name: 'Canary', startedBy: ['rate(1 minute)'], uses: [] },
  ],
  targets: [queue],
  routes: { all: 61, open: 4 },
  schedules: 10,
  timeZone: 'America/New_York',
  alarms: 3,
};

test('a function is drawn with what starts it, and a dot where it may use something', () => {
  const svg = draw(architecture);
  expect(svg).toContain('>payments</text>');
  expect(svg).toContain('>5 routes</text>');
  expect(svg.match(/<circle /g)).toHaveLength(1);
});

test('a stack that nobody has given words is drawn all the same', () => {
  expect(draw(architecture)).toContain('>Canary</text>');
});

test('what would be markup is text', () => {
  expect(draw(architecture)).toContain('SQS: &lt;event&gt; queue');
});

test('the same stage is drawn the same, to the letter', () => {
  expect(draw(architecture)).toBe(draw(structuredClone({ ...architecture, targets: [{ ...queue, action: /^sqs:/ }] })));
});
