/** One YAML file of the workspace, with the place of everything in it. */
import { type Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, visit, type YAMLError } from 'yaml'
import { SECRET } from '../core/placeholder.ts'
import type { Finding, Place } from '../core/ports.ts'
import { TOO_MANY_ALIASES, yamlFaultOf } from '../core/yaml-words.ts'
import { fault } from './fault.ts'

export type Path = readonly PropertyKey[]
export type Sheet = {
  readonly file: string
  readonly data: unknown
  readonly findings: readonly Finding[]
  /** Of the value at `path`, or of its nearest holder; `key` asks for the key's own place. */
  place(path: Path, key?: string): Place
  /** True where the value came from a variable that is not set: what a schema says of it is noise. */
  isMissing(path: Path): boolean
}

/** `${NAME}` may stand unquoted in a `{…}`, where YAML would end at its brace: while it is parsed, two private characters stand for the braces. */
const [OPEN, CLOSE] = ['\uE000', '\uE001']
const MASKED = /\$\uE000([A-Za-z_][A-Za-z0-9_]*)\uE001/gu
const mask = (source: string): string => source.replace(SECRET, (_, name: string) => `$${OPEN}${name}${CLOSE}`)
const unmask = (text: string): string => text.replace(MASKED, (_, name: string) => `\${${name}}`)

const MOST_BYTES = 1024 * 1024
/** Aliases may repeat a value this often: more is a bomb, not a setting. */
const MOST_ALIASES = 100

export const startOf = (file: string): Place => ({ file, line: 1, column: 1 })

/** The text of a file, or why there is none. */
export const decode = (file: string, bytes: Uint8Array): { readonly text: string } | { readonly finding: Finding } => {
  if (bytes.byteLength > MOST_BYTES) return { finding: fault('file-too-large', startOf(file), '1 MB') }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\u0000') ? { finding: fault('not-utf8', startOf(file)) } : { text }
  } catch {
    return { finding: fault('not-utf8', startOf(file)) }
  }
}

const nodeAt = (document: Document, path: Path): Node | null => {
  let node: unknown = document.contents
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document)
    const next: unknown = isMap(node) || isSeq(node) ? node.get(part, true) : undefined
    if (next === undefined || next === null) break
    node = next
  }
  return isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node : null
}

const keyNodeAt = (document: Document, path: Path, key: string): Node | null => {
  const holder = nodeAt(document, path)
  const map = isAlias(holder) ? holder.resolve(document) : holder
  if (!isMap(map)) return null
  const pair = map.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key)
  return pair && isScalar(pair.key) ? pair.key : null
}

type Filled = { readonly findings: readonly Finding[]; readonly missing: ReadonlySet<Node> }
type FillIn = { readonly env: Readonly<Record<string, string | undefined>>; readonly keep: boolean }

/** Puts the environment's values in, or with `keep` only asks that they are there. */
const fillSecrets = (document: Document, placeAt: (offset: number) => Place, { env, keep }: FillIn): Filled => {
  const findings: Finding[] = []
  const missing = new Set<Node>()
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== 'string') return
      const offset = node.range?.[0] ?? 0
      const text: string = node.value
      const filled = text.replace(MASKED, (_match, name: string) => {
        const value = env[name]
        if (value === undefined || value === '') {
          findings.push(fault('secret-missing', placeAt(offset), name))
          missing.add(node)
        }
        return value ?? ''
      })
      node.value = keep ? unmask(text) : filled
    },
  })
  return { findings, missing }
}

/**
 * Parses `source`. `env` fills in `${NAME}` everywhere; with `keep` the names stay (journeys: only an address may use them, and it is
 * filled in when it is called). Findings: broken YAML, duplicate keys, variables that are not set.
 */
export const parseSheet = (file: string, source: string, fill: FillIn): Sheet => {
  const lines = new LineCounter()
  const document = parseDocument(mask(source), { lineCounter: lines, prettyErrors: false, uniqueKeys: true, version: '1.2' })
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  // What follows a broken place on its own line is mostly the same fault.
  const lineAt = (error: YAMLError) => lines.linePos(error.pos[0]).line
  const firsts = [...document.errors, ...document.warnings].filter(
    (error, index, all) => error.code === 'DUPLICATE_KEY' || all.findIndex((other) => lineAt(other) === lineAt(error)) === index,
  )
  const broken = firsts.map((error) => {
    const key = error.code === 'DUPLICATE_KEY' ? /^[^\s:]*/u.exec(source.slice(error.pos[0], error.pos[1] + 60))?.[0] : undefined
    return key === undefined
      ? fault('broken-yaml', placeAt(error.pos[0]), yamlFaultOf(error.code))
      : fault('duplicate-key', placeAt(error.pos[0]), key)
  })
  const filled = fillSecrets(document, placeAt, fill)
  const readable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY')
  const read = readable ? toData(document) : { data: undefined, bomb: false }
  const bombs = read.bomb ? [fault('broken-yaml', startOf(file), TOO_MANY_ALIASES)] : []
  return {
    file,
    data: read.data,
    findings: [...broken, ...bombs, ...filled.findings],
    place: (path, key) => {
      const node = (key === undefined ? null : keyNodeAt(document, path, key)) ?? nodeAt(document, path)
      return node?.range ? placeAt(node.range[0]) : startOf(file)
    },
    isMissing: (path) => {
      const node = nodeAt(document, path)
      return node !== null && filled.missing.has(node)
    },
  }
}

const toData = (document: Document): { readonly data: unknown; readonly bomb: boolean } => {
  try {
    return { data: document.toJS({ maxAliasCount: MOST_ALIASES }), bomb: false }
  } catch {
    return { data: undefined, bomb: true }
  }
}
