/** Reports of one file on wide and narrow screens, light and dark: nothing a screen reader stumbles over, nothing cut off, no script to read them. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../../scripts/chromium.ts'
import type { Io } from '../../src/cli/command.ts'
import { readTokens } from '../../src/cli/report-tokens.ts'
import { rulesReport } from '../../src/cli/rules-report.ts'
import { type Evidence, evidencePage, sealPage } from '../../src/evidence/index.ts'
import { createTally } from '../../src/evidence/tally.ts'

let folder = ''
let browser: Browser
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const evidenceIn = (language: 'fr' | 'en'): Evidence => {
  const { drawn: _, ...counts } = createTally('', 0).result()
  return {
    ...counts,
    questions: {
      ...counts.questions,
      total: 1_216,
      asked: { service: 1_100, general: 54, none: 30, unsure: 15, assumed: 12, unjudged: 5 },
    },
    format: 'relais-evidence-1',
    language,
    business: { name: 'Voyages Lumière', country: 'FR', aiIs: 'incidental', aiSince: '' },
    period: { since: '2026-10-01', until: '2026-10-31', timezone: 'Europe/Paris' },
    made: '2026-11-02T08:00:00.000Z',
    key: `ed25519:${'A'.repeat(43)}`,
    rulebook: 'f00d'.repeat(16),
    rulebooks: [{ digest: 'f00d'.repeat(16), decisions: 1_204 }],
    channels: [{ channel: 'line', kind: 'sms', asked: { service: 1_100, general: 54, none: 30, unsure: 15, assumed: 12, unjudged: 5 } }],
    draw: { seed: 'beef'.repeat(16), given: false, each: 1 },
    samples: [
      {
        asked: 'general',
        handled: 'turned-away',
        channel: 'line',
        day: '2026-10-04',
        question: ['Écris-moi un poème sur la mer, signé [nom].'],
        answer: [
          {
            by: 'house',
            left: true,
            disclosed: false,
            outcome: 'reroute',
            rules: ['business/scope'],
            text: 'Je ne réponds ici que pour l’agence.',
          },
        ],
      },
    ],
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-reports-'))
  for (const language of ['fr', 'en'] as const) {
    const io: Io = { stdout: () => {}, stderr: () => {}, env: {}, cwd: folder, now: () => Date.parse('2026-11-22T09:00:00Z'), language }
    expect(await rulesReport.run(['--out', `rules-${language}.html`, '--countries', 'FR,DE,IT,BR,TR,US,IN'], io)).toBe(0)
    await writeFile(
      join(folder, `evidence-${language}.html`),
      sealPage(evidencePage(evidenceIn(language), readTokens()), generateKeyPairSync('ed25519').privateKey),
    )
  }
  const found = findChromium(process.env)
  if ('missing' in found) throw new Error(found.missing)
  browser = await chromium.launch({
    executablePath: found.path,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  })
})
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

const open = async (file: string, width: number, dark: boolean) => {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: dark ? 'dark' : 'light', offline: true })
  const page = await context.newPage()
  await page.goto(pathToFileURL(join(folder, file)).href)
  return { page, close: () => context.close() }
}

describe.each(['rules-fr.html', 'rules-en.html', 'evidence-fr.html', 'evidence-en.html'])('%s', (file) => {
  it.each([
    [1280, false],
    [1280, true],
    [360, false],
    [360, true],
  ])('at %i px, dark %s: no serious accessibility finding, nothing cut off', async (width, dark) => {
    const { page, close } = await open(file, width, dark)
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true')
    await page.evaluate(axe)
    const findings = (await page.evaluate(
      "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((r) => r.violations)",
    )) as { id: string; impact: string | null; nodes: { html: string }[] }[]
    expect(
      findings.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
    ).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    await close()
  })

  it('holds no script that runs and asks for nothing from elsewhere', async () => {
    const text = await readFile(join(folder, file), 'utf8')
    expect(text.replace(/<script type="application\/json"/gu, '')).not.toMatch(/<script|<link|<img|@import|url\(/u)
  })
})

it('the rules’ picture marks today, and each lane tells its source on hover and in the table', async () => {
  const { page, close } = await open('rules-en.html', 1280, false)
  const clause = page.locator('section').filter({ has: page.getByRole('heading', { name: 'whatsapp/ai-clause' }) })
  const brazil = clause.locator('.lane').filter({ hasText: 'Brazil' })
  const hovers = await brazil.locator('.stretch').evaluateAll((stretches) => stretches.map((one) => one.getAttribute('title') ?? ''))
  expect(hovers.at(-1)).toMatch(/Brazil · may leave\nsince 4 March 2026, no end known\nconfidence B, .*\nhttps:/u)
  expect(await clause.locator('.now').textContent()).toBe('today')
  await clause.locator('summary').click()
  expect(await clause.getByRole('row').filter({ hasText: 'Brazil' }).count()).toBe(3)
  await close()
})
