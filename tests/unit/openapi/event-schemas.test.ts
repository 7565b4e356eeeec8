import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { eventSchemaFiles } from '../../../openapi/event-schemas.ts';

const folder = new URL('../../../docs/events/', import.meta.url);
const files = Object.entries(eventSchemaFiles());

test('docs/events has a file for each type of event and version, and no other', async () => {
  expect((await readdir(folder)).toSorted()).toEqual(files.map(([name]) => name).toSorted());
});

describe.each(files)('%s', (name, text) => {
  const schema = JSON.parse(text);

  test('is what the schema makes', async () => {
    expect(await readFile(new URL(name, folder), 'utf8')).toBe(text);
  });

  test('is a JSON Schema of 2020-12 with a name of its own, and says what happened', () => {
    const [type, version] = name.split('.');
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema.$id).toBe(`urn:countinghouse:event:${type}:${version}`);
    expect(schema.description).toMatch(/\.$/);
    expect(schema.properties.type.const).toBe(type);
    expect(schema.required.toSorted()).toEqual(Object.keys(schema.properties).toSorted());
  });

  test('lets events come to say more', () => {
    expect(text).not.toContain('"additionalProperties": false');
  });
});
