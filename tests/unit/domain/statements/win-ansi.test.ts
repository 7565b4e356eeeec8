import { expect, test } from 'vitest';
import { winAnsi } from '../../../../lambdas/domain/statements/win-ansi.ts';

test.each([
  ['Rent, March', 'Rent, March'],
  ['Zoë Müller – 5 €', 'Zoë Müller – 5 €'],
  ['Łukasz Żółć', 'Lukasz Zólc'],
  ['Şahin Đorđe ıtır', 'Sahin Dorde itir'],
  ['a\u0301', 'á'],
  ['ﬁne ①', 'fine 1'],
  ['日本', '??'],
  ['party 🎉', 'party ?'],
  ['a\u200bb\u00adc', 'abc'],
])('%j is shown as %j', (text, shown) => {
  expect(winAnsi(text)).toBe(shown);
});
