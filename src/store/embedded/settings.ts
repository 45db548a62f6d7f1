/** Settings by name, as in postgresql.conf. */
export type Settings = Readonly<Record<string, string>>

/**
 * How our PostgreSQL is set. They go on its command line, so that a newer Relais brings its own settings to an older data folder.
 * fsync, full_page_writes and synchronous_commit stay as PostgreSQL has them: on.
 */
export const SETTINGS: Settings = {
  // One small machine, shared with Relais itself and its engines.
  shared_buffers: '128MB',
  max_connections: '40',
  max_wal_size: '512MB',
  io_method: 'sync',
  max_logical_replication_workers: '0',
  // Short statements only: compiling one costs more than running it.
  jit: 'off',
  // Reached by its socket alone.
  listen_addresses: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  // No message text in a log: an ERROR can quote values, a DETAIL whole rows, and a statement its literals.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

/** `-c name=value` for each setting. */
export const asArguments = (settings: Settings): string[] => Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
