/** Reads a workspace and the rulebook from the disk, and makes of them what decide may ask. */
import { channelOf, channels } from '../channels/index.ts'
import { RelaisError } from '../core/errors.ts'
import { fitContent } from '../core/fitting.ts'
import type { ChannelId, Digest } from '../core/ids.ts'
import type { Journey } from '../core/journey.ts'
import type { Language } from '../core/language.ts'
import { isOptOut } from '../core/opt-out.ts'
import type { Finding } from '../core/ports.ts'
import type { Workspace } from '../core/workspace.ts'
import { engines } from '../engines/index.ts'
import { asksForHuman } from '../knowledge/human-request.ts'
import { detectLanguage } from '../knowledge/language.ts'
import { judge, type Rulebook, readRulebook } from '../policy/index.ts'
import type { House } from '../relay/index.ts'
import { checkWorkspace, disk, type Kinds, type Loaded, lineOf, loadWorkspace } from '../workspace/index.ts'
import { readRulebookFiles } from './rulebook-files.ts'

/** What each kind of connector asks for in relais.yaml. */
export const KINDS: { readonly channels: Kinds; readonly engines: Kinds } = {
  channels: Object.fromEntries(channels.map((channel) => [channel.kind, channel.config])),
  engines: Object.fromEntries(Object.values(engines).map((engine) => [engine.kind, engine.config])),
}

const CAPABILITIES = Object.fromEntries(channels.map(({ kind, capabilities }) => [kind, capabilities]))

/** The rulebook that Relais ships with the workspace's own rules, and what is wrong in those. */
const examineRules = (own: Workspace['rules']): { readonly rulebook: Rulebook; readonly findings: readonly Finding[] } => {
  const { rulebook, problems } = readRulebook([
    ...readRulebookFiles(),
    ...own.map(({ file, source }) => ({ path: file, source, business: true })),
  ])
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
  return { rulebook, findings }
}

export type Opened = {
  readonly workspace: Workspace
  readonly rulebook: Rulebook
  readonly findings: readonly Finding[]
  readonly place: Loaded['place']
}
type Env = Readonly<Record<string, string | undefined>>

/** @throws {RelaisError} `bad-workspace`, naming what the disk does not give. */
export const readFolder = (folder: string, env: Env): Promise<Loaded> =>
  loadWorkspace(folder, { shelf: disk, env, ...KINDS }).catch((error) => {
    const { path = folder, code = 'unreadable' } = error instanceof Error ? (error as NodeJS.ErrnoException) : {}
    throw new RelaisError('bad-workspace', `${path}: ${code}`, error)
  })

/** What is wrong in a folder's files, each and together, and in its own rules; and what they make, where they can be read. */
export const examineWorkspace = async (folder: string, env: Env): Promise<Omit<Opened, 'workspace'> & Pick<Loaded, 'workspace'>> => {
  const { workspace, draft, findings, place } = await readFolder(folder, env)
  const rules = examineRules(draft?.workspace.rules ?? [])
  const sense = draft ? checkWorkspace(draft.workspace, { capabilities: CAPABILITIES, env, place, unread: draft.unread }) : []
  return { workspace, rulebook: rules.rulebook, findings: [...findings, ...sense, ...rules.findings], place }
}

/** @throws {RelaisError} `bad-workspace`, naming everything that is wrong as `relais check` does. */
export const openWorkspace = async (folder: string, env: Env, language: Language = 'en'): Promise<Opened> => {
  const { workspace, ...examined } = await examineWorkspace(folder, env)
  const errors = examined.findings.filter(({ level }) => level === 'error')
  if (!workspace || errors.length > 0) throw new RelaisError('bad-workspace', errors.map((finding) => lineOf(finding, language)).join('\n'))
  return { workspace, ...examined }
}

const FEW_WORDS = 2

export const createHouse = ({ workspace, rulebook }: Pick<Opened, 'workspace' | 'rulebook'>, versions: readonly Journey[]): House => {
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
    journey: (version) => journeys.get(version),
    asksForHuman,
    // A word or two are the same in many languages: they say nothing of the customer's.
    languageOf: (text) => (text.split(/\s+/).length <= FEW_WORDS ? null : detectLanguage(text, null)),
    isOptOut,
    fit: (content, capabilities) => fitContent(content, capabilities),
  }
}
