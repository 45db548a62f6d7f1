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
import { readLook } from '../../src/cli/report-look.ts'
import { rulesReport } from '../../src/cli/rules/report.ts'
import { type Evidence, evidencePage, sealPage } from '../../src/evidence/index.ts'
import { createTally } from '../../src/evidence/tally.ts'
import { CONTINUITY_PAGES, writeContinuityPages } from '../support/continuity-pages.ts'

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
      sealPage(evidencePage(evidenceIn(language), readLook()), generateKeyPairSync('ed25519').privateKey),
    )
  }
  await writeContinuityPages(folder)
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
  // axe is put in by script; the page itself lets none run.
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme: dark ? 'dark' : 'light',
    offline: true,
    bypassCSP: true,
  })
  const page = await context.newPage()
  await page.goto(pathToFileURL(join(folder, file)).href)
  return { page, close: () => context.close() }
}

describe.each(['rules-fr.html', 'rules-en.html', 'evidence-fr.html', 'evidence-en.html', ...CONTINUITY_PAGES])('%s', (file) => {
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
    expect(text.replace(/<script type="application\/json"/gu, '')).not.toMatch(/<script|<link|<img|@import|url\((?!"data:font)/u)
  })
})

describe.each(['plan-fr.html', 'plan-en.html'])('%s on a phone', (file) => {
  it('scrolls no table sideways: what a column says stands before each cell', async () => {
    const { page, close } = await open(file, 360, false)
    const wide =
      "[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.ariaLabel)"
    expect(await page.evaluate(wide)).toEqual([])
    await close()
  })
})

/** An A4 sheet between its margins, in CSS pixels. */
const SHEET = 718

describe.each(CONTINUITY_PAGES)('%s on paper', (file) => {
  it('is light, cuts nothing off, and shows the tables behind its pictures', async () => {
    const { page, close } = await open(file, SHEET, true)
    await page.emulateMedia({ media: 'print' })
    expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('light')
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    const cutOff =
      "[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.ariaLabel)"
    expect(await page.evaluate(cutOff)).toEqual([])
    for (const table of await page.locator('table').all()) expect(await table.isVisible()).toBe(true)
    await close()
  })
})

describe('the picture of the rules', () => {
  const clauseOn = async (width: number) => {
    const { page, close } = await open('rules-en.html', width, false)
    const clause = page.locator('section').filter({ has: page.getByRole('heading', { name: 'whatsapp/ai-clause' }) })
    const stretches = clause.locator('.lane').filter({ hasText: 'Brazil' }).locator('.stretch')
    return { page, clause, stretches, tip: clause.locator('.tip:visible'), close }
  }

  it('marks today, and each lane tells its source where it is pointed at or focused, and in the table', async () => {
    const { clause, stretches, tip, page, close } = await clauseOn(1280)
    expect(await clause.locator('.now').textContent()).toBe('today')
    expect(await tip.count()).toBe(0)
    await stretches.last().hover()
    expect(await tip.innerText()).toMatch(
      /^Brazil\s+since 4 March 2026, no end known\s+✓ may leave\s+confidence B, source read on .* · \S+\.\S+$/u,
    )
    await page.mouse.move(0, 0)
    await stretches.first().focus()
    await tip.filter({ hasText: 'may leave' }).waitFor({ state: 'hidden' })
    expect(await tip.innerText()).toContain('goes another way')
    // The source is a key away.
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.closest(".tip") !== null && document.activeElement.href')).toMatch(/^https:/u)
    await clause.locator('summary').click()
    expect(await clause.getByRole('row').filter({ hasText: 'Brazil' }).count()).toBe(3)
    await close()
  })

  it('tells it on a narrow screen too, and nothing is cut off', async () => {
    const { stretches, tip, page, close } = await clauseOn(360)
    for (const stretch of await stretches.all()) {
      await stretch.focus()
      await tip.first().waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    }
    await close()
  })

  it('has its tables on paper, in light', async () => {
    const { page, close } = await open('rules-en.html', 1017, true)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('row').filter({ hasText: 'Brazil' }).first().isVisible()).toBe(true)
    expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('light')
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    await close()
  })
})
