/** What cannot be decided is set aside after three tries or three deaths, visible, and everything else goes on. */
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashSecret, makeSecret } from '../../src/http/caller.ts'
import { createAccess } from '../../src/store/access/index.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { type Crew, type Member, openCrew } from './crew.ts'
import { KILLS, THROWS } from './planted.ts'

let database: FreshDatabase
let crew: Crew
beforeEach(async () => {
  database = await freshDatabase()
  crew = await openCrew({ databaseUrl: database.connectionString })
})
afterEach(async () => {
  await crew.close()
  await database.drop()
})

/** What an operator sees of it. */
const lookAt = async (member: Member) => {
  const secret = makeSecret(randomBytes(32))
  await createAccess(crew.connection).createKey({ name: secret.slice(3, 12), role: 'admin', hash: hashSecret(secret) }, 0)
  const headers = { authorization: `Bearer ${secret}` }
  const { items } = (await (await fetch(`${member.url}/api/v1/poison`, { headers })).json()) as { items: { kind: string; error: string }[] }
  const metrics = await (await fetch(`${member.url}/metrics`, { headers })).text()
  return { items, gauge: /^relais_poison (\d+)$/m.exec(metrics)?.[1] }
}

describe('a poison event', () => {
  it('that throws is set aside after three tries; its contact and all others go on', async () => {
    const member = await crew.start()
    const [one, other] = [crew.customer(), crew.customer()]
    one.sendText('avant')
    await crew.until('the first answer', () => one.received.length === 1)
    one.sendText(THROWS)
    await crew.until('it set aside', async () => (await crew.connection.query('select id from poison')).length === 1)
    one.sendText('après')
    other.sendText('un autre')
    await crew.until('both answered', () => one.received.length === 2 && other.received.length === 1)
    const { items, gauge } = await lookAt(member)
    expect(items).toMatchObject([{ kind: 'message', error: expect.stringContaining('planted') }])
    expect(gauge).toBe('1')
    expect(await crew.connection.query("select 1 from event where kind = 'alert' and data->>'about' = 'poison'")).toHaveLength(1)
    expect(member.process.exitCode).toBeNull()
  })

  it('that kills the process is set aside after three deaths; its contact and all others go on', async () => {
    await crew.start()
    const [one, other] = [crew.customer(), crew.customer()]
    one.sendText(KILLS)
    for (const deaths of [1, 2]) {
      await crew.until('a death', () => crew.members.length === 0)
      other.sendText(`après ${deaths}`)
      // It meets the event as soon as it works, which may be before it listens.
      await crew.start().catch((error) => expect(String(error)).toContain('worker.buried'))
    }
    await crew.until('the third death', () => crew.members.length === 0)
    other.sendText('après 3')
    const member = await crew.start()
    one.sendText('encore là')
    await crew.until('all answered', () => one.received.length === 1 && other.received.length === 3)
    const { items, gauge } = await lookAt(member)
    expect(items).toMatchObject([{ kind: 'message', error: expect.stringContaining('died') }])
    expect(gauge).toBe('1')
    expect(member.process.exitCode).toBeNull()
  })

  it('with letters that PostgreSQL cannot keep harms nobody', async () => {
    await crew.start()
    const [one, other] = [crew.customer(), crew.customer()]
    for (const text of ['nul \u0000 ici', 'moitié \ud800 seule', '\udfff', 'a'.repeat(4096)]) one.sendText(text)
    other.sendText('un autre')
    one.sendText('après')
    await crew.until(
      'the last and the other answered',
      () => other.received.length === 1 && one.received.some((line) => line.text === 'Reçu : après'),
    )
    await crew.rest()
  })
})
