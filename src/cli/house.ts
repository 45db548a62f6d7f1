/** Reads a workspace and the rulebook from the disk, and makes of them what decide may ask. */
import { channelOf, channels, mediumOfKind } from '../channels/index.ts'
import type { Engine } from '../core/engine.ts'
import { CATALOGUE, RelaisError } from '../core/errors.ts'
import { fitContent } from '../core/fitting.ts'
import type { ChannelId, Digest } from '../core/ids.ts'
import type { Journey } from '../core/journey.ts'
import type { Language } from '../core/language.ts'
import { type Codes, noCodes } from '../core/one-time-code.ts'
import { isOptOut } from '../core/opt-out.ts'
import type { Finding } from '../core/ports.ts'
import type { Workspace } from '../core/workspace.ts'
import { engines } from '../engines/index.ts'
import { asksForHuman } from '../knowledge/human-request.ts'
import { detectLanguage } from '../knowledge/language.ts'
import { asksWhoAnswers } from '../knowledge/who-answers.ts'
import { faultIn, judge, type Rulebook, readCondition, readRulebook } from '../policy/index.ts'
import { createPurpose } from '../purpose/index.ts'
import type { House } from '../relay/index.ts'
import { checkWorkspace, disk, type Kinds, type Loaded, lineOf, loadWorkspace, type NatureOf } from '../workspace/index.ts'
import { ownTexts } from './own-texts.ts'
import { heldRulebook, TAKEN } from './rules/rulebook-files.ts'

/** What each kind of connector asks for in relais.yaml. */
export const KINDS: { readonly channels: Kinds; readonly engines: Kinds } = {
  channels: Object.fromEntries(channels.map((channel) => [channel.kind, channel.config])),
  engines: Object.fromEntries(Object.values(engines).map((engine) => [engine.kind, engine.config])),
}

/** What the connector says of a channel by its settings. */
const natureOf: NatureOf = (kind, config) => {
  const sender = config === null ? undefined : channelOf(kind)?.senderOf?.(config)
  const calls = config === null ? undefined : channelOf(kind)?.callsOf?.(config)
  const entry = config === null ? undefined : channelOf(kind)?.entryOf?.(config)
  const chat = config === null ? undefined : channelOf(kind)?.chatOf?.(config)
  return {
    medium: mediumOfKind(kind),
    ...(sender ? { sender } : {}),
    ...(calls ? { calls } : {}),
    ...(chat ? { chat } : {}),
    ...(entry ? { entry } : {}),
  }
}

/** Engines of this kind send nothing anywhere. */
export const isInProcess = (kind: string): boolean =>
  Object.values<Engine>(engines).some((engine) => engine.kind === kind && engine.inProcess)

/** What each kind of channel can do. */
export const CAPABILITIES = Object.fromEntries(channels.map(({ kind, capabilities }) => [kind, capabilities]))

/** The folder's signed rulebook cannot be used; one that Relais has outgrown is passed over. */
const againstTaken = (refused: RelaisError): Finding => {
  const { says, remedy } = CATALOGUE[refused.code]
  const level = refused.code === 'rulebook-older' ? 'notice' : 'error'
  return { id: refused.code, level, subject: `${TAKEN}:1:1`, place: { file: TAKEN, line: 1, column: 1 }, words: says, remedy }
}

/** The rulebook that holds in a folder with the workspace's own rules, and what is wrong in either. */
const examineRules = (own: Workspace['rules'], folder: string): { readonly rulebook: Rulebook; readonly findings: readonly Finding[] } => {
  const held = heldRulebook(folder)
  const { rulebook, problems } = readRulebook([...held.files, ...own.map(({ file, source }) => ({ path: file, source, business: true }))])
  const findings = problems.map(
    ({ file, line, column, words }): Finding => ({
      id: 'bad-rule',
      level: 'error',
      subject: `${file}:${line}:${column}`,
      place: { file, line, column },
      words,
      remedy: { fr: 'Corrigez ici.', en: 'Correct it here.' },
    }),
  )
  return { rulebook, findings: held.refused ? [againstTaken(held.refused), ...findings] : findings }
}

const conditionFault = (condition: string) => faultIn(condition)?.words ?? null

export type Opened = {
  readonly workspace: Workspace
  readonly rulebook: Rulebook
  readonly findings: readonly Finding[]
  readonly place: Loaded['place']
}
type Env = Readonly<Record<string, string | undefined>>

/** @throws {RelaisError} `bad-workspace`, naming what the disk does not give. */
export const readFolder = (folder: string, env: Env): Promise<Loaded> =>
  loadWorkspace(folder, { shelf: disk, env, ...KINDS, natureOf }).catch((error) => {
    const { path = folder, code = 'unreadable' } = error instanceof Error ? (error as NodeJS.ErrnoException) : {}
    throw new RelaisError('bad-workspace', `${path}: ${code}`, error)
  })

/** What is wrong in a folder's files, each and together, and in its own rules; and what they make, where they can be read. */
export const examineWorkspace = async (
  folder: string,
  env: Env,
): Promise<Omit<Opened, 'workspace'> & Pick<Loaded, 'workspace' | 'draft'>> => {
  const { workspace, draft, findings, place } = await readFolder(folder, env)
  const rules = examineRules(draft?.workspace.rules ?? [], folder)
  const sense = draft
    ? checkWorkspace(draft.workspace, { capabilities: CAPABILITIES, env, place, unread: draft.unread, conditionFault })
    : []
  return { workspace, draft, rulebook: rules.rulebook, findings: [...findings, ...sense, ...rules.findings], place }
}

/** What is wrong but for secrets that are not there, and what follows from that. */
export const errorsButSecrets = (findings: readonly Finding[]): readonly Finding[] => {
  const missing = findings.some(({ id }) => id === 'secret-missing')
  return findings.filter(({ id, level }) => level === 'error' && id !== 'secret-missing' && !(missing && id === 'call-host'))
}

/** @throws {RelaisError} `bad-workspace`, naming everything that is wrong as `relais check` does. */
export const openWorkspace = async (folder: string, env: Env, language: Language = 'en'): Promise<Opened> => {
  const { workspace, ...examined } = await examineWorkspace(folder, env)
  const errors = examined.findings.filter(({ level }) => level === 'error')
  if (!workspace || errors.length > 0) throw new RelaisError('bad-workspace', errors.map((finding) => lineOf(finding, language)).join('\n'))
  return { workspace, ...examined }
}

export type Anew = {
  readonly rulebook: Rulebook
  /** null where relais.yaml has mistakes. */
  readonly budgets: Workspace['budgets'] | null
  /** Those mistakes, a line each. */
  readonly wrong: string
}
const SETTINGS = 'relais.yaml'

/**
 * What a running relay takes of a folder as it is now, whatever else was changed there: its rules, and what it may spend.
 * @throws {RelaisError} `bad-rules`, naming everything that is wrong with the rules; `bad-workspace` where there is no folder to read.
 */
export const readAnew = async (folder: string, env: Env, language: Language = 'en'): Promise<Anew> => {
  const { rulebook, findings, draft } = await examineWorkspace(folder, env)
  const errors = findings.filter(({ level }) => level === 'error')
  const told = (some: readonly Finding[]) => some.map((finding) => lineOf(finding, language)).join('\n')
  const rules = errors.filter(({ id, place }) => id === 'workspace-missing' || isOfRules(place?.file))
  if (rules.length > 0) throw new RelaisError('bad-rules', told(rules))
  const settings = errors.filter(({ place }) => place?.file === SETTINGS)
  return { rulebook, budgets: settings.length > 0 || !draft ? null : draft.workspace.budgets, wrong: told(settings) }
}
const isOfRules = (file: string | undefined): boolean => file === TAKEN || file?.startsWith('rules/') === true

const FEW_WORDS = 2

/** Made once for a workspace: its vocabulary takes a while to read, and rules may be taken anew. */
const purposes = new WeakMap<Workspace, House['purposeOf']>()
const purposeOf = (workspace: Workspace): House['purposeOf'] => {
  const known = purposes.get(workspace)
  if (known) return known
  const made = createPurpose(ownTexts(workspace))
  purposes.set(workspace, made)
  return made
}

/** `codes`: made with the house's secret; who gives none can make no code. */
/** Its plans' conditions, read once. */
const conditionsOf = ({ plans }: Workspace): House['holds'] => {
  const conditions = Object.values(plans.reach).flatMap((steps) => steps.flatMap((step) => step.if ?? []))
  const read = new Map(conditions.map((condition) => [condition, readCondition(condition)]))
  return (condition, situation) => read.get(condition)?.(situation) ?? false
}

export const createHouse = (
  { workspace, rulebook }: Pick<Opened, 'workspace' | 'rulebook'>,
  versions: readonly Journey[],
  codes: Codes = noCodes,
): House => {
  const journeys = new Map<Digest, Journey>([...versions, ...workspace.journeys].map((journey) => [journey.version, journey]))
  return {
    workspace,
    capabilities: new Map<ChannelId, NonNullable<ReturnType<typeof channelOf>>['capabilities']>(
      workspace.channels.flatMap(({ id, kind }) => {
        const channel = channelOf(kind)
        return channel ? [[id, channel.capabilities] as const] : []
      }),
    ),
    rulebook: rulebook.digest,
    judge: (situation, at) => judge(rulebook, situation, at),
    holds: conditionsOf(workspace),
    journey: (version) => journeys.get(version),
    asksForHuman,
    asksWhoAnswers,
    purposeOf: purposeOf(workspace),
    // A word or two are the same in many languages: they say nothing of the customer's.
    languageOf: (text) => (text.split(/\s+/).length <= FEW_WORDS ? null : detectLanguage(text, null)),
    isOptOut,
    fit: (content, capabilities) => fitContent(content, capabilities),
    codes,
  }
}
