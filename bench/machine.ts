import { cpus } from 'node:os';

/** What the numbers were measured on. */
export interface Machine {
  date: string;
  cores: number;
  processor: string;
  node: string;
  /** Absent where no section asked for one. */
  postgresql?: string;
}

/** This machine, today. */
export function thisMachine(postgresql: string | undefined): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    node: process.versions.node,
    ...(postgresql !== undefined && { postgresql }),
  };
}

/** The machine in one line. */
export function machineText({ date, cores, processor, node, postgresql }: Machine): string {
  const server = postgresql === undefined ? '' : `, PostgreSQL ${postgresql}`;
  return `${date}: ${cores} cores (${processor})${server}, Node.js ${node}`;
}
