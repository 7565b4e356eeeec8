/** Settings by which a PostgreSQL keeps its log where a superuser can read it by SQL, in one file. compose.yaml has the same. */
export const collectedLog: Record<string, string> = {
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgresql.log',
  log_rotation_age: '0',
  log_rotation_size: '0',
};
