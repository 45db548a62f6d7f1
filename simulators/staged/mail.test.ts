import { afterEach, expect, it } from 'vitest'
import { systemClock } from '../clocks.ts'
import { type MailProvider, startMailProvider } from '../email/index.ts'
import { stageMail } from './mail.ts'

let provider: MailProvider | undefined
afterEach(() => provider?.close())

const open = async () => {
  provider = await startMailProvider({ address: 'bonjour@agence.example', clock: systemClock })
  const asked: string[] = []
  const staged = stageMail(provider, async (url, { method, body }) => {
    asked.push(`${method} ${url} ${body}`)
    return new Response()
  })
  const address = staged.inbox?.addressOf({ name: 'Aïcha Benali', phone: null }) ?? ''
  return { provider, staged, address, asked }
}

it('gives everybody a mailbox by their name', async () => {
  expect((await open()).address).toBe('aicha.benali@courriel.example')
})

it('writes to the business’s mailbox, and shows both ways', async () => {
  const { provider, staged, address } = await open()
  staged.inbox?.write(address, 'Hello, is it too late to cancel? My booking is VL204518.', {})
  expect(staged.inbox?.lines(address).map(({ from, subject, text }) => [from, subject, text])).toEqual([
    ['customer', 'Hello, is it too late to cancel?', 'Hello, is it too late to cancel? My booking is VL204518.'],
  ])
  expect(provider.mailboxes.folder('bonjour@agence.example', 'INBOX')).toBeTruthy()
})

it('answers a letter in its thread, and takes the way out that it offers by one click', async () => {
  const { provider, staged, address, asked } = await open()
  const raw = 'From: <bonjour@agence.example>\r\nReply-To: <bonjour+x@agence.example>\r\nSubject: Offre\r\nMessage-ID: <a@b>\r\n\r\nBonjour'
  provider
    .person(address)
    .restore({ id: 'a@b', from: 'business', at: 1, subject: 'Offre', text: 'Bonjour', read: false, leave: 'http://127.0.0.1/u', raw })
  expect(staged.inbox?.lines(address)[0]?.leave).toBe(true)
  staged.inbox?.write(address, 'Merci', { answers: 'a@b', subject: 'Offre' })
  expect(staged.inbox?.lines(address).at(-1)?.subject).toBe('Re: Offre')
  await staged.inbox?.leave?.(address, 'a@b')
  expect(asked).toEqual(['POST http://127.0.0.1/u List-Unsubscribe=One-Click'])
})

it('is cut and healed', async () => {
  const { staged } = await open()
  staged.turn('silent')
  expect(staged.cut).toBe('silent')
  staged.turn(null)
  expect([staged.cut, staged.received()]).toEqual([null, []])
})
