/** A running relay takes changed rules and budgets, keeps the last good ones where they do not fit, and can judge anew what it judged by either. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reload } from '../../src/cli/reload.ts'
import type { Situation } from '../../src/core/situation.ts'
import { judge, rulebookOf } from '../../src/policy/index.ts'
import { marksOf } from '../../src/store/marks.ts'
import { type Business, openBusiness } from './business.ts'

const RULE = `rule: own/no-offers
by: business
about: { fr: Plus d’offres., en: No more offers. }
when: message.category == "marketing"
says: [{ place: world, from: 2025-01-01, ruling: { hold: {} } }]
remedy: { fr: Relisez-la., en: Read it again. }
`
let house: Business
const said: string[] = []
const logged: string[] = []
const log = { debug() {}, info: (event: string) => logged.push(event), warn() {}, error: (event: string) => logged.push(event) }
let judging = ''
let people = 0

beforeAll(async () => {
  house = await openBusiness()
  judging = (await house.connection.query<{ digest: string }>('select digest from rulebook'))[0]?.digest ?? ''
})
afterAll(() => house.close())

const change = async (name: string, text: string) => {
  await writeFile(join(house.folder, name), text)
  const io = { stderr: (line: string) => said.push(line), language: 'en' as const }
  judging = await reload(house.house, judging, { folder: house.folder, env: house.stage.env, io, log })
}
const offer = async () => {
  people += 1
  const user = house.stage.whatsapp.user({ phone: `+3361234560${people}`, name: 'Lina' })
  user.sendText('bonjour')
  await house.until('the greeting', () => user.received.length === 1)
  await house.consent((await house.contactOf(user)).id, true)
  return (await house.offer(`+${user.person.phone}`)).decision
}

describe('the budgets of a running relay', () => {
  let settings = ''
  beforeAll(async () => {
    settings = await readFile(join(house.folder, 'relais.yaml'), 'utf8')
  })

  it('are taken anew: the next message is held against them, and then no more', async () => {
    await change('relais.yaml', `${settings}\nbudgets: { whatsapp: { day: 0.01 EUR } }\n`)
    expect(logged.splice(0)).toEqual(['budgets.taken'])
    const user = house.stage.whatsapp.user({ phone: '+33612345690', name: 'Zoé' })
    user.sendText('bonjour')
    const held = await house.until('the answer held', async () => (await house.sentTo(user)).find(({ status }) => status === 'held'))
    expect((await house.decisionsOf(held.id)).at(-1)?.rulings).toContainEqual(expect.objectContaining({ rule: 'business/budget' }))
  })

  it('stay as they were where relais.yaml has a mistake, which is said with file and line', async () => {
    await change('relais.yaml', `${settings}\nbudgets: { whatsap: { day: 9 EUR } }\n`)
    expect(logged.splice(0)).toEqual(['budgets.kept'])
    expect(said.splice(0).join('')).toMatch(/budgets stay as they were\.\nrelais\.yaml:\d+:\d+/)
  })

  it('are none where there are none any more', async () => {
    await change('relais.yaml', settings)
    expect(logged.splice(0)).toEqual(['budgets.taken'])
    const user = house.stage.whatsapp.user({ phone: '+33612345691', name: 'Zoé' })
    user.sendText('bonjour')
    await house.until('the greeting', () => user.received.length === 1)
  })
})

describe('the rules of a running relay', () => {
  it('are taken anew, and told in the journal', async () => {
    expect((await offer()).outcome).toBe('allow')
    const former = judging
    await change('rules/no-offers.yaml', RULE)
    expect(judging).not.toBe(former)
    expect(await offer()).toMatchObject({ outcome: 'hold', rulings: [{ rule: 'own/no-offers' }] })
    const told = await house.connection.query<{ data: object }>("select data from event where kind = 'rulebook.changed'")
    expect(told).toEqual([{ data: { digest: judging, former } }])
    expect(logged).toEqual(['rules.taken'])
    const listed = await house.call('admin', 'GET', '/rules')
    expect(JSON.stringify(listed.body)).toContain('own/no-offers')
  })

  it('stay as they are where nothing changed', async () => {
    await change('rules/no-offers.yaml', `# The same.\n${RULE}`)
    expect(logged).toEqual(['rules.taken'])
  })

  it('stay the last good ones where the new do not fit, which is said with file and line', async () => {
    const before = judging
    await change('rules/no-offers.yaml', RULE.replace('message.category', 'mesage.category'))
    expect(judging).toBe(before)
    expect(logged).toEqual(['rules.taken', 'rules.kept'])
    expect(said.join('')).toContain('The new rules do not fit; the last good ones go on.')
    expect(said.join('')).toContain('rules/no-offers.yaml:4:7')
    expect((await offer()).outcome).toBe('hold')
  })

  it('are kept by digest: every decision is the same when its situation is judged anew by the rules of its day', async () => {
    const rows = await house.connection.query<{
      outcome: string
      rulings: object
      price: object
      at: number
      facts: Situation
      marked: boolean
      rules: object
      rulebook: string
    }>(
      `select d.outcome, d.rulings, d.at, s.content as facts, s.marks = ${marksOf('s.content')} as marked, r.content as rules, d.rulebook
       from decision d join situation s on s.digest = d.situation join rulebook r on r.digest = d.rulebook`,
    )
    expect(new Set(rows.map((row) => row.rulebook)).size).toBe(2)
    expect(rows.length).toBeGreaterThan(5)
    for (const row of rows) {
      const rulebook = rulebookOf(JSON.stringify(row.rules))
      expect(rulebook.digest).toBe(row.rulebook)
      expect(row.marked).toBe(true)
      const { outcome, rulings } = judge(rulebook, row.facts, row.at)
      expect(JSON.parse(JSON.stringify({ outcome, rulings }))).toEqual({ outcome: row.outcome, rulings: row.rulings })
    }
  })
})
