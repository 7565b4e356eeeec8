import { readdir, readFile } from 'node:fs/promises';

const folder = new URL('../../../sql/functions/', import.meta.url);

/** The text of an SQL function of the bank, without its comments. */
export async function textOf(name: string): Promise<string> {
  return (await readFile(new URL(`${name}.sql`, folder), 'utf8')).replaceAll(/--.*/g, '');
}

/** The names of all SQL functions of the bank. */
export async function sqlFunctions(): Promise<string[]> {
  return (await readdir(folder)).map(file => file.replace(/\.sql$/, ''));
}

/** The keys of the JSON object that an SQL function makes, in its order. */
export async function jsonKeysOf(name: string): Promise<string[]> {
  return [...(await textOf(name)).matchAll(/^ *'(\w+)', /gm)].map(([, key = '']) => key);
}

/** Every code with which an SQL function may refuse, those of the functions that it calls included. */
export async function refusalsOf(name: string): Promise<string[]> {
  const known = await sqlFunctions();
  const seen = new Set<string>();
  const codes = new Set<string>();
  const visit = async (current: string): Promise<void> => {
    seen.add(current);
    const text = await textOf(current);
    for (const [, code = ''] of text.matchAll(/bank\.refusal\('(\w+)'/g)) {
      codes.add(code);
    }
    for (const [, called = ''] of text.matchAll(/bank\.(\w+)\(/g)) {
      if (known.includes(called) && !seen.has(called)) {
        await visit(called);
      }
    }
  };
  await visit(name);
  return [...codes].sort();
}
