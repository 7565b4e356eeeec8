import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from '../../median.ts';
import { type Bundle, referenceBundles, synthesisedBundles } from '../bundles.ts';
import { type Bench, comparedRow, type Row, type Section, type Target } from '../section.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../start-up-process.ts', import.meta.url));

/** What a cold start adds to the first request: the size of each function's code, and how long it takes to load. */
export const lambda: Section = {
  name: 'lambda',
  about: 'the size and the start-up time of each bundle beside one that only makes a Data API client: ≤ 1.5 times',
  async run(bench) {
    bench.progress('synthesising the CDK app');
    const bundles = await synthesisedBundles(join(bench.folder, 'lambda.out'));
    const [first] = bundles;
    if (!first) throw new Error('The synthesised app has no functions');
    const { plain, lean } = await referenceBundles(join(bench.folder, 'data-api-only'), first);
    const times = await startInTurn([plain, lean, ...bundles], bench);
    const medianOf = (bundle: Bundle) => median(times.get(bundle) ?? []);
    const against = { name: `${plain.name} (${size(plain)})`, value: medianOf(plain) };
    const row = (bundle: Bundle, target?: Target): Row => ({
      ...comparedRow('lambda', bundle.name, 'ms to load', medianOf(bundle), against, target),
      note: size(bundle),
    });
    return { rows: [row(lean), ...bundles.map(bundle => row(bundle, { atMost: 1.5 }))], failures: [] };
  },
};

/** Loads each bundle in a process of its own, one after another, and all of them again: three times for each repetition. */
async function startInTurn(bundles: readonly Bundle[], { repeats, progress }: Bench): Promise<Map<Bundle, number[]>> {
  const times = new Map<Bundle, number[]>(bundles.map(bundle => [bundle, []]));
  const turns = 3 * repeats;
  // The first turn reads the files from the disk, and does not count.
  for (let turn = 0; turn <= turns; turn += 1) {
    progress(`loading ${bundles.length} bundles, turn ${turn} of ${turns}`);
    for (const bundle of bundles) {
      const milliseconds = await startUp(bundle);
      if (turn > 0) times.get(bundle)?.push(milliseconds);
    }
  }
  return times;
}

async function startUp({ file, environment }: Bundle): Promise<number> {
  const { stdout } = await run(process.execPath, [program, file], { env: environment });
  return Number(stdout.trim().split('\n').at(-1));
}

function size({ bytes }: Bundle): string {
  return `${Math.round(bytes / 1024)} KiB`;
}
