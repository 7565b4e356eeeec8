/** What decides a server's settings. `extra` wins over everything but the address and the port. */
export interface SettingsChoice {
  port: number;
  durable: boolean;
  extra: Record<string, string>;
}

/**
 * The server's settings as `-c name=value` arguments. They are given at each start rather than kept in
 * postgresql.conf, so that a cluster made by an older checkout runs with today's.
 *
 * Only 127.0.0.1 is listened on and there is no Unix socket: the password is the one way in.
 */
export function settingsArguments(choice: SettingsChoice): string[] {
  const settings: Record<string, string> = {
    ...base,
    ...(choice.durable ? {} : disposable),
    ...choice.extra,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(choice.port),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

const base = {
  max_connections: '200',
  shared_buffers: '256MB',
  // Statements here are short: compiling them costs more than it saves.
  jit: 'off',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // Nothing replicates from a laptop: the least log that still survives a crash, and little of it to recover.
  wal_level: 'minimal',
  max_wal_senders: '0',
  min_wal_size: '64MB',
  max_wal_size: '512MB',
  // The log names the database and shows every deadlock and every wait of a second or more.
  log_line_prefix: '%m [%p] %d ',
  log_lock_waits: 'on',
  deadlock_timeout: '1s',
  log_checkpoints: 'off',
};

// A crash loses the last commits, one of the machine everything: for data that are thrown away.
const disposable = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};
