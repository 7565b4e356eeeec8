import { expect, test } from 'vitest';
import type { Place } from '../../../../lambdas/domain/fraud/features.ts';
import { locate } from '../../../../lambdas/domain/fraud/locate.ts';
import { hoursBefore, payment } from './payment.ts';

const { places: _places, ...features } = payment();
const previous_payment = { ip: '203.0.113.9', created_at: hoursBefore(1) };

/** Knows one address, and notes those it was asked for. */
function geoIp() {
  const asked: string[] = [];
  const known: Place = { latitude: 1, longitude: 2, accuracy_kilometres: null };
  return {
    asked,
    known,
    place: async (address: string) => {
      asked.push(address);
      return address === previous_payment.ip ? known : null;
    },
  };
}

test('places of both payments, and those known of earlier ones, are added, and nothing else is changed', async () => {
  const geo = geoIp();
  const asked = { ...features, previous_payment, known_addresses: ['203.0.113.9', '192.168.1.1'] };
  expect(await locate(asked, geo)).toEqual({
    ...asked,
    places: { here: null, before: geo.known, known: [geo.known] },
  });
});

test.each([
  ['there was no payment before', {}],
  ['it was made from the same address', { previous_payment: { ...previous_payment, ip: features.ip ?? '' } }],
  ['this one has no address', { ip: null, previous_payment }],
])('nothing is looked up where %s', async (_why, about) => {
  const geo = geoIp();
  expect((await locate({ ...features, ...about }, geo)).places).toEqual({ here: null, before: null, known: [] });
  expect(geo.asked).toEqual([]);
});

test('a failure is told to the rule, and is none of the caller', async () => {
  const place = () => Promise.reject(new Error('no such file'));
  expect((await locate({ ...features, previous_payment }, { place })).places).toEqual({ error: 'no such file' });
});
