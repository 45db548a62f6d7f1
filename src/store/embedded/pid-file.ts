import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What PostgreSQL writes into `postmaster.pid` (one thing a line), as far as it is written yet. */
export type PidFile = {
  /** 0 while the file is still empty. */
  readonly pid: number
  readonly port: number
  readonly socketFolder: string
  /** `starting`, `stopping`, `ready` or `standby`; empty while not written. */
  readonly status: string
  readonly text: string
}

/** The pid file of the data folder, or undefined where there is none. Lines: src/include/utils/pidfile.h of PostgreSQL 18. */
export const readPidFile = (data: string): PidFile | undefined => {
  const text = readText(data)
  if (text === undefined) return undefined
  const lines = text.split('\n').map((line) => line.trim())
  return {
    pid: Math.abs(Number.parseInt(lines[0] ?? '', 10)) || 0,
    port: Number.parseInt(lines[3] ?? '', 10) || 5432,
    socketFolder: lines[4] ?? '',
    status: lines[7] ?? '',
    text,
  }
}

/**
 * Makes a stale pid file one that PostgreSQL takes over by itself: its first line becomes our own pid, and a server accepts the pid of its
 * parent. Deleting the file instead would also delete the shared-memory key in it, by which PostgreSQL finds survivors of the former server.
 * Only for a file whose process was seen not to be a server of this folder. Does nothing when the file has changed since it was read.
 */
export const disarmPidFile = (data: string, stale: PidFile): void => {
  if (readText(data) !== stale.text) return
  const [, ...rest] = stale.text === '' ? ['', data] : stale.text.split('\n')
  writeFileSync(join(data, 'postmaster.pid'), [process.pid, ...rest].join('\n'))
}

const readText = (data: string): string | undefined => {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
