import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { routes } from '../../../lambdas/api/contract.ts';
import { errorCodes } from '../../../lambdas/domain/errors.ts';
import { routeKey } from '../../../lambdas/runtime/route.ts';
import { openApiDocument } from '../../../openapi/document.ts';
import { writeGuide } from '../../../openapi/guide.ts';
import { markdownTable, roleMatrix } from '../../../openapi/role-matrix.ts';

const document = openApiDocument();
const guide = readFileSync('docs/API.md', 'utf8');

test('the committed document and guide are what the contract makes', () => {
  expect(JSON.parse(readFileSync('docs/openapi.json', 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)));
  expect(writeGuide(guide, document)).toBe(guide);
});

test('the guide has every route, every error and the role matrix', () => {
  for (const route of routes) expect(guide).toContain(`### \`${routeKey(route)}\``);
  for (const code of errorCodes) expect(guide).toContain(`\`${code}\``);
  expect(guide).toContain(markdownTable(roleMatrix()));
});

test('a guide without a marker is refused, not half written', () => {
  expect(() => writeGuide('# The API', document)).toThrow('docs/API.md lacks "<!-- begin roles');
});

test('the role matrix tells who may, who may where the stage lets them, and what needs no role', () => {
  const [head = [], ...rows] = roleMatrix();
  const cell = (route: string, role: string) => rows.find(row => row[0] === route)?.[head.indexOf(role)];
  expect(cell('POST /customers/{id}/ssn/reveal', 'compliance')).toBe('yes');
  expect(cell('POST /customers/{id}/ssn/reveal', 'admin')).toBe('');
  expect(cell('POST /deposit', 'customer')).toBe('by stage');
  expect(cell('GET /health', 'auditor')).toBe('anyone');
});
