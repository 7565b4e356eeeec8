import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { eventSchemaFiles } from './event-schemas.ts';

const check = process.argv.includes('--check');
const folder = fileURLToPath(new URL('../docs/events/', import.meta.url));
const files = eventSchemaFiles();

await mkdir(folder, { recursive: true });
const known = (await readdir(folder)).filter(name => name.endsWith('.json'));
for (const name of new Set([...Object.keys(files), ...known])) {
  const text = files[name];
  if (!check) {
    await (text === undefined ? rm(`${folder}${name}`) : writeFile(`${folder}${name}`, text));
  } else if ((await readFile(`${folder}${name}`, 'utf8').catch(() => undefined)) !== text) {
    process.stderr.write(`docs/events/${name} is not what lambdas/domain/events makes: run npm run -s events\n`);
    process.exitCode = 1;
  }
}
