/**
 * Debian's postfix and dovecot in a folder of their own, on loopback ports nobody else has: what the connector is proved against. They need
 * root; each is ended by its process id.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { freePort } from '../support/free-port.ts'

export type MailServers = {
  readonly smtpPort: number
  readonly imapPort: number
  /** Puts a mail into a folder as if it had come in. */
  deliver(address: string, mail: string, folder?: string): void
  /** Numbers a folder anew, as after a restored backup: another UIDVALIDITY, and other UIDs. */
  renumber(address: string, folder: string): void
  makeFolder(address: string, folder: string): void
  close(): Promise<void>
}

export const PASSWORD = 'correct-horse'
/** `lost.test` is another server’s, which refuses what postfix hands on: it is reported afterwards. */
export const [SERVICE, CUSTOMER, LOST] = ['service@relais.test', 'camille@clients.test', 'nobody@lost.test']

const idOf = (user: string, group = false): string => spawnSync('id', [group ? '-g' : '-u', user], { encoding: 'utf8' }).stdout.trim()

const mainCf = (root: string, uid: string, gid: string): string => `
compatibility_level = 3.6
queue_directory = ${root}/queue
data_directory = ${root}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.relais.test
mydestination =
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks =
virtual_mailbox_domains = relais.test, clients.test
virtual_mailbox_base = ${root}/mail
virtual_mailbox_maps = texthash:${root}/mailboxes
virtual_uid_maps = static:${uid}
virtual_gid_maps = static:${gid}
virtual_minimum_uid = 1
transport_maps = texthash:${root}/transport
recipient_delimiter = +
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = ${root}/auth
smtpd_tls_security_level = none
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_relay_restrictions = permit_sasl_authenticated, reject
message_size_limit = 60000000
virtual_mailbox_limit = 0
maillog_file_prefixes = ${root}
maillog_file = ${root}/postfix.log
`

const masterCf = (port: number): string => `
127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`

const dovecotConf = (root: string, port: number, uid: string, gid: string): string => `
base_dir = ${root}/run
state_dir = ${root}/run
instance_name = relais-${port}
log_path = ${root}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:${root}/mail/%d/%n
mail_privileged_group = mail
first_valid_uid = 1
first_valid_gid = 1
default_login_user = dovenull
default_internal_user = dovecot
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${root}/mail/%d/%n
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service auth {
  unix_listener ${root}/auth {
    mode = 0666
  }
}
namespace inbox {
  inbox = yes
  separator = /
}
`

const listens = async (port: number): Promise<void> => {
  for (let tries = 0; tries < 200; tries++) {
    const socket = connect(port, '127.0.0.1')
    const up = await Promise.race([
      once(socket, 'data').then(() => true),
      once(socket, 'error').then(() => false),
      pause(1000, false),
    ]).catch(() => false)
    socket.destroy()
    if (up) return
    await pause(50)
  }
  throw new Error(`Nothing listens on port ${port}.`)
}

/** Somebody else's server, which knows none of the recipients. */
const refuseEverybody = async (): Promise<{ readonly port: number; close(): void }> => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: (_address, _session, done) => done(Object.assign(new Error('5.1.1 No such mailbox here'), { responseCode: 550 })),
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  return { port: typeof address === 'object' && address ? address.port : 0, close: () => server.close() }
}

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

export const startMailServers = async (): Promise<MailServers> => {
  const root = mkdtempSync(join(tmpdir(), 'relais-mail-'))
  chmodSync(root, 0o755)
  const [uid, gid] = [idOf('mail'), idOf('mail', true)]
  const [smtpPort, imapPort] = [await freePort(), await freePort()]
  for (const folder of ['postfix', 'queue', 'data', 'mail', 'run']) mkdirSync(join(root, folder))
  spawnSync('chown', ['postfix', join(root, 'data')])
  spawnSync('chown', [`${uid}:${gid}`, join(root, 'mail')])
  const place = (address: string) => address.split('@').reverse().join('/')
  writeFileSync(join(root, 'mailboxes'), [SERVICE, CUSTOMER].map((address) => `${address} ${place(address)}/\n`).join(''))
  const stranger = await refuseEverybody()
  writeFileSync(join(root, 'transport'), `lost.test smtp:[127.0.0.1]:${stranger.port}\n`)
  writeFileSync(join(root, 'postfix', 'main.cf'), mainCf(root, uid, gid))
  writeFileSync(join(root, 'postfix', 'master.cf'), masterCf(smtpPort))
  writeFileSync(join(root, 'dovecot.conf'), dovecotConf(root, imapPort, uid, gid))
  const running: ChildProcess[] = []
  const start = (program: string, ...words: string[]) => {
    running.push(spawn(program, words, { stdio: 'ignore' }))
  }
  const close = async () => {
    await Promise.all(running.map(end))
    stranger.close()
    rmSync(root, { recursive: true, force: true })
  }
  try {
    start('/usr/sbin/dovecot', '-F', '-c', join(root, 'dovecot.conf'))
    spawnSync('/usr/sbin/postfix', ['-c', join(root, 'postfix'), 'check'])
    // Whoever asks postfix before dovecot can be asked for passwords is told to come back in a minute.
    await listens(imapPort)
    start('/usr/lib/postfix/sbin/master', '-c', join(root, 'postfix'), '-s')
    await listens(smtpPort)
  } catch (error) {
    const said = ['dovecot.log', 'postfix.log'].map((name) => (existsSync(join(root, name)) ? readFileSync(join(root, name), 'utf8') : ''))
    await close()
    throw new Error(`${String(error)}\n${said.join('\n')}`)
  }
  const folderOf = (address: string, folder: string) =>
    join(root, 'mail', place(address), folder === 'INBOX' ? '' : `.${folder.replaceAll('/', '.')}`)
  const owned = (path: string) => spawnSync('chown', ['-R', `${uid}:${gid}`, path])
  let count = 0
  const makeFolder = (address: string, folder: string) => {
    for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(folderOf(address, folder), part), { recursive: true })
    owned(join(root, 'mail', address.slice(address.indexOf('@') + 1)))
  }
  return {
    smtpPort,
    imapPort,
    makeFolder,
    deliver: (address, mail, folder = 'INBOX') => {
      makeFolder(address, folder)
      count += 1
      const name = `${1_700_000_000 + count}.M${count}P1.test`
      const draft = join(folderOf(address, folder), 'tmp', name)
      writeFileSync(draft, mail.replace(/\r?\n/g, '\n'))
      owned(draft)
      renameSync(draft, join(folderOf(address, folder), 'new', name))
    },
    renumber: (address, folder) => {
      const list = join(folderOf(address, folder), 'dovecot-uidlist')
      const [head = '', ...lines] = readFileSync(list, 'utf8').trimEnd().split('\n')
      const renewed = lines.map((line, at) => line.replace(/^\d+/, String(at + 1)))
      const next = head.replace(/V\d+/, (validity) => `V${Number(validity.slice(1)) + 1}`).replace(/N\d+/, `N${lines.length + 1}`)
      writeFileSync(list, `${[next, ...renewed].join('\n')}\n`)
      for (const index of ['dovecot.index', 'dovecot.index.log', 'dovecot.index.cache', 'dovecot.list.index', 'dovecot.list.index.log'])
        rmSync(join(folderOf(address, folder), index), { force: true })
    },
    close,
  }
}
