import type { LocatedFeatures, Place, Places, ReviewFeatures } from './features.ts';

/** Whoever knows where addresses are. */
export interface GeoIp {
  /** @returns null for an address that is nowhere in particular: private, reserved or unknown. */
  place(address: string): Promise<Place | null>;
}

const nowhere: Places = { here: null, before: null, known: [] };

/**
 * Adds to a payment's features where it and the one before it were made. Nothing is looked up where there is nothing to compare. A
 * failure is kept among the features, for the rule that would have needed them to tell: the other rules can do without.
 */
export async function locate(features: ReviewFeatures, geo: GeoIp): Promise<LocatedFeatures> {
  return { ...features, places: await placesOf(features, geo) };
}

async function placesOf(features: ReviewFeatures, geo: GeoIp): Promise<Places> {
  const { ip, previous_payment: before, known_addresses } = features;
  if (ip === null || before === null || before.ip === ip) {
    return nowhere;
  }
  try {
    const known = await Promise.all(known_addresses.map(address => geo.place(address)));
    return {
      here: await geo.place(ip),
      before: await geo.place(before.ip),
      known: known.filter(place => place !== null),
    };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
