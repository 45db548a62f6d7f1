import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../tests/support/terminal.ts'
import type { Command } from './command.ts'
import { judge } from './judge.ts'
import { rules } from './rules/rules.ts'

const NOW = Date.parse('2026-11-22T09:00:00Z')
const ROOT = join(import.meta.dirname, '..', '..')

const run = (command: Command, line: string, language: 'fr' | 'en' = 'en') =>
  runCommand(command, line, { cwd: ROOT, now: () => NOW, language })
const asked = async (line: string) => JSON.parse((await run(judge, `${line} --json`)).out)
const outcomeOf = async (line: string): Promise<string> => (await asked(line)).outcome

const FR = '--channel whatsapp --to +33612345678'
const BR = '--channel whatsapp --to +5511987654321'

describe('relais judge', () => {
  it.each([
    ['a plain answer', FR, 'allow'],
    ['a closed window', `${FR} --window closed`, 'amend'],
    ['a closed window and a template', `${FR} --window closed --category utility --template booking`, 'allow'],
    ['marketing without consent', `${FR} --category marketing --template sale`, 'refuse'],
    ['marketing with consent', `${FR} --category marketing --template sale --consent given`, 'allow'],
    ['marketing after STOP', `${FR} --category marketing --template sale --consent revoked`, 'refuse'],
    [
      'marketing to the United States',
      '--channel whatsapp --to +12125550123 --category marketing --template sale --consent given',
      'refuse',
    ],
    ['marketing to Canada', '--channel whatsapp --to +14165550123 --category marketing --template sale --consent given', 'allow'],
    ['the first AI turn before 2 August 2026', `${FR} --first-ai-turn --at 2026-08-01`, 'allow'],
    ['the first AI turn from 2 August 2026', `${FR} --ai --first-ai-turn --at 2026-08-02`, 'amend'],
    ['a general assistant in France today', `${FR} --ai --ai-is primary`, 'allow'],
    ['a general assistant in France before March', `${FR} --ai --ai-is primary --at 2026-03-03`, 'reroute'],
    ['a new AI provider from October 2025', `${FR} --ai --ai-is primary --ai-since 2025-11-01 --at 2025-12-01`, 'reroute'],
    ['an old AI provider until January 2026', `${FR} --ai --ai-is primary --at 2025-12-01`, 'allow'],
    ['Brazil as known on the day', `${BR} --ai --ai-is primary --at 2026-01-20 --known 2026-01-20`, 'allow'],
    ['Brazil as known two days later', `${BR} --ai --ai-is primary --at 2026-01-20 --known 2026-01-22`, 'reroute'],
    ['a WhatsApp user id', '--channel whatsapp --to IT.9zz --ai --ai-is primary --at 2026-01-15', 'allow'],
    ['a user id before one could write to them', '--channel whatsapp --to IT.9zz --at 2026-06-30', 'reroute'],
    ['a code to a user id', '--channel whatsapp --to IT.9zz --category authentication --at 2026-11-22', 'reroute'],
    ['a French number whose owner says America', `${FR} --country US --ai --ai-is primary --at 2026-11-22`, 'allow'],
    ['a general question, by platform and law alone', `${FR} --ai --purpose general`, 'allow'],
    ['a general question, by the business’s scope too', `${FR} --ai --purpose general --workspace workspaces/demo`, 'reroute'],
    [
      'marketing at night, by the business’s own rule',
      `${FR} --template early_booking_offer --consent given --at 2026-11-20T22:00:00Z --workspace workspaces/demo`,
      'postpone',
    ],
  ])('%s', async (_, line, outcome) => {
    expect(await outcomeOf(line)).toBe(outcome)
  })

  it('takes an operator of SMS for SMS', async () => {
    const offer = '--to +33612345678 --category marketing --at 2026-11-23T10:00:00Z'
    const [sms, operator] = [await asked(`--channel sms ${offer}`), await asked(`--channel twilio ${offer}`)]
    expect(operator.rulings.map(({ rule }: { rule: string }) => rule)).toEqual(sms.rulings.map(({ rule }: { rule: string }) => rule))
    expect(operator.outcome).toBe('refuse')
  })

  it('gives the fixed shape', async () => {
    const said = await asked(`${FR} --window closed --at 2026-10-01`)
    expect(said).toMatchObject({ outcome: 'amend', amend: { template: 'window-closed' }, at: '2026-10-01T10:00:00.000Z' })
    expect(said.rulings[0]).toEqual({
      rule: 'whatsapp/window',
      by: 'platform',
      ruling: 'amend',
      amend: { template: 'window-closed' },
      since: '2025-07-01',
      until: null,
      known: '2025-07-01',
      place: 'world',
      source: expect.stringMatching(/^https:/),
      confidence: 'A',
      remedy: { fr: expect.stringContaining('modèle'), en: expect.stringContaining('template') },
    })
    expect(said.price).toEqual({
      known: true,
      amount: 0.0248,
      currency: 'EUR',
      category: 'service',
      since: '2026-10-01',
      source: expect.stringMatching(/^https:/),
      confidence: 'C',
      allowance: { free: 1000, per: 'month', source: expect.stringMatching(/^https:/) },
    })
  })

  it('prices service messages on both sides of 1 October 2026', async () => {
    expect((await asked(`${FR} --at 2026-09-30`)).price).toMatchObject({ known: true, amount: 0 })
    expect((await asked('--channel whatsapp --to +12125550123 --at 2026-10-01')).price).toMatchObject({ known: false, amount: null })
    expect((await asked(`${FR} --at 2026-10-01 --window free-entry`)).price).toMatchObject({ known: true, amount: 0 })
  })

  it('prices a template as what its file says it is, and an unknown one as a utility', async () => {
    const closed = `${FR} --window closed --at 2026-09-30`
    const paid = { known: true, amount: 0.0248, currency: 'EUR', category: 'utility' }
    expect((await asked(`${closed} --template departure_reminder --workspace workspaces/demo`)).price).toEqual(
      expect.objectContaining(paid),
    )
    expect((await asked(`${closed} --template departure_reminder`)).price).toEqual(expect.objectContaining(paid))
    const offer = await asked(`${closed} --template early_booking_offer --workspace workspaces/demo --consent given`)
    expect(offer.situation.message.category).toBe('marketing')
  })

  it('takes a bare date as noon at the customer’s place, and an instant as it is', async () => {
    expect((await asked('--channel whatsapp --to +919876543210 --at 2026-10-01')).at).toBe('2026-10-01T06:30:00.000Z')
    expect((await asked(`${FR} --at 2026-10-01T00:00:00%2B02:00`.replace('%2B', '+'))).at).toBe('2026-09-30T22:00:00.000Z')
  })

  it('judges a situation from a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'relais-judge-'))
    writeFileSync(join(folder, 'ok.json'), '{"channel":{"kind":"whatsapp"},"limits":{"pairWait":6}}')
    writeFileSync(join(folder, 'bad.yaml'), 'channel: { kind: whatsapp }\ncontact: { contry: FR }\n')
    expect(await asked(`--situation ${join(folder, 'ok.json')} --at 2026-11-22T12:00:00Z`)).toMatchObject({
      outcome: 'postpone',
      until: '2026-11-22T12:00:06.000Z',
    })
    const bad = await run(judge, `--situation ${join(folder, 'bad.yaml')}`)
    expect(bad).toMatchObject({ code: 2, out: '' })
    writeFileSync(join(folder, 'nowhere.yaml'), 'contact: { country: ZZ }\n')
    expect((await run(judge, `--situation ${join(folder, 'nowhere.yaml')}`)).err).toContain(
      'nowhere.yaml:1:21 “contact.country” does not fit',
    )
    writeFileSync(join(folder, 'mars.yaml'), 'contact: { timezone: Mars }\n')
    expect((await run(judge, `--situation ${join(folder, 'mars.yaml')}`)).err).toContain('mars.yaml:1:22 “contact.timezone” does not fit')
    expect(bad.err).toContain('bad.yaml:2:12 “contry” is not a name known here; did you mean “country”?')
  })

  it('says it in words, French set as French', async () => {
    const { out } = await run(judge, `${FR} --window closed --at 2026-10-01`, 'fr')
    expect(out).toContain('Le message part modifié\u00a0: envoyer un modèle à la place.')
    expect(out).toContain('12\u00a0h\u00a000')
    expect(out).not.toMatch(/ [:;?!»]|« /)
  })

  it('does not say how sure it is of a business’s own rule, whose source is the business', async () => {
    const { out } = await run(judge, `${FR} --ai --purpose general --workspace workspaces/demo`)
    expect(out).toContain('  Source: business/scope.yaml\n')
  })

  it('tells places, days, amounts and categories as people read them', async () => {
    const french = (text: string) => text.replaceAll(/[\u00a0\u202f]/gu, ' ')
    const template = await run(judge, `${FR} --window closed --at 2026-10-01 --template departure_reminder`, 'fr')
    expect(french(template.out)).toContain('whatsapp, France, 1er octobre 2026')
    expect(french(template.out)).toMatch(/Prix : 0,0248 € \(utilitaire, depuis le 1er \S+ 20\d\d, confiance/u)
    const closed = await run(judge, `${FR} --window closed --at 2026-10-01`, 'fr')
    expect(french(closed.out)).toContain('part modifié · partout, depuis le 1er juillet 2025')
    const shown = french((await run(rules, 'show prices/whatsapp', 'fr')).out)
    expect(shown).toContain('partout, depuis le 1er juillet 2025 · entrée gratuite : gratuit')
    expect(shown).toContain('Italie, depuis le 16 février 2026, jusqu’au 12 mai 2026')
    expect(shown).toContain('0,0572 €')
    expect(shown).not.toMatch(/world|EEA|free|\d{4}-\d{2}-\d{2}|EUR\b/u)
    expect((await run(rules, 'show prices/whatsapp')).out).toContain('everywhere, since 1 July 2025 · free entry: free')
  })

  it('asks the business’s own rules of any folder below rules/, as a start does', async () => {
    const shop = mkdtempSync(join(tmpdir(), 'relais-judge-'))
    writeFileSync(join(shop, 'relais.yaml'), 'workspace: { name: Shop, country: FR }\nchannels: { whatsapp: { kind: whatsapp } }\n')
    mkdirSync(join(shop, 'rules', 'marketing', 'hours.yaml'), { recursive: true })
    writeFileSync(
      join(shop, 'rules', 'marketing', 'never.yaml'),
      'rule: shop/never\nby: business\nabout: { fr: Jamais., en: Never. }\nwhen: message.ai\nsays: [{ place: world, from: 2024-05-01, ruling: { refuse: {} } }]\nremedy: { fr: Non., en: No. }\n',
    )
    const { rulings } = await asked(`${FR} --ai --workspace ${shop}`)
    expect(rulings.map((ruling: { rule: string }) => ruling.rule)).toContain('shop/never')
  })

  it('refuses a workspace whose time zone does not exist', async () => {
    const shop = mkdtempSync(join(tmpdir(), 'relais-judge-'))
    writeFileSync(join(shop, 'relais.yaml'), 'workspace: { name: Shop, country: FR, timezone: Mars }\n')
    const { code, err } = await run(judge, `--channel web --to a@b.fr --workspace ${shop}`)
    expect([code, err]).toEqual([2, expect.stringContaining('relais.yaml: “workspace.timezone” does not fit')])
  })

  it('tells with a workspace what binds the business where it is, and says so', async () => {
    const british = '--channel whatsapp --to +447400123456 --ai --first-ai-turn --at 2026-11-22'
    expect((await asked(british)).rulings).toEqual([])
    const bound = await asked(`${british} --workspace workspaces/demo`)
    expect(bound).toMatchObject({ outcome: 'amend', rulings: [{ rule: 'eu/ai-disclosure', place: 'EU', placeOf: 'business' }] })
    expect((await run(judge, `${british} --workspace workspaces/demo`)).out).toContain('European Union, where the business is,')
  })

  it('exits 1 only where the message is refused', async () => {
    expect((await run(judge, FR)).code).toBe(0)
    expect((await run(judge, `${FR} --window closed`)).code).toBe(0)
    expect((await run(judge, `${FR} --category marketing --template sale`)).code).toBe(1)
  })

  it.each([
    ['', 'are needed'],
    ['--channel whatsapp', 'are needed'],
    ['--channel whatsap --to +33612345678', 'did you mean “whatsapp”?'],
    ['--channel whatsapp --to tomorrow', 'neither a number'],
    [`${FR} --at yesterday`, 'neither a day'],
    [`${FR} --at 2026-02-30`, 'neither a day'],
    [`${FR} --template departure_remindr --workspace workspaces/demo`, 'did you mean “departure_reminder”?'],
    [
      `${FR} --template x --workspace workspaces/demo`,
      'it has: answer_ready, appointment_reminder, booking_confirmation, departure_reminder, early_booking_offer, sign_in_code.',
    ],
    [`${FR} --template departure_reminder --category marketing --workspace workspaces/demo`, 'is “utility”'],
    [`${FR} --template x --category service`, 'never “service”'],
    [`${FR} --country ZZ`, '--country: “ZZ” is not a country'],
    [`${FR} --window ajar`, 'not one of open, closed, free-entry'],
    [`${FR} --chanel x`, 'Did you mean --channel?'],
    [`${FR} --at`, 'needs a value'],
    [`${FR} --ai=yes`, 'takes no value'],
    ['--situation none.json', 'none.json is no file that can be read'],
    ['--situation src', 'src is no file that can be read'],
    [`${FR} --workspace nowhere`, 'nowhere has no relais.yaml'],
    [`${FR} stray`, 'one too many'],
  ])('wrong use “%s” is one line and exit 2', async (line, expected) => {
    const { code, out, err } = await run(judge, line)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.trimEnd()).not.toContain('\n')
    expect(err).toContain(expected)
  })

  it('explains itself', async () => {
    const { code, out } = await run(judge, '--help')
    expect(code).toBe(0)
    expect(out).toContain('--known DATE')
    const french = (await run(judge, '--help', 'fr')).out
    expect(french).toContain('tel qu’on le savait ce jour-là')
    const flags = (text: string) => new Set(text.match(/--[a-z-]+/gu))
    expect(flags(french)).toEqual(flags(out))
    expect((await run(judge, 'stray', 'fr')).err).toMatch(/^relais judge\u00a0: /u)
  })
})

describe('relais rules', () => {
  it.each([
    ['list --date 2026-10-01', '--date goes with “rules at”'],
    ['list FR', '“FR” is one too many'],
    ['show', 'a rule’s name is missing'],
    ['show eu/ai-disclosur', 'did you mean “eu/ai-disclosure”?'],
    ['at --date 2026-10-01', '--date and --country are needed'],
    ['at --date 2026-02-30 --country FR', '“2026-02-30” is not a day'],
    ['at --date 2026-10-01 --country UK', '“UK” is not a country'],
    ['at --date 2026-10-01 --country FR --known 2026-13-01', '“2026-13-01” is not a day'],
    ['att', 'did you mean “at”?'],
  ])('%s is told in a line and exit 2', async (line, expected) => {
    const { code, out, err } = await run(rules, line)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(expected)
  })
  it('takes a country in small letters', async () => {
    expect((await run(rules, 'at --date 2026-10-01 --country fr')).out).toBe((await run(rules, 'at --date 2026-10-01 --country FR')).out)
  })

  it('lists every rule', async () => {
    const { rules: listed } = JSON.parse((await run(rules, 'list --json')).out)
    expect(listed.map((rule: { id: string }) => rule.id)).toEqual(
      expect.arrayContaining(['eu/ai-disclosure', 'prices/whatsapp', 'whatsapp/window']),
    )
    expect((await run(rules, 'list')).out).toMatch(/^whatsapp\/ai-clause +the platform’s rule, confidence A, B, C · /m)
    expect((await run(rules, 'list')).out).toMatch(/^business\/scope +the business’s own rule · /m)
  })

  it('shows one with its dates and sources, ends included', async () => {
    const shown = JSON.parse((await run(rules, 'show whatsapp/ai-clause --json')).out)
    expect(shown.says).toContainEqual(
      expect.objectContaining({
        place: 'BR',
        since: '2026-01-12',
        known: '2026-01-22',
        ruling: null,
        source: expect.stringContaining('realradiotv'),
      }),
    )
    expect((await run(rules, 'show whatsapp/ai-clause')).out).toContain('announced')
  })

  const at = async (line: string): Promise<Record<string, { place: string; ruling: string }[]>> => {
    const { rules: held } = JSON.parse((await run(rules, `at ${line} --json`)).out)
    return Object.fromEntries(held.map((rule: { id: string; says: { place: string; ruling: string }[] }) => [rule.id, rule.says]))
  }

  it('says what held on a day in a country, as known on another', async () => {
    expect((await at('--date 2026-03-03 --country FR'))['whatsapp/ai-clause']?.map((line) => line.ruling)).toEqual(['reroute'])
    expect((await at('--date 2026-03-04 --country FR'))['whatsapp/ai-clause']?.map((line) => line.place)).toEqual(['EEA'])
    expect((await at('--date 2026-01-20 --country BR --known 2026-01-21'))['whatsapp/ai-clause']?.[0]?.ruling).toBe('allow')
    expect((await at('--date 2026-01-20 --country BR'))['whatsapp/ai-clause']?.[0]?.ruling).toBe('reroute')
    expect(await at('--date 2026-08-01 --country FR')).not.toHaveProperty('eu/ai-disclosure')
    expect(await at('--date 2026-08-02 --country FR')).toHaveProperty('eu/ai-disclosure')
  })

  it('says of an unknown country everything that could hold', async () => {
    const places = (await at('--date 2026-11-22 --country unknown'))['whatsapp/ai-clause']?.map(({ place }) => place)
    expect(places).toEqual(expect.arrayContaining(['world', 'EEA']))
    expect(await at('--date 2026-11-22 --country unknown')).toHaveProperty('eu/ai-disclosure')
  })

  it('says with a workspace what holds where the business is, too', async () => {
    expect(await at('--date 2026-11-22 --country GB')).not.toHaveProperty('eu/ai-disclosure')
    const held = await at('--date 2026-11-22 --country GB --workspace workspaces/demo')
    expect(held['eu/ai-disclosure']?.map((line) => line.place)).toEqual(['EU'])
  })

  it('shows on what a rule depends', async () => {
    expect((await run(rules, 'show whatsapp/window')).out).toContain('\n  if channel.kind == "whatsapp" && message.template == ""')
  })

  it.each([
    ['', 'an argument is missing'],
    ['drop', 'there is no “drop”'],
    ['shw whatsapp/window', 'did you mean “show”?'],
    ['show', 'a rule’s name is missing'],
    ['show whatsapp/windw', 'did you mean “whatsapp/window”?'],
    ['at --date 2026-10-01', 'are needed'],
    ['at --date tomorrow --country FR', 'is not a day'],
    ['at --date 2026-10-01 --country France', 'not a country'],
    ['at --date 2026-10-01 --country ZZ', 'not a country'],
  ])('wrong use “%s” exits 2', async (line, expected) => {
    const { code, err } = await run(rules, line)
    expect(code).toBe(2)
    expect(err).toContain(expected)
  })
})
