/** The report of `relais whatif` and the page of `relais cost` as they are written: on wide and narrow screens, light and dark, in both languages. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../../scripts/chromium.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const run = promisify(execFile)

let browser: Browser
let folder = ''
beforeAll(async () => {
  const found = findChromium(process.env)
  if ('missing' in found) throw new Error(found.missing)
  browser = await chromium.launch({ executablePath: found.path, headless: true, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] })
  folder = await mkdtemp(join(tmpdir(), 'relais-report-'))
})
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

const written = async (question: string, language: 'fr' | 'en'): Promise<string> => {
  const file = join(folder, `${question}-${language}.html`)
  await run(process.execPath, ['src/cli/main.ts', 'whatif', '--sample', '--question', question, '--out', file], {
    cwd: ROOT,
    env: { ...process.env, LANG: language === 'fr' ? 'fr_FR.UTF-8' : 'en_GB.UTF-8', LC_ALL: '', LC_MESSAGES: '' },
  })
  return file
}

type Finding = { readonly id: string; readonly impact: string | null; readonly nodes: readonly { readonly html: string }[] }
const findingsOn = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  const asked =
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((r) => r.violations)"
  return ((await page.evaluate(asked)) as Finding[])
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}

const VIEWS = [
  ['1280 px, light', 1280, 'light'],
  ['1280 px, dark', 1280, 'dark'],
  ['360 px, light', 360, 'light'],
  ['360 px, dark', 360, 'dark'],
] as const

describe.each([
  ['whatsapp-closes', 'fr'],
  ['ai-fee-returns', 'en'],
] as const)('the answer to %s in %s', (question, language) => {
  let file = ''
  beforeAll(async () => {
    file = await written(question, language)
  })

  it('is one file that asks for nothing', async () => {
    const html = await readFile(file, 'utf8')
    expect(html).not.toMatch(/<script|<link|<img|<iframe|url\((?!"data:font)|@import/i)
    expect(html).toContain("default-src 'none'")
  })

  it.each(VIEWS)('at %s has no serious accessibility finding, and nothing is cut off', async (_, width, colorScheme) => {
    const page = await browser.newPage({ viewport: { width, height: width === 360 ? 740 : 800 }, colorScheme, bypassCSP: true })
    await page.goto(`file://${file}`)
    await page.locator('summary').first().waitFor()
    for (const summary of await page.locator('summary').all()) await summary.click()
    expect(await findingsOn(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    expect(await page.locator('ul.bars').count()).toBe(await page.locator('details table').count())
    await page.close()
  })

  it.each([1280, 360])('holds what matters on its first screen at %i px', async (width) => {
    const height = width === 360 ? 740 : 800
    const page = await browser.newPage({ viewport: { width, height } })
    await page.goto(`file://${file}`)
    expect(await page.locator('.figures dt').allInnerTexts()).toHaveLength(3)
    expect(await page.locator('.todo li').count()).toBe(3)
    const box = await page.locator('.todo').boundingBox()
    expect((box?.y ?? height) + (box?.height ?? 0)).toBeLessThanOrEqual(height)
    await page.close()
  })
})
