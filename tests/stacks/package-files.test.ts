import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { placePackageFiles, versionOf } from '../../lib/constructs/package-files.ts';

const scratch = mkdtempSync(join(tmpdir(), 'countinghouse-package-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const files = { package: '@some/data', files: ['data.bin'] };
mkdirSync(join(scratch, '@some/data'), { recursive: true });
writeFileSync(join(scratch, '@some/data/package.json'), '{"version":"1.2.3"}');
writeFileSync(join(scratch, '@some/data/data.bin'), 'some data');

describe('the files of a package', () => {
  test('are placed without being copied where the file system can', () => {
    placePackageFiles(scratch, files, join(scratch, 'here/data'));
    const placed = join(scratch, 'here/data/data.bin');
    expect(readFileSync(placed, 'utf8')).toBe('some data');
    expect(statSync(placed).ino).toBe(statSync(join(scratch, '@some/data/data.bin')).ino);
  });

  test('are copied over what a build that was broken off has left', () => {
    mkdirSync(join(scratch, 'there'));
    writeFileSync(join(scratch, 'there/data.bin'), 'som');
    placePackageFiles(scratch, files, join(scratch, 'there'));
    expect(readFileSync(join(scratch, 'there/data.bin'), 'utf8')).toBe('some data');
  });

  test('that are not there fail the synthesis by their names', () => {
    const missing = { ...files, files: ['other.bin'] };
    expect(() => placePackageFiles(scratch, missing, join(scratch, 'nowhere'))).toThrow(/@some\/data\/other\.bin/);
  });

  test('are told apart by the version of their package and their names', () => {
    expect(versionOf(scratch, files)).toBe('@some/data@1.2.3 data.bin');
  });
});
