/** The reports about continuity as their commands write them, with something in every part: a drill that held and one that did not, the plan B, the reach report. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Io } from '../../src/cli/command.ts'
import { planCommand } from '../../src/cli/drill/plan.ts'
import { reachCommand } from '../../src/cli/recorded/reach.ts'
import { readLook } from '../../src/cli/report-look.ts'
import { type DrillReport, drillPage, failuresOf } from '../../src/continuity/index.ts'
import { asId, type ChannelId } from '../../src/core/ids.ts'
import type { Language } from '../../src/core/language.ts'
import type { Activity, ReachGroup } from '../../src/core/reachability.ts'
import { sealPage } from '../../src/evidence/index.ts'
import { DEMO } from './deciding.ts'

const NOW = Date.UTC(2026, 10, 24, 9)
const DAY = 86_400_000

const drillIn = (language: Language, held: boolean): DrillReport => {
  const bad = held ? 0 : 3
  const cut = [
    { id: 'whatsapp', what: 'channel' as const, kind: 'whatsapp' },
    { id: 'main', what: 'engine' as const, kind: 'openai-compatible' },
  ]
  const noticed = [
    { id: 'whatsapp', afterMs: held ? 1_200 : null, byHand: true },
    { id: 'main', afterMs: 4_000, byHand: false },
  ]
  const result: DrillReport['result'] = {
    said: 1_204,
    seen: 1_190,
    written: 612,
    lost: bad,
    doubled: bad,
    flagged: 2,
    outOfOrder: bad,
    overtaken: 4,
    withoutConsent: bad,
    affected: 390,
    switched: 351,
    conversations: 170,
    switching: {
      count: 170,
      median: 1_400,
      p95: 31_000,
      slowest: 610_000,
      within: [1_000, 5_000, 30_000, 120_000, 600_000, null].map((ms, n) => ({ ms, count: 60 - n * 10 })),
    },
    by: [
      { channel: asId<ChannelId>('sms'), count: 301 },
      { channel: asId<ChannelId>('mail'), count: 50 },
    ],
    later: 6,
    held: 9,
    ruled: [{ rule: 'eu/fr/marketing-quiet-hours-on-sundays', count: 5 }],
    unreachable: [
      { why: 'no-address', count: 14 },
      { why: 'a-provider-code-of-some-length-30003', count: bad },
    ],
    missed: bad,
    questions: { asked: 212, answered: 190, people: 22 - bad, nobody: bad },
    authors: [
      { author: 'engine:faq', count: 160 },
      { author: 'journey:booking', count: 20 },
    ],
  }
  const failures = failuresOf(result, cut, noticed)
  return {
    format: 'relais-drill-1',
    language,
    business: 'Voyages Lumière',
    timezone: 'Europe/Paris',
    mode: 'shadow',
    traffic: 'recorded',
    contacts: 200,
    seed: 1_587_128_423,
    how: 'banned',
    cut,
    began: '2026-11-24T09:00:00.000Z',
    cutAt: '2026-11-24T09:10:00.000Z',
    healedAt: '2026-11-24T09:40:00.000Z',
    ended: '2026-11-24T10:10:00.000Z',
    noticed,
    result,
    price: [{ currency: 'EUR', cut: 24.1234, uncut: 3.2 }],
    unpriced: { cut: 12, uncut: 3 },
    failures,
    ok: failures.length === 0,
    rulebook: 'f00d'.repeat(16),
    workspace: 'beef'.repeat(16),
    made: new Date(NOW).toISOString(),
    key: `ed25519:${'A'.repeat(43)}`,
  }
}

const group = (count: number, activity: Activity, more: Partial<ReachGroup>): ReachGroup => ({
  country: 'FR',
  activity,
  kinds: ['whatsapp'],
  given: [],
  revoked: [],
  wrote: ['whatsapp'],
  count,
  ...more,
})
const REACHABILITY = {
  groups: async () => [
    group(412_000, 'month', {}),
    group(201_000, 'quarter', { kinds: ['whatsapp', 'sms'], given: ['sms'] }),
    group(60_200, 'older', { kinds: ['whatsapp', 'email'], given: ['email'], country: 'DE' }),
    group(8_000, 'never', { kinds: ['sms'], revoked: ['sms'], wrote: [], country: 'BR' }),
    ...['IT', 'ES', 'PT', 'BE', 'NL', 'CH', 'AT', 'PL', 'TR', 'US', 'IN'].map((country) => group(900, 'month', { country })),
  ],
  carried: async () => [
    { channel: 'whatsapp', direction: 'out' as const, messages: 900_000 },
    { channel: 'sms', direction: 'out' as const, messages: 40_000 },
  ],
  answered: async () => [
    { author: '*', conversations: 230_000 },
    { author: 'engine:main', conversations: 180_000 },
    { author: 'agent', conversations: 30_000 },
  ],
  thought: async () => [{ engine: 'main', channel: 'whatsapp', conversations: 180_000 }],
  channels: async () => [{ id: 'whatsapp', medium: 'whatsapp', stopped: false }],
}

/** What a started workspace knows: one cut that held, one that failed, one of long ago. */
const STORED = {
  drills: [
    { thing: 'whatsapp', id: 'drl_1', at: NOW - 2 * DAY, mode: 'shadow' as const, ok: true },
    { thing: 'sms', id: 'drl_2', at: NOW - 3 * DAY, mode: 'live' as const, ok: false },
    { thing: 'main', id: 'drl_3', at: NOW - 40 * DAY, mode: 'shadow' as const, ok: true },
  ],
  health: new Map([['whatsapp', 'degraded']]),
  people: new Map([['whatsapp', { all: 682_000, still: 201_000 }]]),
}

const PAGES = ['drill-held', 'drill-failed', 'plan', 'reach'] as const
export const CONTINUITY_PAGES = PAGES.flatMap((page) => [`${page}-fr.html`, `${page}-en.html`])

/** Writes `CONTINUITY_PAGES` into a folder. */
export const writeContinuityPages = async (folder: string): Promise<void> => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const keys = await mkdtemp(join(tmpdir(), 'relais-keys-'))
  for (const language of ['fr', 'en'] as const) {
    for (const held of [true, false]) {
      const page = sealPage(drillPage(drillIn(language, held), readLook()), privateKey)
      await writeFile(join(folder, `drill-${held ? 'held' : 'failed'}-${language}.html`), page)
    }
    const io: Io = { stdout: () => {}, stderr: () => {}, env: { RELAIS_DATA: keys }, cwd: folder, now: () => NOW, language }
    const plan = planCommand({ stored: async () => STORED })
    const reach = reachCommand({ openReachability: async () => ({ reachability: REACHABILITY, close: async () => {} }) })
    const codes = [
      await plan.run(['--out', `plan-${language}.html`, '--workspace', DEMO], io),
      await reach.run(['report', '--without', 'whatsapp,main', '--out', `reach-${language}.html`, '--workspace', DEMO], io),
    ]
    if (codes.some((code) => code !== 0)) throw new Error(`The pages were not written: ${codes.join(', ')}.`)
  }
  await rm(keys, { recursive: true })
}
