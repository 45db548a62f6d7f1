/** The Markdown pages of the house: their links, and the commands they show. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT, readSources, type Source } from './source.ts'

/** Texts a business's customers read are no pages of the house; neither are the samples that tests write wrongly on purpose. */
export const readPages = (): readonly Source[] =>
  readSources('.', ['.md']).filter(({ path }) => !/^workspaces\/[^/]+\/knowledge\/|^tests\/.*\/fixtures\//.test(path))

/** Blocks of code say nothing to a reader of links and headings. */
const proseOf = (text: string): string =>
  text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ' '))

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/ /g, '-')

const anchorsOf = (path: string): ReadonlySet<string> =>
  new Set(
    [
      ...readFileSync(path, 'utf8')
        .replace(/^```[\s\S]*?^```/gm, '')
        .matchAll(/^#{1,6} (.+)$/gm),
    ].map(([, heading = '']) => anchorOf(heading)),
  )

/** Links within the house that lead nowhere. */
export const deadLinks = ({ path, text }: Source): readonly string[] =>
  [...proseOf(text).matchAll(/\]\(\s*<?([^)>\s]+)>?[^)]*\)/g)].flatMap(([, link = '']) => {
    if (/^[a-z][a-z+.-]*:/i.test(link)) return []
    const [file = '', anchor] = decodeURIComponent(link).split('#')
    const target = file === '' ? join(ROOT, path) : join(ROOT, dirname(path), file)
    if (!existsSync(target)) return [`${path}: ${link}`]
    if (!anchor || !statSync(target).isFile() || !target.endsWith('.md')) return []
    return anchorsOf(target).has(anchor) ? [] : [`${path}: ${link}`]
  })

/** Files of the house that a page names (`src/relay/turns.ts`) and that are not there. */
export const missingFiles = ({ path, text }: Source): readonly string[] =>
  [
    ...text
      .replace(/^```[\s\S]*?^```/gm, '')
      .matchAll(/`((?:src|tests|bench|docs|scripts|simulators|web|rulebook|workspaces)\/[\w./-]+)`/g),
  ].flatMap(([, file = '']) => (existsSync(join(ROOT, file)) ? [] : [`${path}: ${file}`]))

/** `$ command` and the lines that the page says it prints. */
export type Shown = { readonly command: string; readonly lines: readonly string[] }

export const commandsShown = ({ text }: Source): readonly Shown[] =>
  [...text.matchAll(/^```console\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [command = '', ...lines] = part.trimEnd().split('\n')
        return { command: command.trim(), lines: lines.filter((line) => line.trim() !== '') }
      }),
  )
