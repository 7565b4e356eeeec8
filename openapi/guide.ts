import { BankError, errorCodes } from '../lambdas/domain/errors.ts';
import { curlChapters, curlExamples } from './curl-examples.ts';
import type { openApiDocument } from './document.ts';
import { markdownTable, roleMatrix } from './role-matrix.ts';

/**
 * Writes the parts of docs/API.md that the code knows better, between their markers, and leaves the rest as it stands.
 *
 * @throws Error if a marker is missing.
 */
export function writeGuide(guide: string, document: ReturnType<typeof openApiDocument>): string {
  const sections = {
    roles: markdownTable(roleMatrix()),
    errors: markdownTable([
      ['Code', 'Status', 'Meaning'],
      ...errorCodes.map(code => [`\`${code}\``, String(new BankError(code).status), new BankError(code).title]),
    ]),
    routes: curlChapters(curlExamples(exampleBodies(document))),
  };
  return Object.entries(sections).reduce((text, [name, section]) => {
    const [begin, end] = [`<!-- begin ${name}: made by npm run openapi -->`, `<!-- end ${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) {
      throw new Error(`docs/API.md lacks "${begin}" or "${end}"`);
    }
    return `${text.slice(0, from + begin.length)}\n\n${section}\n\n${text.slice(to)}`;
  }, guide);
}

/** The example body of each operation that takes one. */
export function exampleBodies(document: ReturnType<typeof openApiDocument>): Map<string, Record<string, unknown>> {
  const operations = Object.values(document.paths ?? {}).flatMap(path =>
    [path.get, path.post, path.put, path.patch].filter(operation => operation !== undefined),
  );
  return new Map(
    operations.flatMap(({ operationId = '', requestBody }) => {
      const media = requestBody && 'content' in requestBody ? requestBody.content['application/json'] : undefined;
      return media && 'example' in media ? [[operationId, media.example] as const] : [];
    }),
  );
}
