import { join, resolve } from 'node:path';

/** The files of one cluster; all of them lie in `directory`, which belongs to the cluster alone. */
export interface ClusterPaths {
  directory: string;
  data: string;
  /** Prefix of the folders in which initdb works before its result becomes `data`. */
  unfinished: string;
  password: string;
  log: string;
  previousLog: string;
}

/** Names the files of the cluster kept in `directory` (made absolute; nothing is created). */
export function clusterPaths(directory: string): ClusterPaths {
  const root = resolve(directory);
  return {
    directory: root,
    data: join(root, 'data'),
    unfinished: join(root, 'data.unfinished-'),
    password: join(root, 'superuser-password'),
    log: join(root, 'postgres.log'),
    previousLog: join(root, 'postgres.previous.log'),
  };
}
