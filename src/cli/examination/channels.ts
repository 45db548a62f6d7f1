/** One channel: what its connector says of it, its templates, and what the store remembers of it. */
import type { Abilities, OpenChannel, VendorTemplate } from '../../core/channel.ts'
import { SIMULATED } from '../../core/placeholder.ts'
import type { Finding, Place } from '../../core/ports.ts'
import type { ChannelView } from '../../core/reading.ts'
import type { ChannelSetup, Template } from '../../core/workspace.ts'
import { type Examination, type Examined, isError, NOTHING } from './examination.ts'
import { found } from './findings.ts'
import { examineTemplates } from './templates.ts'

export type ChannelCase = {
  readonly setup: ChannelSetup
  readonly open: OpenChannel & Abilities
  /** Where it stands in relais.yaml. */
  readonly place: Place
  readonly templates: readonly Template[]
  /** Where the world reaches Relais; undefined where nobody said. */
  readonly publicUrl: URL | undefined
  /** What the store knows of channels; empty where it cannot be asked. */
  readonly stored: Promise<readonly ChannelView[]>
}

/** null where the platform would not say, undefined where it has none. */
const listTemplates = async (open: OpenChannel & Abilities, signal: AbortSignal): Promise<readonly VendorTemplate[] | null | undefined> =>
  open.listTemplates?.(signal).catch(() => null)

const remembered = (view: ChannelView | undefined, subject: string, blamed: boolean): readonly Finding[] => [
  // While the platform itself holds something against the channel, being cut is its consequence and no second fault.
  ...(view?.health === 'cut' && !blamed ? [found('channel-cut', subject, view.reason ?? '')] : []),
  ...(view?.paused ? [found('channel-paused', subject, view.reason ?? '')] : []),
]

const isPlaceholder = ({ config }: ChannelSetup): boolean =>
  typeof config === 'object' && config !== null && Object.values(config).includes(SIMULATED)

/** Nobody is asked: there is nobody behind it. */
const placeholderOf = (id: string, place: Place): Examined => ({ findings: [found('channel-placeholder', id, '', place)], says: NOTHING })

export const examinationOfChannel = ({ setup, open, place, templates, publicUrl, stored }: ChannelCase): Examination => {
  const { id, kind } = setup
  const webhook = publicUrl && new URL(`${publicUrl.pathname.replace(/\/$/, '')}/webhooks/${id}`, publicUrl).href
  return {
    subject: id,
    title: { fr: `Canal « ${id} »`, en: `Channel “${id}”` },
    examine: async (signal) => {
      if (isPlaceholder(setup)) return placeholderOf(id, place)
      const [told, theirs, views] = await Promise.all([open.examine?.(webhook, signal) ?? [], listTemplates(open, signal), stored])
      const blamed = told.some(isError)
      const own = templates.filter(({ channel }) => channel === null || channel === id || channel === kind)
      // Where the platform answers nothing at all, the connector has said why.
      const silent = theirs === null && !blamed ? [found('templates-unreadable', id)] : []
      const compared = theirs ? examineTemplates(own, theirs, id) : { findings: [], usable: 0 }
      const view = views.find((one) => one.id === id)
      const findings = [...told, ...silent, ...compared.findings, ...remembered(view, id, blamed)]
      return {
        findings: findings.map((finding) => ({ ...finding, place: finding.place ?? place })),
        says: open.examine
          ? {
              fr: `le fournisseur répond, le webhook aussi${theirs ? ` ; modèles prêts : ${compared.usable}` : ''}`,
              en: `the provider answers, so does the webhook${theirs ? `; templates ready: ${compared.usable}` : ''}`,
            }
          : { fr: 'rien à demander à ce genre de canal', en: 'nothing to ask of this kind of channel' },
      }
    },
  }
}
