import type { Place } from '../../lambdas/domain/fraud/features.ts';
import type { GeoIp } from '../../lambdas/domain/fraud/locate.ts';
import type { Random } from './random.ts';

/** A city of the evaluation, its hours behind or ahead of UTC in May. */
export interface City {
  name: string;
  latitude: number;
  longitude: number;
  hoursOfUtc: number;
}

const cities: readonly City[] = [
  { name: 'New York', latitude: 40.71, longitude: -74.01, hoursOfUtc: -4 },
  { name: 'Boston', latitude: 42.36, longitude: -71.06, hoursOfUtc: -4 },
  { name: 'Philadelphia', latitude: 39.95, longitude: -75.17, hoursOfUtc: -4 },
  { name: 'Washington', latitude: 38.91, longitude: -77.04, hoursOfUtc: -4 },
  { name: 'Atlanta', latitude: 33.75, longitude: -84.39, hoursOfUtc: -4 },
  { name: 'Chicago', latitude: 41.88, longitude: -87.63, hoursOfUtc: -5 },
  { name: 'Los Angeles', latitude: 34.05, longitude: -118.24, hoursOfUtc: -7 },
  { name: 'London', latitude: 51.51, longitude: -0.13, hoursOfUtc: 1 },
  { name: 'Amsterdam', latitude: 52.37, longitude: 4.9, hoursOfUtc: 2 },
  { name: 'Lisbon', latitude: 38.72, longitude: -9.14, hoursOfUtc: 1 },
  { name: 'Singapore', latitude: 1.35, longitude: 103.82, hoursOfUtc: 8 },
  { name: 'Sydney', latitude: -33.87, longitude: 151.21, hoursOfUtc: 10 },
];

const atHome = 7;
/** Where customers live. */
export const homeCities = cities.slice(0, atHome);
/** Where they travel to, where servers of private networks stand, and where thieves are. */
export const farCities = cities.slice(atHome);

/** From here on the networks of a city are those of phones, which get another one every time. */
const firstOfPhones = 0x8000;

/** The network of a household, a firm or a hotel; another number is another one. */
export function fixedAddress(city: City, number: number): string {
  return address(city, number % firstOfPhones);
}

/** A phone on its carrier's network, as it comes out at the place where the carrier's lines of a region meet. */
export function phoneAddress(region: City, random: Random): string {
  return address(region, random.whole(firstOfPhones, 0xffff));
}

/** Every city has a network of those kept for documentation (RFC 3849), and every line in it one of 64 bits. */
function address(city: City, network: number): string {
  return `2001:db8:${cities.indexOf(city).toString(16)}:${network.toString(16)}::1`;
}

/** Knows the places of these addresses, as the real data know those of real ones: to no stated accuracy. */
export const evaluationGeoIp: GeoIp = {
  place: async text => placeOf(cities[Number.parseInt(text.split(':')[2] ?? '', 16)]),
};

function placeOf(city: City | undefined): Place | null {
  return city ? { latitude: city.latitude, longitude: city.longitude, accuracy_kilometres: null } : null;
}
