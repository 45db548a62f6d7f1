/** `relais pause ID|ai` and `relais resume ID|ai`: by hand, beside a running Relais or without one. It holds within a second, in every process. */
import { RelaisError } from '../core/errors.ts'
import type { Language, Words } from '../core/language.ts'
import type { ChannelView, Switches } from '../core/reading.ts'
import type { Switch, SwitchKind } from '../core/store.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError, writeJson } from './command.ts'

/** null where there is no database yet: none is made for it. */
export type OpenSwitches = (io: Io) => Promise<null | {
  readonly turn: (change: Omit<Switch, 'id'>) => Promise<SwitchKind | null>
  readonly read: () => Promise<{
    readonly switches: Switches
    readonly channels: readonly ({ readonly id: string } & Pick<ChannelView, 'health' | 'paused'>)[]
  }>
  close(): Promise<void>
}>

const USAGE = {
  pause: {
    fr: `relais pause ID|ai [--reason TEXTE] [--json]

  ID        un canal, un moteur ou un webhook de relais.yaml
  ai        tout ce qui est automatique, partout et d’un coup : parcours, moteurs, relances et minuteries se taisent, les messages
            des clients vont aux conseillers, et ce que des personnes écrivent continue de partir
  --reason  pourquoi, pour qui le lira
`,
    en: `relais pause ID|ai [--reason TEXT] [--json]

  ID        a channel, an engine or a webhook of relais.yaml
  ai        everything automatic, everywhere and at once: journeys, engines, reminders and timers say nothing, what customers write
            goes to agents, and what people write goes on leaving
  --reason  why, for whoever reads it
`,
  },
  resume: {
    fr: `relais resume ID|ai [--reason TEXTE] [--json]

  ID        un canal, un moteur ou un webhook de relais.yaml
  ai        tout ce qui est automatique repart ; ce qui attendait part s’il a encore un sens, rien ne part deux fois
`,
    en: `relais resume ID|ai [--reason TEXT] [--json]

  ID        a channel, an engine or a webhook of relais.yaml
  ai        everything automatic goes on; what waited leaves if it still makes sense, and nothing leaves twice
`,
  },
} as const satisfies Record<string, Words>

const SUMMARY = {
  pause: { fr: 'Arrête un canal, un moteur, ou tout l’automatisme (ai).', en: 'Stops a channel, an engine, or all automation (ai).' },
  resume: {
    fr: 'Remet en marche ce que « pause » a arrêté, ou un canal coupé.',
    en: 'Starts again what “pause” stopped, or a channel that was cut.',
  },
} as const satisfies Record<string, Words>

const KINDS: Readonly<Record<SwitchKind, Words>> = {
  automation: { fr: 'Tout l’automatisme', en: 'All automation' },
  channel: { fr: 'Le canal', en: 'Channel' },
  engine: { fr: 'Le moteur', en: 'Engine' },
  webhook: { fr: 'Le webhook', en: 'Webhook' },
}

const doneIn = (kind: SwitchKind, what: string, paused: boolean, language: Language): string => {
  const named = kind === 'automation' ? KINDS[kind][language] : `${KINDS[kind][language]} ${what}`
  if (language === 'fr') return `${named} ${paused ? 'est en pause.' : 'est remis en marche.'}`
  return `${named} ${paused ? 'is paused.' : 'goes on.'}`
}

/** What a command asked for, where it was so before. */
const alreadyIn = (kind: SwitchKind, what: string, paused: boolean, language: Language): string => {
  const named = kind === 'automation' ? KINDS[kind][language] : `${KINDS[kind][language]} ${what}`
  if (language === 'fr') return `${named} ${paused ? 'est déjà en pause.' : 'n’était pas en pause.'}`
  return `${named} ${paused ? 'is paused already.' : 'was not paused.'}`
}

type Read = Awaited<ReturnType<NonNullable<Awaited<ReturnType<OpenSwitches>>>['read']>>
/** Whether it is paused; null where that is not the whole of it: a channel that was cut goes on by hand too, a webhook that fails as well. */
const pausedIn = ({ switches, channels }: Read, what: string): boolean | null => {
  if (what === 'ai') return switches.automation.paused
  const channel = channels.find(({ id }) => id === what)
  if (channel) return channel.paused ? true : channel.health === 'healthy' ? false : null
  const engine = switches.engines.find(({ id }) => id === what)
  return engine ? engine.paused : null
}

const turn = async (
  open: OpenSwitches,
  paused: boolean,
  what: string,
  reason: string,
  io: Io,
): Promise<{ kind: SwitchKind; already: boolean }> => {
  const database = await open(io)
  if (!database) throw new RelaisError('nothing-to-stop', what)
  try {
    const before = await database.read()
    const kind = await database.turn({ what, paused, reason })
    if (kind) return { kind, already: pausedIn(before, what) === paused }
    const { switches, channels } = before
    const known = ['ai', ...[...channels, ...switches.engines, ...switches.webhooks].map(({ id }) => id)].join(', ')
    throw new RelaisError('nothing-to-stop', io.language === 'fr' ? `${what} (il y a\u00a0: ${known})` : `${what} (there are: ${known})`)
  } finally {
    await database.close()
  }
}

const REASON_LENGTH = 500

const switchCommand = (name: 'pause' | 'resume', open: OpenSwitches): Command =>
  defineCommand({
    name,
    summary: SUMMARY[name],
    usage: USAGE[name],
    options: { reason: { type: 'string' } },
    positionals: { min: 1, max: 1 },
    run: async ({ values, positionals: [what = ''] }, io) => {
      const reason = values.reason?.trim() || 'by-hand'
      if (reason.length > REASON_LENGTH || /\p{Cc}/u.test(reason))
        throw new UsageError({ fr: '--reason : une ligne de 500 caractères au plus.', en: '--reason: one line of 500 characters at most.' })
      const paused = name === 'pause'
      const { kind, already } = await turn(open, paused, what, reason, io)
      if (values.json) writeJson(io, { id: what, kind, paused, reason })
      else io.stderr(`${(already ? alreadyIn : doneIn)(kind, what, paused, io.language)}\n`)
      return EXIT.done
    },
  })

export const pauseCommand = (open: OpenSwitches): Command => switchCommand('pause', open)
export const resumeCommand = (open: OpenSwitches): Command => switchCommand('resume', open)
