/** `relais judge`: what the rulebook says of a message not yet written. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { mediumOfKind } from '../channels/index.ts'
import type { Address } from '../core/address.ts'
import { countryOfAddress, isCountry, readAddress, sortOfAddress } from '../core/country.ts'
import type { Judgement } from '../core/decision.ts'
import type { Words } from '../core/language.ts'
import { nearestName } from '../core/nearest.ts'
import type { Category, Situation } from '../core/situation.ts'
import { instantOf, judge as judgeSituation, type PartialSituation, type Rulebook, readSituation, situationAt } from '../policy/index.ts'
import { defineCommand, EXIT, type Io, UsageError, writeJson } from './command.ts'
import { dayFlag, timeFlag } from './date-flags.ts'
import { judgementAsJson, judgementInWords } from './judgement-words.ts'
import { type OwnRules, type OwnTemplate, readOwnRules, readRules, refuseProblems } from './rules/own-rules.ts'

const USAGE: Words = {
  fr: `relais judge --channel CANAL --to ADRESSE [options]
relais judge --situation FICHIER [--at DATE|INSTANT] [--known DATE]

  --channel CANAL      sms, email, web, une plateforme… ; avec --workspace, aussi le nom d’un canal
  --to ADRESSE         numéro avec son indicatif, adresse e-mail ou identifiant d’utilisateur (FR.1A2B…) ; son pays est jugé
  --country PAYS       le pays du client, si l’adresse ne le dit pas (FR, IT…)
  --at DATE|INSTANT    2026-10-01 (midi chez le client) ou 2026-10-01T08:00:00Z ; sinon, maintenant
  --known DATE         tel qu’on le savait ce jour-là ; sinon, tel qu’on le sait aujourd’hui
  --category C         service (par défaut), utility (par défaut pour un modèle), authentication, marketing ; avec --workspace celle du modèle
  --purpose O          service (par défaut) ou general
  --ai                 le texte vient d’une IA
  --first-ai-turn      et c’est le premier à cette personne
  --template NOM       un modèle approuvé au lieu d’un texte libre ; avec --workspace, un des siens
  --window F           open (par défaut), closed, ou free-entry : les deux fenêtres ouvertes, comme après une publicité
  --consent C          à la publicité : none (par défaut), given, revoked
  --ai-is A            incidental (par défaut) ou primary
  --ai-since DATE      le jour où l’entreprise est devenue fournisseur d’IA ; sinon, avant le 2025-10-15
  --workspace DOSSIER  ajoute les règles et les portées propres à l’entreprise
  --situation FICHIER  les faits en YAML ou JSON ; ce qui n’est pas dit est une réponse ordinaire à un client qui vient d’écrire
  --json               un document JSON

Code de sortie : 0 il peut partir, maintenant ou plus tard, tel quel, modifié ou autrement ; 1 il est refusé ; 2 mauvais usage.
`,
  en: `relais judge --channel KIND --to ADDRESS [options]
relais judge --situation FILE [--at DATE|INSTANT] [--known DATE]

  --channel KIND      sms, email, web, a platform…; with --workspace also a channel's name
  --to ADDRESS        phone number with its country code, e-mail address or user id (FR.1A2B…); its country is judged
  --country CC        the customer's country, where the address does not tell (FR, IT…)
  --at DATE|INSTANT   2026-10-01 (noon at the customer's place) or 2026-10-01T08:00:00Z; without it, now
  --known DATE        as known on that day; without it, as known today
  --category C        service (default), utility (a template’s default), authentication, marketing; with --workspace the template’s own
  --purpose P         service (default) or general
  --ai                its text was made by an AI
  --first-ai-turn     and is the first one to this person
  --template NAME     an approved template instead of free text; with --workspace one of its own
  --window W          open (default), closed, or free-entry: both windows open, as after an advertisement
  --consent C         to marketing: none (default), given, revoked
  --ai-is A           incidental (default) or primary
  --ai-since DATE     the day the business became an AI provider; without it, before 2025-10-15
  --workspace FOLDER  adds the business's own rules and scopes
  --situation FILE    the facts as YAML or JSON; what is not said is a plain answer to a customer who just wrote
  --json              one JSON document

Exit: 0 it may leave, now or later, as it is, changed or another way; 1 it is refused; 2 wrong use.
`,
}

const OPTIONS = {
  channel: { type: 'string' },
  to: { type: 'string' },
  country: { type: 'string' },
  at: { type: 'string' },
  known: { type: 'string' },
  category: { type: 'string' },
  purpose: { type: 'string' },
  ai: { type: 'boolean' },
  'first-ai-turn': { type: 'boolean' },
  template: { type: 'string' },
  window: { type: 'string' },
  consent: { type: 'string' },
  'ai-is': { type: 'string' },
  'ai-since': { type: 'string' },
  workspace: { type: 'string' },
  situation: { type: 'string' },
} as const

type Flags = { readonly [K in keyof typeof OPTIONS]?: ((typeof OPTIONS)[K]['type'] extends 'boolean' ? boolean : string) | undefined }

export const judge = defineCommand({
  name: 'judge',
  summary: {
    fr: 'Dit ce que les règles permettent pour un message qui n’est pas encore écrit.',
    en: 'Says what the rules permit for a message not yet written.',
  },
  usage: USAGE,
  options: OPTIONS,
  async run({ values }, io) {
    const own = values.workspace === undefined ? null : readOwnRules(io.cwd, values.workspace)
    const rulebook = readRules(own?.rules, resolve(io.cwd, values.workspace ?? '.'))
    const given = values.situation === undefined ? givenBy(values, own) : readSituationFile(io, values.situation)
    const { situation, at } = situationAt(given, timeFlag('at', values.at) ?? isoOf(io.now()))
    warnOfUnknownChannel(rulebook, situation, own, io)
    const knownDay = timeFlag('known', values.known)
    const known = knownDay === undefined ? undefined : instantOf(knownDay, situation.contact.timezone)
    const judgement = judgeSituation(rulebook, situation, at, known)
    if (values.json) writeJson(io, judgementAsJson(judgement, situation, at, rulebook))
    else io.stdout(judgementInWords(judgement, situation, at, io.language))
    return exitOf(judgement)
  },
})

const exitOf = ({ outcome }: Judgement): number => (outcome === 'refuse' ? EXIT.no : EXIT.done)

const isoOf = (at: number): string => new Date(at).toISOString()

/** One of a few words; wrong ones are named with the right ones. */
const oneOf = <const T extends string>(flag: string, given: string | undefined, choices: readonly T[]): T | undefined => {
  if (given === undefined) return undefined
  const choice = choices.find((one) => one === given)
  if (choice !== undefined) return choice
  throw new UsageError({
    fr: `--${flag} : « ${given} » n’est pas l’un de ${choices.join(', ')}.`,
    en: `--${flag}: “${given}” is not one of ${choices.join(', ')}.`,
  })
}

/** The facts that the flags tell. */
const givenBy = (flags: Flags, own: OwnRules | null): PartialSituation => {
  const { channel, to } = flags
  if (channel === undefined || to === undefined) {
    throw new UsageError({ fr: 'il faut --channel et --to, ou --situation.', en: '--channel and --to are needed, or --situation.' })
  }
  const address = addressOf(to)
  const ofAddress = countryOfAddress(address)
  const country = countryFlag(flags.country) ?? ofAddress
  const since = dayFlag('ai-since', flags['ai-since'])
  const window = oneOf('window', flags.window, ['open', 'closed', 'free-entry'])
  const purpose = oneOf('purpose', flags.purpose, ['service', 'general'])
  const closed = window === 'closed'
  const template = flags.template === undefined ? undefined : templateNamed(flags.template, own)
  const named = own?.channels[channel] ?? Object.values(own?.channels ?? {}).find((one) => one.kind === channel || one.medium === channel)
  return {
    channel: { kind: named?.medium ?? mediumOfKind(channel), id: channel, scope: own ? (named?.scope ?? 'service') : 'general' },
    message: {
      category: categoryOf(flags, template),
      purpose,
      purposeAssumed: purpose === undefined,
      ai: flags.ai === true || flags['first-ai-turn'] === true,
      firstAiTurn: flags['first-ai-turn'] === true,
      template: flags.template ?? '',
      reply: !closed,
      type: flags.template === undefined ? 'text' : 'template',
    },
    account: {
      aiIs: oneOf('ai-is', flags['ai-is'], ['incidental', 'primary']) ?? own?.assistant.aiIs,
      aiSince: since ?? own?.assistant.since,
      country: own?.workspace.country,
    },
    contact: {
      country,
      numberCountry: ofAddress || country,
      address: sortOfAddress(address),
      marketing: oneOf('consent', flags.consent, ['given', 'none', 'revoked']),
      ...(country === '' && own?.workspace.timezone !== undefined ? { timezone: own.workspace.timezone } : {}),
    },
    window: {
      service: closed ? 'closed' : 'open',
      ...(closed ? { secondsLeft: 0 } : {}),
      freeEntry: window === 'free-entry' ? 'open' : 'closed',
    },
  }
}

/** Without a workspace nobody knows which templates there are. */
const templateNamed = (name: string, own: OwnRules | null): OwnTemplate | undefined => {
  const found = own?.templates.find((one) => one.name === name)
  if (own === null || found !== undefined) return found
  const names = [...new Set(own.templates.map((one) => one.name))]
  const near = nearestName(name, names)
  const known = { fr: names.join(', ') || 'aucun', en: names.join(', ') || 'none' }
  throw new UsageError({
    fr: `--template : il n’y a pas de modèle « ${name} » dans cet espace ; ${near ? `vouliez-vous dire « ${near} » ?` : `il y a : ${known.fr}.`}`,
    en: `--template: this workspace has no template “${name}”; ${near ? `did you mean “${near}”?` : `it has: ${known.en}.`}`,
  })
}

/** A template's own; one that nobody knows is taken for a utility: a template is never a service message. */
const categoryOf = (flags: Flags, template: OwnTemplate | undefined): Category | undefined => {
  const given = oneOf('category', flags.category, ['service', 'utility', 'authentication', 'marketing'])
  if (flags.template === undefined) return given
  if (given === undefined) return template?.category ?? 'utility'
  const own = template?.category
  if (given === own || (own === undefined && given !== 'service')) return given
  throw new UsageError(
    own === undefined
      ? { fr: '--category : un modèle n’est jamais « service ».', en: '--category: a template is never “service”.' }
      : {
          fr: `--category : le modèle « ${flags.template} » est « ${own} ».`,
          en: `--category: the template “${flags.template}” is “${own}”.`,
        },
  )
}

const addressOf = (to: string): Address => {
  const address = readAddress(to)
  if (address !== null) return address
  throw new UsageError({
    fr: `--to : « ${to} » n’est ni un numéro avec son indicatif (+33612345678), ni une adresse e-mail, ni un identifiant d’utilisateur (FR.1A2B…).`,
    en: `--to: “${to}” is neither a number with its country code (+33612345678), nor an e-mail address, nor a user id (FR.1A2B…).`,
  })
}

/** ISO 3166-1, two capital letters, or undefined where the flag is not given. */
export const countryFlag = (given: string | undefined): string | undefined => {
  const country = given?.toUpperCase()
  if (country === undefined || isCountry(country)) return country
  throw new UsageError({
    fr: `--country : « ${given} » n’est pas un pays en deux lettres (FR, IT…).`,
    en: `--country: “${given}” is not a country in two letters (FR, IT…).`,
  })
}

const readSituationFile = (io: Io, file: string): PartialSituation => {
  try {
    const { given, problems } = readSituation({ path: file, source: readFileSync(resolve(io.cwd, file), 'utf8') })
    refuseProblems(problems)
    return given
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new UsageError({
      fr: `${file} n’est pas un fichier qui se lit ; donnez un fichier YAML ou JSON.`,
      en: `${file} is no file that can be read; name a YAML or JSON file.`,
    })
  }
}

/** Kinds that no rule may name, and that are none the less no mistake. */
const PLAIN_KINDS = ['sms', 'email', 'web', 'voice', 'callback']

/** A kind no rule speaks of would pass as allowed: a slip of the pen is refused, a new kind is told. */
const warnOfUnknownChannel = (rulebook: Rulebook, { channel }: Situation, own: OwnRules | null, io: Io): void => {
  const configured = Object.values(own?.channels ?? {}).map((one) => one.medium)
  const kinds = [...new Set([...rulebook.rules.flatMap((rule) => rule.channels ?? []), ...PLAIN_KINDS, ...configured])]
  if (kinds.includes(channel.kind)) return
  const near = nearestName(channel.kind, kinds)
  if (near !== null) {
    throw new UsageError({
      fr: `--channel : « ${channel.kind} » n’est pas connu ; vouliez-vous dire « ${near} » ?`,
      en: `--channel: “${channel.kind}” is not known; did you mean “${near}”?`,
    })
  }
  const words = {
    fr: `Aucune règle ne nomme le canal « ${channel.kind} » ; seules celles qui valent partout ont parlé.`,
    en: `No rule names the channel “${channel.kind}”; only those that hold everywhere have spoken.`,
  }
  io.stderr(`${words[io.language]}\n`)
}
