/** What the platform tells only when asked: the worker that holds the channel asks as it takes it, and every hour. No webhook says any of this. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TemplateStatus } from '../../simulators/whatsapp/index.ts'
import { recordLog } from '../support/recorded-log.ts'
import { type Business, HOUR, openBusiness } from './business.ts'

const GHOST = `name: never_submitted
category: utility
text:
  fr: "Votre dossier avance."
`

const log = recordLog()
let house: Business
beforeAll(async () => {
  house = await openBusiness({ log, changed: { 'templates/never_submitted.yaml': () => GHOST } })
  const first = await house.until('the first reading', () => log.lines.find((line) => line.event === 'channel.read'))
  // The house opens at ten o'clock: where the clock jumped in the middle of the reading, it ran out of time.
  if (first.fields.standing !== true || first.fields.templates === null) await anHourLater()
  log.lines.length = 0
})
afterAll(() => house.close())

const wa = () => house.stage.whatsapp
const anHourLater = async () => {
  const read = log.next('channel.read')
  house.stage.clock.advance(HOUR)
  await read
}
const channel = async () =>
  (
    await house.connection.query<{ quality: string; perDay: number }>(
      `select quality, per_day as "perDay" from channel where id = 'whatsapp'`,
    )
  )[0]
const told = async () =>
  (await house.connection.query("select 1 from event where kind in ('channel.health-changed', 'template.changed')")).length
/** As an operator changes it at the platform, whose webhook is lost. */
const silently = (name: string, status: TemplateStatus) => {
  const template = wa().templates.find(name, 'fr')
  if (!template) throw new Error(`There is no template ${name}.`)
  template.status = status
}

describe('as the channel is taken', () => {
  it('the rating, the limit and the templates are known without a webhook', async () => {
    expect(await channel()).toEqual({ quality: 'green', perDay: 2000 })
    const states = await house.connection.query<{ name: string; state: string }>("select name, state from template where language = 'fr'")
    expect(Object.fromEntries(states.map(({ name, state }) => [name, state]))).toMatchObject({
      early_booking_offer: 'approved',
      answer_ready: 'approved',
      never_submitted: 'missing',
    })
  })

  it('a template that the platform does not have is refused before the call, with the remedy', async () => {
    const user = await house.customer()
    const calls = house.callsFor(user)
    const sent = await house.write(`+${user.person.phone}`, { category: 'utility', template: { name: 'never_submitted', language: 'fr' } })
    expect(sent).toMatchObject({ status: 'refused', decision: { outcome: 'refuse' } })
    expect(sent.decision.rulings[0]).toMatchObject({
      rule: 'whatsapp/template-state',
      remedy: { fr: expect.stringContaining('gestionnaire WhatsApp'), en: expect.stringContaining('WhatsApp Manager') },
    })
    expect(house.callsFor(user)).toBe(calls)
  })
})

describe('an hour later', () => {
  it('nothing is told where nothing changed', async () => {
    const before = await told()
    await anHourLater()
    expect(await told()).toBe(before)
  })

  it('a rating that fell to red without a word stops marketing, and somebody is told', async () => {
    const alerts = await house.alerts('channel.health-changed')
    wa().account.setQuality('RED', { silent: true })
    await anHourLater()
    expect(await channel()).toMatchObject({ quality: 'red' })
    expect(await house.alerts('channel.health-changed')).toBe(alerts + 1)
    const user = await house.customer()
    expect((await house.offer(`+${user.person.phone}`)).decision.rulings).toContainEqual(
      expect.objectContaining({ rule: 'whatsapp/quality', outcome: 'postpone' }),
    )
    wa().account.setQuality('GREEN', { silent: true })
    await anHourLater()
    expect(await channel()).toMatchObject({ quality: 'green' })
  })

  it('a template that was paused without a word is refused before the call; approved again, it leaves', async () => {
    silently('early_booking_offer', 'PAUSED')
    await anHourLater()
    const user = await house.customer()
    const calls = house.callsFor(user)
    expect(await house.offer(`+${user.person.phone}`)).toMatchObject({
      status: 'refused',
      decision: { rulings: [{ rule: 'whatsapp/template-state' }] },
    })
    expect(house.callsFor(user)).toBe(calls)
    silently('early_booking_offer', 'APPROVED')
    await anHourLater()
    await house.offer(`+${user.person.phone}`)
    await house.until('the offer on the phone', () => user.received.at(-1)?.text?.includes('Lisbonne'))
  })

  it('a template that was filed as marketing without a word is judged as marketing', async () => {
    const filed = (category: 'UTILITY' | 'MARKETING') => {
      const template = wa().templates.find('answer_ready', 'fr')
      if (template) template.category = category
    }
    const user = house.newcomer()
    const write = () =>
      house.write(`+${user.person.phone}`, {
        category: 'utility',
        template: { name: 'answer_ready', language: 'fr', parameters: { 1: 'Rome' } },
      })
    filed('MARKETING')
    await anHourLater()
    expect((await write()).decision.rulings).toContainEqual(expect.objectContaining({ rule: 'whatsapp/opt-in' }))
    filed('UTILITY')
    await anHourLater()
    expect((await write()).decision.outcome).toBe('allow')
  })

  it('a platform that does not answer is logged once, changes nothing, holds no send up, and is asked again soon', async () => {
    const before = await told()
    wa().account.scopes = ['whatsapp_business_messaging']
    await anHourLater()
    const again = log.next('channel.read')
    house.stage.clock.advance(5 * 60_000)
    await again
    expect(log.lines.filter((line) => line.event === 'channel.unread').map((line) => line.fields)).toEqual([
      { channel: 'whatsapp', what: 'standing', error: 'provider-refused code 10' },
      { channel: 'whatsapp', what: 'templates', error: 'provider-refused code 10' },
    ])
    await house.greet(house.newcomer())
    expect(await told()).toBe(before)

    wa().account.scopes = ['whatsapp_business_management', 'whatsapp_business_messaging']
    wa().account.tier = 'TIER_250'
    const answered = log.next('channel.read')
    house.stage.clock.advance(5 * 60_000)
    await answered
    expect(await channel()).toMatchObject({ perDay: 250 })
  })
})
