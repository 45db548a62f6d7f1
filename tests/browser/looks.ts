/** What every page is looked at for: accessibility, width, weight. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
type Finding = { readonly id: string; readonly impact: string | null; readonly nodes: readonly { readonly html: string }[] }

/** Serious findings by WCAG 2.2 AA, each with the first element it stands on. */
export const findingsOn = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  const run =
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((r) => r.violations)"
  const findings = (await page.evaluate(run)) as Finding[]
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}
export const overflowOf = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth - innerWidth')

/** Bytes of script and style, compressed, that a built page names in its head: all it loads before it can be used. */
export const weightOf = async (folder: string, page: string): Promise<{ readonly script: number; readonly style: number }> => {
  const document = await readFile(join(folder, page), 'utf8')
  const sum = async (kind: string): Promise<number> => {
    const named = [...document.matchAll(new RegExp(`(?:src|href)="([^"]+\\.${kind})"`, 'g'))].map(([, path = '']) => path)
    const sizes = await Promise.all(named.map(async (path) => gzipSync(await readFile(join(folder, page, '..', path))).byteLength))
    return sizes.reduce((total, size) => total + size, 0)
  }
  return { script: await sum('js'), style: await sum('css') }
}
