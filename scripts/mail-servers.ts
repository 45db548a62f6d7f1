import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const PROGRAMS = ['/usr/sbin/postfix', '/usr/sbin/dovecot', '/usr/lib/dovecot/imap']

/**
 * Debian's postfix and dovecot for the mail tests, installed where we may (as root) and not started: the tests run their own. Says why where
 * there are none.
 */
export const findMailServers = (): { readonly missing: string } | undefined => {
  const root = process.getuid?.() === 0
  if (PROGRAMS.every((program) => existsSync(program))) return root ? undefined : { missing: 'postfix runs as root only' }
  if (!existsSync('/etc/debian_version')) return { missing: 'no postfix and dovecot of Debian here' }
  if (!root) return { missing: 'only root may install and run postfix and dovecot: apt-get install postfix dovecot-imapd' }
  console.log('Installing postfix and dovecot with apt-get…')
  const apt = (...words: string[]) =>
    spawnSync('env', ['DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get', '-q', ...words], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  apt('update')
  apt('install', '-y', '--no-install-recommends', 'postfix', 'dovecot-imapd')
  return PROGRAMS.every((program) => existsSync(program))
    ? undefined
    : { missing: 'apt-get could not install postfix and dovecot (see above)' }
}
