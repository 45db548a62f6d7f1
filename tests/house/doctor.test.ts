/** `relais doctor` beside a running house: each fault an operator meets gives its own finding with what to do; a healthy set-up none. */
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPatient, type Patient } from '../support/doctor.ts'
import type { TestHouse } from '../support/house.ts'
import { FAULTS } from './doctor-faults.ts'

let patient: Patient
let house: TestHouse
beforeAll(async () => {
  patient = await openPatient()
  house = patient.house
})
afterAll(() => patient.close())

const examine: Patient['examine'] = (asked) => patient.examine(asked)
const run: Patient['run'] = (asked) => patient.run(asked)

describe('a healthy set-up', () => {
  it('has no finding, and every check is well', async () => {
    const { healthy, checks, findings, code } = await examine()
    expect(findings).toEqual([])
    expect(checks).toEqual(
      ['workspace', 'whatsapp', 'main', 'faq', 'automation', 'store', 'disk'].map((subject) => ({ subject, ok: true })),
    )
    expect([healthy, code]).toEqual([true, 0])
  })

  it('is told in a line a check, in both languages', async () => {
    const { text } = await run({ language: 'fr' })
    expect(text.match(/^✓ /gm)).toHaveLength(7)
    expect(text).toContain('✓ Canal «\u00a0whatsapp\u00a0»\u00a0: le fournisseur répond')
    expect(text.trimEnd()).toMatch(/Tout va bien\.$/)
    expect((await run({})).text.trimEnd()).toMatch(/All is well\.$/)
  })

  it('is asked without a word to any customer, and leaves the database as it was', async () => {
    const { ledger } = house.stage.whatsapp
    const rows = () => house.connection.query('select (select count(*) from event) as events, (select count(*) from message) as messages')
    // The house itself asks the provider for its templates when it takes the channel: what it is told stands before.
    await house.until('the templates are known', async () => (await house.connection.query('select from template limit 1')).length > 0)
    const before = [ledger.sends.length, await rows()]
    await examine()
    expect([ledger.sends.length, await rows()]).toEqual(before)
  })
})

describe('one fault', () => {
  it.each(FAULTS)('$name is $finds, and nothing else', async ({ finds, level = 'error', inject }) => {
    const { asked = {}, heal } = await inject(patient)
    try {
      const report = await examine(asked)
      expect(report.findings.map(({ id }) => id)).toEqual([finds])
      const [finding] = report.findings
      expect(finding?.level).toBe(level)
      expect([report.healthy, report.code]).toEqual(level === 'error' ? [false, 1] : [true, 0])
      for (const words of [finding?.words, finding?.remedy]) {
        expect(words?.fr.length).toBeGreaterThan(15)
        expect(words?.en.length).toBeGreaterThan(15)
        expect(words?.fr).not.toBe(words?.en)
      }
    } finally {
      await heal?.()
    }
  })

  it('is never told like another', () => {
    expect(new Set(FAULTS.map(({ finds }) => finds)).size).toBe(FAULTS.length)
    expect(FAULTS.length).toBeGreaterThanOrEqual(12)
  })

  it('is told with what, where and what to do', async () => {
    house.stage.whatsapp.account.tokenValid = false
    const { text, code } = await run({ language: 'fr' })
    house.stage.whatsapp.account.tokenValid = true
    expect(code).toBe(1)
    expect(text).toMatch(
      /Canal «\u00a0whatsapp\u00a0»\n {2}✗ Le jeton d’accès a expiré\..*\n {4}relais\.yaml:\d+ {2}whatsapp\/token-expired.*\n {4}→ Créez un jeton permanent/,
    )
    expect(text).toContain('✓ Moteur «\u00a0main\u00a0»')
    expect(text.trimEnd()).toMatch(/1 erreur\.$/)
  })
})

describe('several faults', () => {
  it('are all told at once', async () => {
    house.stage.whatsapp.webhooks.subscribed = false
    house.stage.engine.always({ kind: 'unauthorised' })
    const { findings } = await examine({ tools: { freeBytes: async () => 0 } })
    house.stage.whatsapp.webhooks.subscribed = true
    house.stage.engine.always({ kind: 'answer' })
    expect(findings.map(({ id }) => id)).toEqual(['whatsapp/app-not-subscribed', 'engine-key-refused', 'disk-full'])
  })

  it('of the folder leave the database and the disk examined', async () => {
    const { findings, checks } = await examine({ env: { WHATSAPP_TOKEN: undefined, PUBLIC_URL: 'relais.example.fr' } })
    expect(findings.map(({ id, file }) => [id, file])).toEqual([
      ['secret-missing', 'relais.yaml'],
      ['public-url-unusable', undefined],
    ])
    expect(checks.map(({ subject }) => subject)).toEqual(['workspace', 'automation', 'store', 'disk'])
  })
})

it('a banned account is one finding: that Relais has cut the channel follows from it', async () => {
  const { account } = house.stage.whatsapp
  const health = async () => (await house.connection.query<{ health: string }>('select health from channel'))[0]?.health
  account.ban()
  await house.until('the channel cut', async () => (await health()) === 'cut')
  expect((await examine()).findings.map(({ id }) => id)).toEqual(['whatsapp/account-blocked'])
  account.reinstate()
  await house.until('the channel healthy', async () => (await health()) === 'healthy')
  expect((await examine()).findings).toEqual([])
})

it('no secret is ever told', async () => {
  const secrets = ['WHATSAPP_TOKEN', 'WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN'].map((name) => house.stage.env[name] ?? '')
  const dead = { DATABASE_URL: 'postgresql://relais:pass-of-the-database@127.0.0.1:1/relais' }
  for (const { inject } of FAULTS) {
    const { asked = {}, heal } = await inject(patient)
    const { text } = await run({ ...asked, env: { ...dead, ...asked.env } })
    await heal?.()
    for (const secret of [...secrets, 'pass-of-the-database']) expect(text).not.toContain(secret)
  }
})

it('a provider that never answers ends the examination in time', async () => {
  const silent: Server = createServer(() => {})
  await new Promise<void>((ready) => silent.listen(0, '127.0.0.1', ready))
  const address = silent.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const begun = Date.now()
  const { findings } = await examine({ env: { WHATSAPP_API_URL: `http://127.0.0.1:${port}` }, tools: { limitMs: 500 } })
  silent.closeAllConnections()
  silent.close()
  expect(findings.map(({ id }) => id)).toEqual(['whatsapp/api-unreachable'])
  expect(Date.now() - begun).toBeLessThan(5_000)
})

it('a folder that does not exist is wrong use', async () => {
  expect((await run({ folder: '/nowhere/at/all' })).code).toBe(2)
})
