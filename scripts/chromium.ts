import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

export type Browser = { readonly path: string } | { readonly missing: string }

const DEBIAN = '/usr/bin/chromium'

/**
 * A Chromium for the browser tests: the one that CHROMIUM names, else Debian's, installed where we may (as root, or by sudo without a
 * password). Otherwise why there is none.
 */
export const findChromium = (environment: Readonly<Record<string, string | undefined>>): Browser => {
  const named = environment.CHROMIUM
  if (named) return existsSync(named) ? { path: named } : { missing: `CHROMIUM names ${named}, which does not exist` }
  if (existsSync(DEBIAN)) return { path: DEBIAN }
  if (!existsSync('/etc/debian_version')) return { missing: 'no Chromium: install it and name it in CHROMIUM' }
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  if (prefix.length && !succeeds('sudo', ['-n', 'true']))
    return { missing: 'no Chromium, and only root may install it: apt-get install chromium' }
  console.log('Installing Chromium with apt-get…')
  const apt = (...words: string[]) => succeeds('env', ['DEBIAN_FRONTEND=noninteractive', ...prefix, 'apt-get', '-q', ...words])
  apt('update')
  apt('install', '-y', '--no-install-recommends', 'chromium')
  return existsSync(DEBIAN) ? { path: DEBIAN } : { missing: 'no Chromium: apt-get could not install it (see above)' }
}

const succeeds = (program: string, words: string[]): boolean =>
  spawnSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
