/** Channels and engines of relais.yaml: what all have in common, and what their connectors ask for. */
import { z } from 'zod'
import { asId } from '../core/ids.ts'
import { nearestName } from '../core/nearest.ts'
import type { Finding } from '../core/ports.ts'
import type { ChannelSetup, EngineSetup } from '../core/workspace.ts'
import type { Sheet } from './document.ts'
import { fault } from './fault.ts'
import { readAs } from './issue.ts'
import { channelCommon, engineCommon, type settings } from './settings.ts'

/** The settings of each kind of connector, by kind. */
export type Kinds = Readonly<Record<string, z.ZodType>>
/** What a connector says of a channel: its medium, and by its settings what kind of number messages come from. `config` null: they are wrong. */
export type NatureOf = (kind: string, config: unknown) => Pick<ChannelSetup, 'medium' | 'sender' | 'calls' | 'chat' | 'entry'>
type Settings = z.output<typeof settings>
type Section = 'channels' | 'engines'
type Read<T> = { readonly values: readonly T[]; readonly findings: readonly Finding[] }

const WHAT = { channels: { fr: 'un canal', en: 'channel' }, engines: { fr: 'un moteur', en: 'engine' } } as const
const COMMON = { channels: Object.keys(channelCommon.shape), engines: Object.keys(engineCommon.shape) } as const

/** A connector's own settings with the keys everybody has, as one shape: for unknown keys, documents and editors. */
export const withCommon = (section: Section, own: z.ZodType): z.ZodType => {
  const common = section === 'channels' ? channelCommon : engineCommon
  return own instanceof z.ZodObject ? z.strictObject({ ...common.shape, ...own.shape }) : common
}

/** The connector sees its own keys, and a common one only where its schema names it. */
const ownPart = (section: Section, own: z.ZodType, entry: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const named = own instanceof z.ZodObject ? Object.keys(own.shape) : []
  return Object.fromEntries(Object.entries(entry).filter(([key]) => named.includes(key) || !COMMON[section].includes(key)))
}

const readConfig = (section: Section, id: string, entry: { readonly kind: string }, kinds: Kinds, sheet: Sheet) => {
  const own = Object.hasOwn(kinds, entry.kind) ? kinds[entry.kind] : undefined
  if (own === undefined) {
    const names = Object.keys(kinds)
    const finding = fault(
      'unknown-kind',
      sheet.place([section, id, 'kind']),
      entry.kind,
      WHAT[section],
      names,
      nearestName(entry.kind, names),
    )
    return { value: null, findings: [finding] }
  }
  const data = ownPart(section, own, entry)
  return readAs(own instanceof z.ZodObject ? own.strict() : own, data, sheet, [section, id])
}

const throughputOf = (config: unknown, common: number | undefined): number | null => {
  const own: unknown = typeof config === 'object' && config !== null ? Reflect.get(config, 'throughput') : undefined
  return typeof own === 'number' ? own : (common ?? null)
}

export const readChannels = (
  entries: Settings['channels'],
  kinds: Kinds,
  sheet: Sheet,
  natureOf: NatureOf = () => ({}),
): Read<ChannelSetup> => {
  const findings: Finding[] = []
  const values = Object.entries(entries).map(([id, entry]): ChannelSetup => {
    const config = readConfig('channels', id, entry, kinds, sheet)
    findings.push(...config.findings)
    const throughput = throughputOf(config.value, entry.throughput)
    return {
      id: asId(id),
      kind: entry.kind,
      scope: entry.scope,
      ...(entry.url ? { url: entry.url } : {}),
      throughput,
      ...natureOf(entry.kind, config.value),
      config: config.value,
    }
  })
  return { values, findings }
}

/** The extractive engine sends nothing anywhere, so it may see everything. */
const permissionsOf = (entry: Settings['engines'][string]) => {
  const home = entry.kind === 'extractive'
  return {
    region: entry.region ?? (home ? 'self' : null),
    trainsOnData: entry.trainsOnData ?? (home ? false : null),
    personalData: entry.personalData ?? (home ? ('all' as const) : ('none' as const)),
  }
}

export const readEngines = (entries: Settings['engines'], kinds: Kinds, sheet: Sheet): Read<EngineSetup> => {
  const findings: Finding[] = []
  const values = Object.entries(entries).map(([id, entry]): EngineSetup => {
    const config = readConfig('engines', id, entry, kinds, sheet)
    findings.push(...config.findings)
    const timeouts = { firstTokenMs: entry.timeouts.firstToken, totalMs: entry.timeouts.total }
    return { id: asId(id), kind: entry.kind, ...permissionsOf(entry), price: entry.price ?? null, timeouts, config: config.value }
  })
  return { values, findings }
}
