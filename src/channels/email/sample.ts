/** A mailbox and a scripted outgoing server, for the tests beside this file. */
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { Behaviour, FarEnd, Heard } from '../contract/provider.ts'
import { config, type EmailConfig } from './config.ts'

export const settings = (smtpPort = 1, imapPort = 1): EmailConfig =>
  config.parse({
    address: 'service@relais.test',
    name: 'Voyages Lumière',
    smtpHost: '127.0.0.1',
    smtpPort,
    imapHost: '127.0.0.1',
    imapPort,
    user: 'service@relais.test',
    password: 'mailbox-secret',
  })

/** A reply of the server, and to what. */
export type Reply = { readonly at: 'login' | 'sender' | 'recipient' | 'content'; readonly code: number; readonly text: string }

const refusal = ({ code, text }: Reply): Error => Object.assign(new Error(text), { responseCode: code })

/** Hears mails whole; then answers, hangs up or stays silent, as each case wants. */
export const openSmtpPeer = async (): Promise<FarEnd<Reply>> => {
  let behaviour: Behaviour<Reply> = { at: 'content', code: 250, text: 'OK' }
  const heard: Heard[] = []
  const sockets = new Set<Socket>()
  let waiting: ((heard: Heard) => void)[] = []
  const says = (at: Reply['at'], done: (error?: Error | null) => void) => {
    const refused = typeof behaviour === 'object' && behaviour.at === at && behaviour.code >= 400 ? refusal(behaviour) : null
    done(refused)
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onConnect: (_session, done) => done(),
    onAuth: (auth, _session, done) => says('login', (error) => (error ? done(error) : done(null, { user: auth.username ?? '' }))),
    onMailFrom: (_address, _session, done) => says('sender', done),
    onRcptTo: (_address, _session, done) => says('recipient', done),
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const one = { method: 'DATA', path: '', headers: {}, body: Buffer.concat(chunks).toString('utf8') }
        heard.push(one)
        if (behaviour === 'reset' || behaviour === 'cut') for (const socket of sockets) socket.destroy()
        else if (behaviour !== 'silent') says('content', done)
        for (const resolve of waiting) resolve(one)
        waiting = []
      })
    },
  })
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: (server.server.address() as AddressInfo).port,
    heard,
    behave: (next) => {
      behaviour = next
      // Who is logged in already logs in again.
      for (const socket of sockets) socket.destroy()
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
