// The settings of the embedded server, written anew at each start so that an upgrade can change them; `local.conf` beside it is the administrator's.
import { statfsSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'

/** The text of `postgresql.conf`. `test` trades safety against a crash for speed. */
export function postgresSettings(options: { port: number; test: boolean }): string {
  const megabytes = Math.floor(Math.min(totalmem(), process.constrainedMemory?.() || Number.MAX_SAFE_INTEGER) / 2 ** 20)
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port: options.port,
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: `${options.test ? 128 : clamp(megabytes / 8, 64, 4096)}MB`,
    effective_cache_size: `${clamp(megabytes / 2, 128, 65536)}MB`,
    work_mem: '16MB',
    maintenance_work_mem: `${clamp(megabytes / 32, 64, 1024)}MB`,
    // A question divided among several processes is answered sooner only where processors lie idle.
    max_parallel_workers_per_gather: clamp(Math.floor(availableParallelism() / 4), 0, 2),
    dynamic_shared_memory_type: sharedMemory(),
    random_page_cost: 1.1,
    jit: 'off',
    gin_pending_list_limit: '64MB',
    synchronous_commit: 'on',
    wal_compression: 'on',
    min_wal_size: '128MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_line_prefix: '%m [%p] %d ',
    log_checkpoints: 'off',
    password_encryption: 'scram-sha-256',
  }
  const fast = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_connections: 200,
  }
  const lines = Object.entries(options.test ? { ...settings, ...fast } : settings).map(([name, value]) => `${name} = '${value}'`)
  return [
    '# Written by Zhanggui at each start. Your own settings belong into local.conf beside this file.',
    ...lines,
    "include_if_exists = 'local.conf'",
    '',
  ].join('\n')
}

/** Containers often have 64 MB of /dev/shm, too little for a parallel query: such a machine uses files. */
function sharedMemory(): string {
  if (process.platform === 'win32') return 'windows'
  if (process.platform !== 'linux') return 'posix'
  try {
    const shm = statfsSync('/dev/shm')
    return shm.bavail * shm.bsize >= 256 * 2 ** 20 ? 'posix' : 'mmap'
  } catch {
    return 'mmap'
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.round(Math.min(high, Math.max(low, value)))
}
