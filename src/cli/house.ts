/** Reads a workspace and the rulebook from the disk, and makes of them what decide may ask. */
import { channelOf, channels } from '../channels/index.ts'
import { RelaisError } from '../core/errors.ts'
import { fitContent } from '../core/fitting.ts'
import type { ChannelId, Digest } from '../core/ids.ts'
import type { Journey } from '../core/journey.ts'
import { isOptOut } from '../core/opt-out.ts'
import type { Finding } from '../core/ports.ts'
import type { Workspace } from '../core/workspace.ts'
import { engines } from '../engines/index.ts'
import { asksForHuman } from '../knowledge/human-request.ts'
import { detectLanguage } from '../knowledge/language.ts'
import { judge, loadRulebook, type Rulebook, withWorkspaceRules } from '../policy/index.ts'
import type { House } from '../relay/index.ts'
import { disk, type Kinds, lineOf, loadWorkspace } from '../workspace/index.ts'
import { readRulebookFiles } from './rulebook-files.ts'

/** What each kind of connector asks for in relais.yaml. */
export const KINDS: { readonly channels: Kinds; readonly engines: Kinds } = {
  channels: Object.fromEntries(channels.map((channel) => [channel.kind, channel.config])),
  engines: Object.fromEntries(Object.values(engines).map((engine) => [engine.kind, engine.config])),
}

/** The rulebook that Relais ships, with the workspace's own rules if given. */
export const readRules = (own: Workspace['rules'] = []): Rulebook =>
  withWorkspaceRules(
    loadRulebook(readRulebookFiles()),
    own.map(({ file, source }) => ({ path: file, source })),
  )

export type Opened = { readonly workspace: Workspace; readonly rulebook: Rulebook; readonly findings: readonly Finding[] }

/** @throws {RelaisError} `bad-workspace`, naming everything that is wrong; `bad-rules`. */
export const openWorkspace = async (folder: string, env: Readonly<Record<string, string | undefined>>): Promise<Opened> => {
  const loaded = await loadWorkspace(folder, { shelf: disk, env, ...KINDS }).catch((error) => {
    throw new RelaisError('bad-workspace', `${folder}: ${error instanceof Error && 'code' in error ? error.code : 'unreadable'}`, error)
  })
  if (!loaded.workspace)
    throw new RelaisError(
      'bad-workspace',
      loaded.findings
        .filter((finding) => finding.level === 'error')
        .map((finding) => lineOf(finding, 'en'))
        .join('\n'),
    )
  return { workspace: loaded.workspace, rulebook: readRules(loaded.workspace.rules), findings: loaded.findings }
}

const FEW_WORDS = 2

export const createHouse = ({ workspace, rulebook }: Opened, versions: readonly Journey[]): House => {
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
    languageOf: (text) => (text.split(/\s+/).length <= FEW_WORDS ? null : detectLanguage(text, null as never)),
    isOptOut,
    fit: (content, capabilities) => fitContent(content, capabilities),
  }
}
