/** One-time codes through a whole house: to the customer's phone and nowhere else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User } from '../../simulators/whatsapp/index.ts'
import { type Business, MINUTE, openBusiness } from './business.ts'

const lines: string[] = []
const write = (event: string, fields?: object) => void lines.push(`${event} ${JSON.stringify(fields ?? {})}`)

let business: Business
beforeAll(async () => {
  business = await openBusiness({ log: { debug: write, info: write, warn: write, error: write } })
})
afterAll(() => business.close())

type Code = { id: string; message: string; expiresAt: number; status: string; attempts: number; price: object | null }
const ask = (user: User, more: object = {}) =>
  business.call('system', 'POST', '/codes', { to: { phone: `+${user.person.phone}` }, purpose: 'login', ...more })
const codeOf = async (user: User, more: object = {}): Promise<Code> => {
  const { status, body } = await ask(user, more)
  if (status !== 202) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body as unknown as Code
}
const told = async (user: User, count = 1): Promise<string> => {
  await business.until('the code', () => user.received.length >= count)
  const found = /\b\d{4,10}\b/.exec(user.received.at(-1)?.text ?? '')
  if (!found) throw new Error(`no code in ${user.received.at(-1)?.text}`)
  return found[0]
}
const tryCode = async (id: string, code: string) =>
  (await business.call('system', 'POST', `/codes/${id}/checks`, { code })).body as { valid: boolean; attemptsLeft: number; reason: string }
const wrongOf = (code: string) => String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0')

describe('a one-time code', () => {
  it('reaches the phone by the authentication template, is right once, and a replay is refused', async () => {
    const user = business.newcomer()
    const sent = await codeOf(user)
    expect(sent).toMatchObject({ attempts: 5, price: { known: true } })
    const code = await told(user)
    expect(code).toMatch(/^\d{6}$/)
    expect(await tryCode(sent.id, wrongOf(code))).toMatchObject({ valid: false, reason: 'wrong', attemptsLeft: 4 })
    expect(await tryCode(sent.id, `${code.slice(0, 3)} ${code.slice(3)}`)).toMatchObject({ valid: true, reason: 'right' })
    expect(await tryCode(sent.id, code)).toMatchObject({ valid: false, reason: 'used' })
  })

  it('is told in the language asked for, else in that of the thread, else in the business’s', async () => {
    const texts = []
    for (const [wrote, more] of [
      ['', {}],
      ['', { language: 'en' }],
      ['What does it cost to cancel my trip?', {}],
    ] as const) {
      const user = business.newcomer()
      if (wrote) {
        user.sendText(wrote)
        await business.until('an answer', () => user.received.length > 0)
      }
      await codeOf(user, more)
      const isCode = ({ text }: { readonly text: string }) => /\b\d{6}\b/.test(text)
      texts.push((await business.until('the code', () => user.received.find(isCode))).text)
    }
    expect(texts).toEqual([
      expect.stringContaining('est votre code'),
      expect.stringContaining('is your'),
      expect.stringContaining('is your'),
    ])
  })

  it('is nowhere in the house: no table, no log, no thread, no stream; the thread shows dots', async () => {
    const user = business.newcomer()
    const sent = await codeOf(user, { length: 10, reference: 'login-1' })
    const code = await told(user)
    await business.until('the receipt', async () => (await business.statusOf(sent.message)) === 'delivered')
    expect(code).toMatch(/^\d{10}$/)
    const tables = await business.connection.query<{ name: string }>(
      'select tablename as name from pg_tables where schemaname = current_schema()',
    )
    const dump: string[] = []
    for (const { name } of tables)
      dump.push(
        ...(await business.connection.query<{ row: string }>(`select to_jsonb(t)::text as row from "${name}" t`)).map(({ row }) => row),
      )
    expect(dump.join('\n')).toContain(sent.id)
    expect(dump.filter((row) => row.includes(code))).toEqual([])
    expect(lines.filter((line) => line.includes(code))).toEqual([])
    const { body } = await business.call('agent', 'GET', `/messages/${sent.message}`)
    expect(JSON.stringify(body)).toContain('••••••••••')
    expect(body).toMatchObject({ reference: 'login-1', category: 'authentication' })
  })

  it('guessed five times is dead, for the right digits too', async () => {
    const user = business.newcomer()
    const sent = await codeOf(user)
    const code = await told(user)
    const guesses = []
    for (let n = 0; n < 6; n++) guesses.push(await tryCode(sent.id, wrongOf(code)))
    expect(guesses.map(({ attemptsLeft }) => attemptsLeft)).toEqual([4, 3, 2, 1, 0, 0])
    expect(await tryCode(sent.id, code)).toMatchObject({ valid: false, reason: 'no-tries-left' })
  })

  it('expired is refused; a newer one of the same purpose replaces it, one of another purpose does not', async () => {
    const user = business.newcomer()
    const first = await codeOf(user, { expires: 120 })
    const code = await told(user)
    business.stage.clock.advance(2 * MINUTE)
    expect(await tryCode(first.id, code)).toMatchObject({ valid: false, reason: 'expired' })
    const second = await codeOf(user)
    const secondCode = await told(user, 2)
    business.stage.clock.advance(MINUTE)
    const payment = await codeOf(user, { purpose: 'payment' })
    const paymentCode = await told(user, 3)
    business.stage.clock.advance(MINUTE)
    const third = await codeOf(user)
    const thirdCode = await told(user, 4)
    expect(await tryCode(second.id, secondCode)).toMatchObject({ valid: false, reason: 'replaced' })
    expect((await tryCode(payment.id, paymentCode)).valid).toBe(true)
    expect((await tryCode(third.id, thirdCode)).valid).toBe(true)
  })

  it('is sent once in 30 seconds and five times an hour; who comes too soon is told when', async () => {
    const user = business.newcomer()
    await codeOf(user)
    const soon = await ask(user)
    expect([soon.status, soon.body.code]).toEqual([429, 'too-many-codes'])
    expect(Number(soon.body.detail)).toBeLessThanOrEqual(30)
  })

  it('leaves no more this hour once as many have gone as relais.yaml permits, to whomever; the business is told', async () => {
    await business.connection.query(
      "insert into code (id, message_id, whom, purpose, digits, made_at, expires_at, tries_left) select 'cod_pumped_' || n, '', '{}', 'login', 6, $1, 0, 0 from generate_series(1, 300) n",
      [business.stage.clock.now()],
    )
    const { status, body } = await ask(business.newcomer())
    expect([status, body.code, Number(body.detail) > 3_000]).toEqual([429, 'codes-limit', true])
    expect(await business.connection.query("select 1 from event where kind = 'alert' and data->>'about' = 'codes-limit'")).toHaveLength(1)
    await business.connection.query("delete from code where id like 'cod_pumped_%'")
  })

  it.each(['+881612345678', '+3225551234'])('for a telephone of no country that is ours, %s, meets the lower limit', async (phone) => {
    await business.connection.query(
      "insert into code (id, message_id, whom, purpose, digits, made_at, expires_at, tries_left, abroad) select 'cod_abroad_' || n, '', '{}', 'login', 6, $1, 0, 0, true from generate_series(1, 50) n",
      [business.stage.clock.now()],
    )
    const { status, body } = await ask(business.newcomer(), { to: { phone } })
    await business.connection.query("delete from code where id like 'cod_abroad_%'")
    expect([status, body.code]).toEqual([429, 'codes-limit'])
  })

  it('of no use any more does not leave: one that waited while the channel was paused', async () => {
    const user = business.newcomer()
    await business.call('admin', 'POST', '/channels/whatsapp/pause', {})
    const sent = await codeOf(user, { expires: 60 })
    business.stage.clock.advance(2 * MINUTE)
    await business.call('admin', 'POST', '/channels/whatsapp/resume')
    await business.until('the end of it', async () => (await business.statusOf(sent.message)) === 'cancelled')
    expect(business.callsFor(user)).toBe(0)
  })
})

describe('what is asked wrongly', () => {
  it.each([
    ['a plan nobody set up', { plan: 'sideways' }, 'plan'],
    ['a template that is none', { template: 'menu' }, 'template'],
    ['a purpose with spaces', { purpose: 'log in' }, 'purpose'],
    ['three digits', { length: 3 }, 'length'],
  ])('%s is refused by its field', async (_, more, field) => {
    const { status, body } = await ask(business.newcomer(), more)
    expect(status).toBe(422)
    expect((body.errors as { field: string }[])[0]?.field).toBe(field)
  })

  it('an unknown code is not found, and an agent may not try codes', async () => {
    const id = 'cod_019a9b1c-7d2e-7f00-8a00-0123456789ab'
    expect((await business.call('system', 'POST', `/codes/${id}/checks`, { code: '123456' })).status).toBe(404)
    expect((await business.call('agent', 'POST', `/codes/${id}/checks`, { code: '123456' })).status).toBe(403)
  })
})
