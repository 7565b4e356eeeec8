import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { collectedLog } from '../../support/localstack/collected-log.ts';
import { emulatedServices } from '../../support/localstack/start-localstack.ts';

const compose = readFileSync('compose.yaml', 'utf8');
const pinned = readFileSync('tests/support/localstack/requirements.in', 'utf8');

/** What follows a key in the file, wherever it stands. */
function valuesOf(key: string): string[] {
  return [...compose.matchAll(new RegExp(`^ *${key}: (.+)$`, 'gm'))].map(([, value = '']) => value);
}

test('every image is pinned to one version', () => {
  const images = valuesOf('image');
  expect(images.map(image => image.split(':')[0])).toEqual(['postgres', 'localstack/localstack']);
  expect(images.filter(image => !/:\d+\.\d+(\.\d+)?$/.test(image))).toEqual([]);
});

test('the PostgreSQL is of the major version that Aurora runs, and the LocalStack the one that starts without Docker', () => {
  expect(valuesOf('image')[0]).toMatch(/^postgres:17\./);
  const version = valuesOf('image')[1]?.split(':')[1];
  expect(pinned).toContain(`localstack-core[base-runtime]==${version}\n`);
  expect(readFileSync('docs/LOCALSTACK.md', 'utf8')).toContain(`LocalStack ${version} is`);
});

test('every port is open to this machine alone', () => {
  const ports = [...compose.matchAll(/^ *- (\S*:\d+)$/gm)].map(([, port]) => port);
  expect(ports).toHaveLength(2);
  expect(ports.filter(port => !port?.startsWith('127.0.0.1:'))).toEqual([]);
});

test('every service is waited for until it answers', () => {
  expect(compose.match(/^ {4}healthcheck:$/gm)).toHaveLength(2);
});

test('the log is where the tests read it, and the services are those that they ask', () => {
  for (const [name, value] of Object.entries(collectedLog)) {
    expect(compose).toContain(`-c ${name}=${value}\n`);
  }
  expect(valuesOf('SERVICES')).toEqual([emulatedServices.join(',')]);
});
