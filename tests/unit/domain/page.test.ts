import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutPage, decodeCursor, encodeCursor } from '../../../lambdas/domain/page.ts';
import { bankErrorOf, refusedFields } from '../support/errors.ts';
import { transactionId } from '../support/records.ts';

/** A time as PostgreSQL writes a timestamptz into JSON, in UTC. */
const instant = fc
  .tuple(
    fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 999_999 }),
  )
  .map(([date, micros]) => `${date.toISOString().slice(0, 19)}.${String(micros).padStart(6, '0')}+00:00`);
const position = fc.record({ created_at: instant, id: fc.uuid() });

/** A cursor that says what a test likes: callers can read them, whatever they are told. */
const forged = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');

describe('a cursor', () => {
  test('leads back to the position it was made for, to the microsecond', () => {
    fc.assert(
      fc.property(position, place => {
        expect(decodeCursor('things', encodeCursor('things', place))).toEqual(place);
      }),
    );
  });

  test('needs no escaping in a query string', () => {
    fc.assert(
      fc.property(position, place => {
        const cursor = encodeCursor('things', place);
        expect(encodeURIComponent(cursor)).toBe(cursor);
      }),
    );
  });

  test('that is garbage is refused as the field cursor, whatever it says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async text => {
        expect(await refusedFields(() => decodeCursor('things', text))).toEqual(['cursor']);
      }),
    );
  });

  test.each([
    ['an object', { created_at: '2026-01-01T00:00:00Z', id: transactionId }],
    ['no id', ['things', '2026-01-01T00:00:00Z']],
    ['a fourth element', ['things', '2026-01-01T00:00:00+00:00', transactionId, 'more']],
    ['an id that is no UUID', ['things', '2026-01-01T00:00:00+00:00', "' or 1=1"]],
    ['the name of another list', ['others', '2026-01-01T00:00:00+00:00', transactionId]],
    ['a time that is no time', ['things', 'now()', transactionId]],
    ['a day that no calendar has', ['things', '2026-02-30T00:00:00+00:00', transactionId]],
    ['a time without a zone', ['things', '2026-01-01T00:00:00', transactionId]],
  ])('with %s is refused', async (_what, content) => {
    expect(await refusedFields(() => decodeCursor('things', forged(content)))).toEqual(['cursor']);
  });

  test.each([
    ['a year zero', '0000-01-01T00:00:00+00:00'],
    ['a zone further from UTC than 16 hours', '2026-01-01T00:00:00+23:59'],
  ])('with %s, which PostgreSQL cannot read, is refused before it gets there', async (_what, created_at) => {
    expect(await refusedFields(() => decodeCursor('things', forged(['things', created_at, transactionId])))).toEqual([
      'cursor',
    ]);
  });

  test('that is refused is not repeated to the caller', async () => {
    const { message, details } = await bankErrorOf(() => decodeCursor('things', 'c2VjcmV0'));
    expect(JSON.stringify([message, details.detail, details.fields])).not.toMatch(/c2VjcmV0|secret/);
  });
});

describe('a page', () => {
  const rows = Array.from({ length: 4 }, (_, index) => ({
    created_at: `2026-01-0${index + 1}T00:00:00+00:00`,
    id: `018f2f3a-0000-7000-8000-00000000000${index}`,
  }));

  test('that a further row was found for ends before it and says where to go on', () => {
    const { rows: page, next_cursor } = cutPage('things', rows, 3);
    expect(page).toEqual(rows.slice(0, 3));
    expect(decodeCursor('things', next_cursor ?? '')).toEqual(rows[2]);
  });

  test.each([4, 5])('of up to %i rows that holds them all is the last', limit => {
    expect(cutPage('things', rows, limit)).toEqual({ rows, next_cursor: null });
  });

  test('without rows is the last', () => {
    expect(cutPage('things', [], 3)).toEqual({ rows: [], next_cursor: null });
  });
});
