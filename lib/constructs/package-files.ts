import { constants, copyFileSync, linkSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of an npm package that a function reads as they are. */
export interface PackageFiles {
  readonly package: string;
  readonly files: readonly string[];
}

/** What stands for the files in a hash, so that a hundred megabytes need not be read: a package's version is published once. */
export function versionOf(nodeModules: string, { package: name, files }: PackageFiles): string {
  const { version } = JSON.parse(readFileSync(join(nodeModules, name, 'package.json'), 'utf8')) as { version: string };
  return `${name}@${version} ${files.join(' ')}`;
}

/** Puts the files into a folder: as further names of the same files where the file system can, as copies elsewhere. */
export function placePackageFiles(nodeModules: string, { package: name, files }: PackageFiles, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const file of files) {
    const source = join(nodeModules, name, file);
    const target = join(folder, file);
    try {
      linkSync(source, target);
    } catch {
      // Another file system, or one without links. A file that is not there fails here, too, and says so.
      copyFileSync(source, target, constants.COPYFILE_FICLONE);
    }
  }
}
