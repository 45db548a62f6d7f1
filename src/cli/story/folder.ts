/**
 * The story's workspace, made of the demo's: the same agency, had it declared that AI is its main service. One source for both; what differs
 * stands here and in `workspaces/story`.
 */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import type { ChannelSetup } from '../../core/workspace.ts'
import { DEMO, ROOT } from '../demo-beside.ts'
import { PLATFORM } from './platform.ts'

type Scope = ChannelSetup['scope']
const STORY = join(ROOT, 'workspaces', 'story')
/** From this day on the agency answers on its first channel what concerns its travellers, and everything else on its own page: its choice, no rule's. */
export const OWN_GROUND_SINCE = '2026-06-01'

export const scopeOn = (date: string): Scope => (date < OWN_GROUND_SINCE ? 'general' : 'service')

/** Writes the folder anew. `origins`: where pages may show the agency's own in a frame. */
export const makeStory = async (into: string, scope: Scope): Promise<string> => {
  await rm(into, { recursive: true, force: true })
  await mkdir(into, { recursive: true })
  await cp(DEMO, into, { recursive: true })
  await cp(STORY, into, { recursive: true })
  const file = join(into, 'relais.yaml')
  const settings = parseDocument(await readFile(file, 'utf8'))
  settings.setIn(['assistant', 'aiIs'], 'primary')
  settings.setIn(['assistant', 'since'], '2025-06-01')
  settings.setIn(['channels', PLATFORM, 'scope'], scope)
  if (!settings.hasIn(['channels', 'site'])) settings.setIn(['channels', 'site'], settings.createNode({ kind: 'web' }))
  settings.setIn(['channels', 'site', 'scope'], 'general')
  await writeFile(file, String(settings))
  return into
}
