import * as z from 'zod';
import type { Place } from '../features.ts';
import { reviewRule, score } from '../rule.ts';
import { hoursBetween } from '../times.ts';

/** The mean radius of the earth. */
const earthKilometres = 6371;
/** Two payments in the same moment are as fast as two within a minute: clocks are no better than that. */
const leastHours = 1 / 60;

const parameters = z.strictObject({
  /** Shorter ways are nobody's journey: addresses move about within a country as their operators like. */
  least_kilometres: z.number().positive(),
  /** Faster than this nobody travels from door to door: an airliner cruises at about 900. */
  kilometres_an_hour: z.number().positive(),
  /** How far off a place is taken to be, where the data do not say. */
  accuracy_kilometres: z.number().nonnegative(),
  score,
});

/**
 * Somebody who pays here cannot have paid there just before: an account that two people use, one of them from far away. This is the one from
 * far away, unless it is where the person is known to be: at home, in an office, or where the tunnel ends through which it likes to reach
 * the network.
 *
 * Places are those of the addresses, and each is somewhere within its radius: the way between them is at least their distance less both
 * radii. Source: the "abnormal location of the payer" of Delegated Regulation (EU) 2018/389, Art. 18(2)(c)(v).
 */
export const impossibleTravel = reviewRule({
  name: 'IMPOSSIBLE_TRAVEL',
  parameters,
  sees({ places, previous_payment, created_at }, rule) {
    if ('error' in places) {
      throw new Error(`no places: ${places.error}`);
    }
    const { here, before, known } = places;
    if (!(here && before && previous_payment)) {
      return undefined;
    }
    const way = (place: Place) => distance(here, place) - radius(here, rule) - radius(place, rule);
    const hours = Math.max(hoursBetween(previous_payment.created_at, created_at), leastHours);
    const kilometres = way(before);
    if (
      kilometres / hours <= rule.kilometres_an_hour ||
      [before, ...known].some(place => way(place) < rule.least_kilometres)
    ) {
      return undefined;
    }
    return {
      kilometres: Math.round(kilometres),
      minutes: Math.round(hours * 60),
      kilometres_an_hour: Math.round(kilometres / hours),
    };
  },
});

function radius(place: Place, rule: { accuracy_kilometres: number }): number {
  return place.accuracy_kilometres ?? rule.accuracy_kilometres;
}

/** The great-circle distance of two places in kilometres, by the haversine formula. */
function distance(one: Place, other: Place): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (angle: number) => Math.sin(angle / 2) ** 2;
  const [north, south] = [radians(one.latitude), radians(other.latitude)];
  const arc = half(north - south) + Math.cos(north) * Math.cos(south) * half(radians(one.longitude - other.longitude));
  return 2 * earthKilometres * Math.asin(Math.min(1, Math.sqrt(arc)));
}
