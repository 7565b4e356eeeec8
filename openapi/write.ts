import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from './document.ts';
import { writeGuide } from './guide.ts';

const check = process.argv.includes('--check');
const pathOf = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const guide = await readFile(pathOf('docs/API.md'), 'utf8');
const document = openApiDocument();
const files: Record<string, string> = {
  'docs/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
  'docs/API.md': writeGuide(guide, document),
};
for (const [name, text] of Object.entries(files)) {
  if (!check) {
    await writeFile(pathOf(name), text);
  } else if ((await readFile(pathOf(name), 'utf8').catch(() => '')) !== text) {
    process.stderr.write(`${name} is not what the contract makes: run npm run -s openapi\n`);
    process.exitCode = 1;
  }
}
