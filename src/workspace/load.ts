/** The workspace folder as one checked value. Pure but for the reading of files, which is given. */
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Digest } from '../core/ids.ts'
import { asId } from '../core/ids.ts'
import type { Journey, Step } from '../core/journey.ts'
import { type Language, textIn, type Words } from '../core/language.ts'
import { nearestName } from '../core/nearest.ts'
import { placeholdersIn, SECRET } from '../core/placeholder.ts'
import type { Finding, Place } from '../core/ports.ts'
import type { PromptCase } from '../core/prompt-case.ts'
import type { Template, Workspace } from '../core/workspace.ts'
import { type Kinds, type NatureOf, readChannels, readEngines } from './connection.ts'
import { decode, type Path, parseSheet, type Sheet, startOf } from './document.ts'
import { fault, inOrder } from './fault.ts'
import { TASKS } from './field.ts'
import { journey as journeyShape, STEP_KEYS, steps as stepShapes } from './flow.ts'
import { readAs } from './issue.ts'
import { casesOf, promptCases } from './prompt-cases.ts'
import { promptHead, settings, template as templateShape } from './settings.ts'

/** A file of the folder; `file` with slashes, from the folder's root. */
export type WorkspaceFile = { readonly file: string; readonly bytes: Uint8Array }
export type Setting = {
  readonly env: Readonly<Record<string, string | undefined>>
  /** What each kind of connector asks for. */
  readonly channels: Kinds
  readonly engines: Kinds
  readonly natureOf?: NatureOf
}
/** What of a folder could not be read: what others say of it is not to be judged. */
export type Unread = 'settings' | 'journeys' | 'templates'
/** The files that are in order by themselves, to be checked together though others are not. */
export type Draft = { readonly workspace: Workspace; readonly unread: ReadonlySet<Unread> }
/** `workspace` is null where a finding is an error, `draft` where there is no relais.yaml. */
export type Loaded = {
  readonly workspace: Workspace | null
  readonly draft: Draft | null
  readonly findings: readonly Finding[]
  /** Where something stands in a file. */
  place(file: string, path: Path, key?: string): Place
}

type Reader = { readonly setting: Setting; readonly findings: Finding[]; readonly sheets: Map<string, Sheet> }

const digestOf = (parts: readonly (string | Uint8Array)[]): Digest => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(createHash('sha256').update(part).digest())
  return asId(hash.digest('hex'))
}

const textOf = ({ findings }: Reader, { file, bytes }: WorkspaceFile): string | null => {
  const read = decode(file, bytes)
  if ('text' in read) return read.text
  findings.push(read.finding)
  return null
}

const sheetOf = (reader: Reader, entry: WorkspaceFile, keep: boolean): Sheet | null => {
  const source = textOf(reader, entry)
  if (source === null) return null
  const sheet = parseSheet(entry.file, source, { env: reader.setting.env, keep })
  reader.sheets.set(entry.file, sheet)
  reader.findings.push(...sheet.findings)
  return sheet.data === undefined ? null : sheet
}

const take = <T>(reader: Reader, schema: z.ZodType<T>, data: unknown, sheet: Sheet, prefix: Path = []): T | null => {
  const { value, findings } = readAs(schema, data, sheet, prefix)
  reader.findings.push(...findings)
  return value
}

// --- relais.yaml ---------------------------------------------------------------------------------------------------------------------------

type Core = Omit<Workspace, 'folder' | 'journeys' | 'templates' | 'prompts' | 'rules' | 'knowledge' | 'digest'>

const NOT_ACTED_ON = ['retention']

const readSettings = (reader: Reader, entry: WorkspaceFile): Core | null => {
  const sheet = sheetOf(reader, entry, false)
  const read = sheet && take(reader, settings, sheet.data, sheet)
  if (!sheet || !read) return null
  const channels = readChannels(read.channels, reader.setting.channels, sheet, reader.setting.natureOf)
  const engines = readEngines(read.engines, reader.setting.engines, sheet)
  reader.findings.push(...channels.findings, ...engines.findings)
  const written = Object.keys(sheet.data as object)
  for (const key of NOT_ACTED_ON.filter((one) => written.includes(one)))
    reader.findings.push(fault('not-acted-on', sheet.place([], key), key))
  return coreOf(read, channels.values, engines.values)
}

const reachOf = (plans: z.output<typeof settings>['plans']['reach']): Core['plans']['reach'] =>
  Object.fromEntries(
    Object.entries(plans).map(([key, steps]) => [
      key,
      steps.map((step) => ({ channel: asId(step.channel), waitMs: step.wait ?? null, success: step.success, if: step.if ?? null })),
    ]),
  )

const coreOf = (read: z.output<typeof settings>, channels: Core['channels'], engines: Core['engines']): Core => {
  const { name } = read.workspace
  const all = { default: engines.map((engine) => engine.id) }
  const think = Object.fromEntries(
    Object.entries(read.plans.think).map(([key, plan]) => [
      key,
      (Array.isArray(plan) ? plan : plan.engines).map((one) => asId<(typeof all.default)[number]>(one)),
    ]),
  )
  const hedged = Object.entries(read.plans.think).flatMap(([key, plan]) => (Array.isArray(plan) ? [] : [key]))
  return {
    ...read.workspace,
    sector: read.workspace.sector ?? null,
    channels,
    engines,
    plans: { think: { ...all, ...think }, hedged, reach: reachOf(read.plans.reach) },
    assistant: {
      aiIs: read.assistant.aiIs,
      since: read.assistant.since ?? '',
      name: read.assistant.name ?? { fr: `assistant IA de ${name}`, en: `AI assistant of ${name}` },
      disclosure: read.assistant.disclosure ?? {
        fr: `Vous échangez avec l’assistant IA de ${name}.`,
        en: `You are talking with the AI assistant of ${name}.`,
      },
      disclosureUnset: read.assistant.disclosure === undefined,
      hosts: read.assistant.hosts,
    },
    unknown: read.unknown,
    budgets: Object.fromEntries(Object.entries(read.budgets ?? {}).map(([key, { day = null, contact = null }]) => [key, { day, contact }])),
    codes: read.codes,
    bridge: { code: read.bridge.code, expiresMs: read.bridge.expires },
    links: Object.entries(read.links).map(([key, { channel, source = key, say }]) => ({
      name: key,
      channel: asId(channel),
      source,
      say: say ?? null,
    })),
    callHosts: read.calls.hosts,
    webhooks: Object.entries(read.webhooks).map(([key, { url, secret, events = null, texts }]) => ({
      id: key,
      url,
      secrets: [secret].flat(),
      events,
      texts,
    })),
    alerts: read.alerts
      ? {
          email: read.alerts.email,
          via: read.alerts.via ? asId(read.alerts.via) : null,
          webhook: read.alerts.webhook ?? null,
          language: read.alerts.language ?? read.workspace.locale,
        }
      : null,
    drills: read.drills.map(({ cut, every, at }) => ({ cut, everyMs: every, at })),
    hours: read.hours ?? null,
    retention: Object.fromEntries(Object.entries(read.retention).filter((kept): kept is [string, string] => kept[1] !== undefined)),
  }
}

// --- journeys, templates, prompts ------------------------------------------------------------------------------------------------------------

const secretsInTexts = (value: unknown, path: Path, sheet: Sheet): readonly Finding[] => {
  if (typeof value === 'string') {
    const last = path.at(-1)
    const names = last === 'get' || last === 'post' ? [] : [...value.matchAll(SECRET)].map((found) => found[1] ?? '')
    return names.map((name) => fault('secret-in-text', sheet.place(path), name))
  }
  if (typeof value !== 'object' || value === null) return []
  const entries: readonly (readonly [PropertyKey, unknown])[] = Array.isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : Object.entries(value)
  return entries.flatMap(([key, item]) => secretsInTexts(item, [...path, key], sheet))
}

const readStep = (reader: Reader, data: unknown, sheet: Sheet, path: Path): Step | null => {
  const keys = typeof data === 'object' && data !== null && !Array.isArray(data) ? Object.keys(data) : []
  const kind = STEP_KEYS.find((key) => keys.includes(key))
  const place = sheet.place(path)
  if (kind === undefined) {
    const right = keys.map((key) => nearestName(key, STEP_KEYS)).find((name) => name !== null) ?? null
    reader.findings.push(fault('unknown-step', place, keys, right, STEP_KEYS))
  }
  if (kind === undefined) return null
  const shape: z.ZodType<Step> = stepShapes[kind]
  const step = take(reader, shape, data, sheet, path)
  return step && { ...step, line: place.line }
}

const readJourney = (reader: Reader, entry: WorkspaceFile): Journey | null => {
  const sheet = sheetOf(reader, entry, true)
  if (sheet === null) return null
  reader.findings.push(...secretsInTexts(sheet.data, [], sheet))
  const head = take(reader, journeyShape, sheet.data, sheet)
  const data: unknown = typeof sheet.data === 'object' && sheet.data !== null ? Reflect.get(sheet.data, 'steps') : undefined
  const steps = (Array.isArray(data) ? data : []).map((step, index) => readStep(reader, step, sheet, ['steps', index]))
  if (head === null) return null
  const whole = steps.filter((step) => step !== null)
  return { name: head.journey, starts: head.starts, steps: whole, version: digestOf([entry.bytes]), file: entry.file }
}

const readTemplate = (reader: Reader, data: unknown, sheet: Sheet, path: Path): readonly Template[] => {
  const read = take(reader, templateShape, data, sheet, path)
  if (read === null) return []
  const { name, category, replaces, channel = null } = read
  if (typeof read.text === 'string' && read.language === undefined) {
    reader.findings.push(fault('missing-key', sheet.place(path), 'language'))
    return []
  }
  const texts = typeof read.text === 'string' ? { [read.language ?? '']: read.text } : read.text
  return Object.entries(texts).map(([language, text]) => {
    const parameters = read.parameters ?? placeholdersIn(text)
    const words = typeof read.text === 'string' ? [...path, 'text'] : [...path, 'text', language]
    const buttons = read.buttons.map(({ id, label }) => ({ id, label: textIn(label, language, language) }))
    const tapped = buttons.length ? { buttons } : {}
    return { name, language, category, text, parameters, ...tapped, replaces, channel, file: sheet.file, path: words }
  })
}

/** A file holds one template or a list of them. */
const readTemplates = (reader: Reader, entry: WorkspaceFile): readonly Template[] => {
  const sheet = sheetOf(reader, entry, true)
  if (sheet === null) return []
  reader.findings.push(...secretsInTexts(sheet.data, [], sheet))
  if (!Array.isArray(sheet.data)) return readTemplate(reader, sheet.data, sheet, [])
  return sheet.data.flatMap((data: unknown, index) => readTemplate(reader, data, sheet, [index]))
}

/** How the business speaks, whatever is asked for. */
const VOICE = 'voice'
const HEAD = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/u

const readPrompt = (reader: Reader, entry: WorkspaceFile): readonly (readonly [string, string])[] => {
  const source = textOf(reader, entry)
  if (source === null) return []
  const key = entry.file.replace(/^prompts\//u, '').replace(/\.md$/u, '')
  const [task = ''] = key.split('.')
  const names: readonly string[] = [...TASKS, VOICE]
  if (!names.includes(task)) reader.findings.push(fault('bad-prompt-name', startOf(entry.file), names))
  const head = HEAD.exec(source)
  if (head) {
    // The head begins on line 2: an empty line before it keeps the places right.
    const sheet = parseSheet(entry.file, `\n${head[1] ?? ''}`, { env: reader.setting.env, keep: true })
    reader.sheets.set(entry.file, sheet)
    reader.findings.push(...sheet.findings)
    if (sheet.data !== undefined && sheet.data !== null) take(reader, promptHead, sheet.data, sheet)
  }
  return [[key, source.slice(head?.[0].length ?? 0).trim()]]
}

const readCases = (reader: Reader, entry: WorkspaceFile, locale: Language): readonly PromptCase[] => {
  const sheet = sheetOf(reader, entry, true)
  const read = sheet && take(reader, promptCases, sheet.data, sheet)
  if (!sheet || !read) return []
  const cases = casesOf(read, sheet, locale)
  const again = cases.filter(({ name }, index) => cases.findIndex((one) => one.name === name) < index)
  reader.findings.push(
    ...again.map(({ name }) => fault('duplicate-name', sheet.place([cases.findLastIndex((one) => one.name === name)]), CASE, name)),
  )
  return cases
}
const CASE: Words = { fr: 'un cas', en: 'case' }

// --- the folder ------------------------------------------------------------------------------------------------------------------------------

const MAIN = 'relais.yaml'
type Role = 'settings' | 'journey' | 'template' | 'prompt' | 'cases' | 'rule' | 'knowledge' | 'silent' | 'ignored'

const roleOf = (file: string): Role => {
  if (file === MAIN) return 'settings'
  if (/^journeys\/[^/]+\.ya?ml$/u.test(file)) return 'journey'
  if (/^templates\/[^/]+\.ya?ml$/u.test(file)) return 'template'
  if (/^prompts\/[^/]+\.md$/u.test(file)) return 'prompt'
  if (/^prompts\/cases\.ya?ml$/u.test(file)) return 'cases'
  if (/^rules\/.+\.ya?ml$/u.test(file)) return 'rule'
  if (/^knowledge\/.+\.(?:md|html?|pdf|txt)$/iu.test(file)) return 'knowledge'
  return /(?:^|\/)\.|^(?:README|LICENSE)[^/]*$|^rulebook\.json$/u.test(file) ? 'silent' : 'ignored'
}

/** These leave the form of a file in order. */
const HARMLESS: readonly string[] = ['secret-missing', 'secret-in-text']

const draftOf = (core: Core | null, rest: Omit<Workspace, keyof Core>, findings: readonly Finding[]): Draft => {
  const broken = new Set(findings.flatMap(({ id, level, place }) => (level === 'error' && !HARMLESS.includes(id) ? [place?.file] : [])))
  const isBroken = (role: Role) => [...broken].some((file) => file !== undefined && roleOf(file) === role)
  const unread: readonly (Unread | false)[] = [
    core === null && 'settings',
    isBroken('journey') && 'journeys',
    isBroken('template') && 'templates',
  ]
  const journeys = rest.journeys.filter(({ file }) => !broken.has(file))
  // Nobody is judged by it: what depends on the settings is left out where they are unread.
  const anybody = coreOf(settings.parse({ workspace: { name: '-', country: 'FR' }, channels: {} }), [], [])
  return { workspace: { ...(core ?? anybody), ...rest, journeys }, unread: new Set(unread.filter((one) => one !== false)) }
}

/** Reads the files of a folder. Every fault of every file at once; `${NAME}` never enters the digest, a finding or a journey. */
export const readWorkspace = (folder: string, given: readonly WorkspaceFile[], setting: Setting): Loaded => {
  const reader: Reader = { setting, findings: [], sheets: new Map() }
  const place: Loaded['place'] = (file, path, key) => reader.sheets.get(file)?.place(path, key) ?? startOf(file)
  const files = given.toSorted((a, b) => (a.file < b.file ? -1 : 1))
  const of = (role: Role) => files.filter(({ file }) => roleOf(file) === role)
  const [main] = of('settings')
  // Another folder, most likely: of its files there is nothing to say.
  if (main === undefined) return { workspace: null, draft: null, findings: [fault('workspace-missing', startOf(MAIN))], place }
  const core = readSettings(reader, main)
  const journeys = of('journey')
    .map((entry) => readJourney(reader, entry))
    .filter((journey) => journey !== null)
  const templates = of('template').flatMap((entry) => readTemplates(reader, entry))
  const prompts = Object.fromEntries(of('prompt').flatMap((entry) => readPrompt(reader, entry)))
  const cases = of('cases').flatMap((entry) => readCases(reader, entry, core?.locale ?? 'fr'))
  const rules = of('rule').flatMap((entry) => {
    const source = textOf(reader, entry)
    return source === null ? [] : [{ file: entry.file, source }]
  })
  for (const { file } of of('ignored')) reader.findings.push(fault('ignored-file', startOf(file)))
  const knowledge = of('knowledge').map(({ file, bytes }) => ({ file, source: bytes }))
  const used = files.filter(({ file }) => !['silent', 'ignored'].includes(roleOf(file)))
  const digest = digestOf(used.flatMap(({ file, bytes }) => [file, bytes]))
  const findings = inOrder(reader.findings)
  const rest = { folder, journeys, templates, prompts, cases, rules, knowledge, digest }
  const whole = core !== null && findings.every(({ level }) => level !== 'error')
  return { workspace: whole ? { ...core, ...rest } : null, draft: draftOf(core, rest, findings), findings, place }
}

/** How the files of a folder are reached. */
export type Shelf = {
  /** Every file below `folder`, with slashes, from its root. */
  list(folder: string): Promise<readonly string[]>
  read(folder: string, file: string): Promise<Uint8Array>
}

export const loadWorkspace = async (folder: string, setting: Setting & { readonly shelf: Shelf }): Promise<Loaded> => {
  const names = await setting.shelf.list(folder)
  const wanted = (file: string) => names.includes(MAIN) && !['silent', 'ignored'].includes(roleOf(file))
  const files = await Promise.all(
    names.map(async (file) => ({ file, bytes: wanted(file) ? await setting.shelf.read(folder, file) : new Uint8Array() })),
  )
  return readWorkspace(folder, files, setting)
}
