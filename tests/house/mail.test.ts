/** Mails through the whole house: heard as they come, answered in their thread, and nothing said to machines. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '../../simulators/clocks.ts'
import { type MailProvider, startMailProvider } from '../../simulators/email/index.ts'
import { openHouse, type TestHouse } from '../support/house.ts'

const SERVICE = 'service@voyages.test'
let provider: MailProvider
let house: TestHouse
let folder: string

const writeWorkspace = ({ smtpPort, imapPort, password }: MailProvider): string => {
  const folder = mkdtempSync(join(tmpdir(), 'relais-mail-workspace-'))
  mkdirSync(join(folder, 'journeys'))
  writeFileSync(
    join(folder, 'relais.yaml'),
    `workspace: { name: Voyages Lumière, country: FR, locale: fr, timezone: Europe/Paris, sector: travel }
channels:
  mail: { kind: email, address: ${SERVICE}, smtpHost: 127.0.0.1, smtpPort: ${smtpPort}, imapHost: 127.0.0.1, imapPort: ${imapPort}, user: ${SERVICE}, password: ${password} }
engines:
  faq: { kind: extractive }
plans:
  think: { default: [faq] }
assistant: { aiIs: incidental, since: 2024-05-01, disclosure: { fr: Assistant IA., en: AI assistant. } }
`,
  )
  writeFileSync(
    join(folder, 'journeys', 'hours.yaml'),
    'journey: hours\nstarts: [{ always: true }]\nsteps:\n  - say: { fr: Nous ouvrons à 9 h., en: We open at 9. }\n',
  )
  return folder
}

beforeEach(async () => {
  provider = await startMailProvider({ address: SERVICE, clock: systemClock })
  folder = writeWorkspace(provider)
  house = await openHouse({ workspace: folder })
  // It listens once it has taken the channel and seen where the folder ends.
  await house.until('listening', async () => (await house.connection.query('select 1 from channel where place is not null')).length > 0)
})
afterEach(async () => {
  await house.close()
  await provider.close()
  rmSync(folder, { recursive: true })
})

it('answers a mail in its thread, says that it is automatic, and hears the answer to it', async () => {
  const camille = provider.person('camille@clients.test', 'Camille')
  camille.write({ subject: 'Horaires', text: 'À quelle heure ouvrez-vous ?' })
  const letter = await house.until('an answer', () => camille.thread().find(({ from }) => from === 'business'))
  expect(letter.subject).toBe('Re: Horaires')
  expect(letter.raw).toMatch(/^Auto-Submitted: auto-replied/m)
  camille.reply(letter, 'Merci !')
  const kept = await house.until('the answer', async () =>
    (await house.connection.query<{ content: object }>("select content from message where direction = 'in' order by at desc, id desc"))[1]
      ? 'two'
      : null,
  )
  expect(kept).toBe('two')
  await house.until(
    'delivered',
    async () => (await house.connection.query('select 1 from message where delivered_at is not null')).length > 0,
  )
})

it('shows what a machine writes and never answers it', async () => {
  const machine = provider.person('machine@clients.test')
  machine.write({ subject: 'Absence', text: 'Je suis absent.', headers: { 'Auto-Submitted': 'auto-replied' } })
  await house.until('kept', async () => (await house.connection.query("select 1 from message where direction = 'in'")).length === 1)
  const camille = provider.person('camille@clients.test')
  camille.write({ subject: 'Horaires', text: 'À quelle heure ouvrez-vous ?' })
  await house.until('an answer to the other', () => camille.thread().some(({ from }) => from === 'business'))
  expect(machine.thread().filter(({ from }) => from === 'business')).toEqual([])
})

it('goes on where it stopped after the mailbox was gone', async () => {
  provider.turn('down')
  const camille = provider.person('camille@clients.test')
  camille.write({ subject: 'Horaires', text: 'À quelle heure ouvrez-vous ?' })
  provider.turn(null)
  await house.until('an answer', () => camille.thread().some(({ from }) => from === 'business'), 30_000)
  expect((await house.connection.query("select 1 from message where direction = 'in'")).length).toBe(1)
})
