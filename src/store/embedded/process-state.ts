import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'

export type ProcessState = 'gone' | 'zombie' | 'alive'

/** Linux tells it in files; elsewhere `ps` does, which costs a process. */
const HAS_PROC = existsSync('/proc/self/stat')

/** Whether a process lives. A zombie still takes signals, but runs nothing any more. */
export const stateOf = (pid: number): ProcessState => {
  if (!Number.isSafeInteger(pid) || pid <= 0 || !takesSignals(pid)) return 'gone'
  return statusLetterOf(pid) === 'Z' ? 'zombie' : 'alive'
}

/** Whether `pid` is the PostgreSQL server (not another program, not another server) of the data folder `data`, a real path. */
export const isPostgresOf = (pid: number, data: string): boolean => {
  if (stateOf(pid) !== 'alive') return false
  if (!HAS_PROC) {
    const command = ps(pid, 'command')
    return basename(command.split(' -D ')[0] ?? '') === 'postgres' && `${command} `.includes(` -D ${data} `)
  }
  const words = commandWordsOf(pid)
  // What a server has forked writes its title over its words ("postgres: checkpointer"): only the server itself still has `-D`.
  return basename(words[0] ?? '') === 'postgres' && words.includes('-D') && (words.includes(data) || workingFolderOf(pid) === data)
}

/** Whether any process at all is a PostgreSQL server of `data`: the proof before a pid file is called stale. */
export const hasPostgres = (data: string): boolean => allPids().some((pid) => isPostgresOf(pid, data))

const takesSignals = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const statusLetterOf = (pid: number): string => {
  if (!HAS_PROC) return ps(pid, 'stat').slice(0, 1)
  // The name stands in parentheses and may hold spaces and parentheses of its own: the letter follows the last one.
  return read(`/proc/${pid}/stat`).split(') ').at(-1)?.slice(0, 1) ?? ''
}

const commandWordsOf = (pid: number): string[] => read(`/proc/${pid}/cmdline`).split('\0')

const workingFolderOf = (pid: number): string => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}

const allPids = (): number[] =>
  (HAS_PROC ? readdirSync('/proc') : spawnSync('ps', ['-A', '-o', 'pid='], { encoding: 'utf8' }).stdout.split('\n'))
    .map((name) => Number(name.trim()))
    .filter((pid) => Number.isSafeInteger(pid) && pid > 0)

const ps = (pid: number, column: string): string =>
  spawnSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
