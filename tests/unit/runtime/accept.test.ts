import { expect, test } from 'vitest';
import { preferredMedia } from '../../../lambdas/runtime/http/accept.ts';

const offered = ['application/json', 'text/csv', 'application/pdf'] as const;

test.each([
  [undefined, 'application/json'],
  ['', 'application/json'],
  ['*/*', 'application/json'],
  ['text/csv', 'text/csv'],
  ['Application/PDF', 'application/pdf'],
  ['text/*', 'text/csv'],
  ['application/*', 'application/json'],
  ['text/csv;q=0.5, application/pdf', 'application/pdf'],
  ['text/csv ; q=0.9 , application/pdf;q=0.8', 'text/csv'],
  ['text/csv;header=present', 'text/csv'],
  ['application/json;q=0, */*', 'text/csv'],
  ['application/*;q=0.2, text/csv;q=0.1, application/pdf;q=0.3', 'application/pdf'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'application/json'],
  ['text/csv;q=high', 'text/csv'],
  ['text/html', undefined],
  ['image/*', undefined],
  ['*/*;q=0', undefined],
  ['application/json;q=0.000', undefined],
  [',,;', undefined],
])('"%s" gets %s', (accept, media) => {
  expect(preferredMedia(accept, offered)).toBe(media);
});
