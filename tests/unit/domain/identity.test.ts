import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { dateOfBirth, ssnText } from '../../../lambdas/domain/identity.ts';

const issued = (text: string) => ssnText.safeParse(text).success;
const digits = (width: number, value: number) => String(value).padStart(width, '0');

/** Three parts of a number, of which each may be one that the SSA never issues. */
const parts = fc.tuple(
  fc.oneof(fc.constantFrom(0, 666, 900, 999, 899, 1, 665, 667), fc.integer({ min: 0, max: 999 })),
  fc.oneof(fc.constantFrom(0, 1, 99), fc.integer({ min: 0, max: 99 })),
  fc.oneof(fc.constantFrom(0, 1, 9999), fc.integer({ min: 0, max: 9999 })),
);

describe('a social security number', () => {
  test('is one whose area, group and serial the SSA issues, with dashes or without', () => {
    fc.assert(
      fc.property(parts, fc.boolean(), ([area, group, serial], dashed) => {
        const written = [digits(3, area), digits(2, group), digits(4, serial)];
        const valid = area !== 0 && area !== 666 && area < 900 && group !== 0 && serial !== 0;
        expect(issued(written.join(dashed ? '-' : ''))).toBe(valid);
      }),
    );
  });

  test('is the same nine digits however it is written', () => {
    fc.assert(
      fc.property(
        parts.filter(
          ([area, group, serial]) => area !== 0 && area !== 666 && area < 900 && group !== 0 && serial !== 0,
        ),
        ([area, group, serial]) => {
          const written = [digits(3, area), digits(2, group), digits(4, serial)];
          expect(ssnText.parse(written.join('-'))).toBe(written.join(''));
          expect(ssnText.parse(written.join(''))).toBe(written.join(''));
        },
      ),
    );
  });

  test.each([
    '000-12-3456',
    '666-12-3456',
    '900-12-3456',
    '123-00-4567',
    '123-45-0000',
    '12345678',
    '1234567890',
    '123-456789',
    '12345-6789',
    '123 45 6789',
    '123-45-6789 ',
    '123-45-6789\n',
    '１２３-45-6789',
    '',
  ])('is not "%s"', text => {
    expect(issued(text)).toBe(false);
  });

  test('that is refused is not repeated in the complaint', () => {
    const { error } = ssnText.safeParse('666-12-3456');
    expect(JSON.stringify(error)).not.toContain('666-12');
  });
});

describe('a day of birth', () => {
  vi.useFakeTimers({ now: Date.parse('2026-02-03T12:00:00Z'), toFake: ['Date'] });
  test.each(['1990-02-28', '2000-02-29', '2026-02-03', '1896-03-01'])('may be %s', day => {
    expect(dateOfBirth.safeParse(day).success).toBe(true);
  });
  test.each(['2026-02-04', '1894-01-01', '1990-02-30', '1900-02-29', '90-02-28', '1990-2-28', '28.02.1990', ''])(
    'is not "%s"',
    day => {
      expect(dateOfBirth.safeParse(day).success).toBe(false);
    },
  );
});
