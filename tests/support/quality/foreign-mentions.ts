import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const patterns: { what: string; pattern: RegExp }[] = [
  {
    what: "a path of somebody's machine",
    pattern: /(?<![\w.*$}-])\/(?:work|root|home\/[\w.-]+|Users\/[\w.-]+)\/[\w.-]/,
  },
  { what: "a path of somebody's machine", pattern: /\b[A-Z]:\\+Users\\/ },
  { what: 'the address of a package registry', pattern: /\bregistry\.[a-z0-9-]+\.(?:org|com|net|dev|io)\b/i },
  { what: 'the address of a package registry', pattern: /\bnpm\.pkg\.github\.com\b/i },
];

/**
 * The lines of a text that mean something on one machine only, or bind everybody to one registry.
 *
 * @returns one line for each find: `file:line: what`.
 */
export function foreignMentions(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const found = patterns.find(({ pattern }) => pattern.test(line));
    return found ? [`${file}:${index + 1}: ${found.what}: ${line.trim().slice(0, 120)}`] : [];
  });
}

/** The same for files, given in paths from the root; those that are not text, or gone, are passed over. */
export async function foreignMentionsIn(root: string, files: string[]): Promise<string[]> {
  const found = await Promise.all(
    files.map(async file => {
      const text = await readFile(join(root, file), 'utf8').catch(() => '');
      return text.includes('\0') ? [] : foreignMentions(file, text);
    }),
  );
  return found.flat();
}
