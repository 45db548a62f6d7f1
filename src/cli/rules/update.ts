/** `relais rules update FILE|URL`: takes a signed rulebook, once it was shown what it changes. */
import { open, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { RelaisError, sentenceOf } from '../../core/errors.ts'
import type { Words } from '../../core/language.ts'
import { dayIn } from '../../core/telling.ts'
import {
  differenceOf,
  loadRulebook,
  MAX_BUNDLE_BYTES,
  type OpenedBundle,
  openBundle,
  type Rulebook,
  withWorkspaceRules,
} from '../../policy/index.ts'
import { type Command, defineCommand, EXIT, type Io, writeJson } from '../command.ts'
import { differenceInWords } from './difference-words.ts'
import { type OwnRules, readOwnRules } from './own-rules.ts'
import { heldRulebook, isBefore, TAKEN, trustIn } from './rulebook-files.ts'

const USAGE: Words = {
  fr: `relais rules update FICHIER|URL [--workspace DOSSIER] [--yes] [--json]

  FICHIER|URL  un recueil de règles signé ; une adresse commence par https://, ou par http:// sur cette machine
  --workspace  l’espace de travail qui le prend ; ce dossier par défaut. Ses clés de confiance : rulebook, trust dans relais.yaml
  --yes        le prendre sans poser la question
  --json       un document JSON ; sans --yes, rien n’est pris

Montre ce qui change et ce que cela aurait changé aux 30 derniers jours, puis demande. Le recueil pris est gardé dans rulebook.json, à côté de
relais.yaml ; « relais start » l’utilise à son prochain démarrage.
`,
  en: `relais rules update FILE|URL [--workspace FOLDER] [--yes] [--json]

  FILE|URL     a signed rulebook; an address begins with https://, or with http:// on this machine
  --workspace  the workspace that takes it; this folder where none is named. Whom it trusts: rulebook, trust in relais.yaml
  --yes        takes it without asking
  --json       one JSON document; without --yes nothing is taken

Shows what changes, and what that would have changed in the last 30 days, then asks. The rulebook taken is kept in rulebook.json beside
relais.yaml; “relais start” uses it from its next start.
`,
}

/** What the recorded traffic of a stretch of time would have met under other rules: for people, and for `--json`. */
export type JudgedTraffic = { readonly text: string; readonly json: unknown }
export type UpdateTools = {
  /** Refuses whatever is neither public nor one of `hosts`. */
  readonly fetch: (request: Request, hosts: readonly string[]) => Promise<Response>
  /** Null where there is nothing recorded to judge, or no store. */
  readonly whatIf: (
    asked: { readonly before: Rulebook; readonly after: Rulebook; readonly own: OwnRules; readonly since: number; readonly until: number },
    io: Io,
  ) => Promise<JudgedTraffic | null>
  /** False where nobody is there to answer. */
  readonly ask: (question: string) => Promise<boolean>
}

const PERIOD_MS = 30 * 86_400_000

type Update = { readonly text: string; readonly bundle: OpenedBundle; readonly before: Rulebook; readonly after: Rulebook }

export const rulesUpdate = (tools: UpdateTools): Command =>
  defineCommand({
    name: 'rules update',
    summary: { fr: 'Prend un recueil de règles signé.', en: 'Takes a signed rulebook.' },
    usage: USAGE,
    options: { workspace: { type: 'string' }, yes: { type: 'boolean' } },
    positionals: { min: 1, max: 1 },
    run: async ({ values, positionals: [from = ''] }, io) => {
      const folder = resolve(io.cwd, values.workspace ?? '.')
      const own = readOwnRules(io.cwd, values.workspace ?? '.')
      try {
        const update = await readUpdate(from, folder, own.rules, tools, io)
        return await offer(update, own, folder, values, tools, io)
      } catch (error) {
        // Wrong files of the business itself are wrong use; of a rulebook that was offered the answer is no.
        if (!(error instanceof RelaisError)) throw error
        if (values.json) writeJson(io, { taken: false, refused: error.code, detail: error.detail })
        else io.stderr(`relais rules update${io.language === 'fr' ? '\u00a0:' : ':'} ${sentenceOf(error, io.language)}\n`)
        return EXIT.no
      }
    },
  })

/** @throws {RelaisError} where it is not to be taken. */
const readUpdate = async (
  from: string,
  folder: string,
  own: readonly { path: string; source: string }[],
  tools: UpdateTools,
  io: Io,
): Promise<Update> => {
  const text = await readText(from, tools, io)
  const bundle = openBundle(text, trustIn(folder), io.now())
  const held = heldRulebook(folder)
  const older = held.taken ? bundle.date <= held.taken.date : isBefore(bundle.date, held.files)
  const before = loadRulebook(held.files)
  if (older && bundle.rulebook.digest !== before.digest)
    throw new RelaisError('rulebook-older', `${bundle.date} < ${held.taken?.date ?? 'Relais'}`)
  return { text, bundle, before: withWorkspaceRules(before, own), after: withWorkspaceRules(bundle.rulebook, own) }
}

const offer = async (
  { text, bundle, before, after }: Update,
  own: OwnRules,
  folder: string,
  flags: { readonly yes?: boolean | undefined; readonly json?: boolean | undefined },
  tools: UpdateTools,
  io: Io,
): Promise<number> => {
  const difference = differenceOf(before, after)
  const told = { digest: bundle.rulebook.digest, date: bundle.date, publisher: bundle.publisher, difference }
  if (before.digest === after.digest) {
    if (flags.json) writeJson(io, { taken: false, same: true, ...told })
    else io.stdout({ fr: 'Ce sont déjà les règles en usage.\n', en: 'These are the rules in use already.\n' }[io.language])
    return EXIT.done
  }
  const now = io.now()
  const traffic = await tools.whatIf({ before, after, own, since: now - PERIOD_MS, until: now }, io)
  if (!flags.json) show(bundle, differenceInWords(difference, io), traffic, io)
  const taken = flags.yes || (!flags.json && (await tools.ask(QUESTION[io.language])))
  if (taken) await keep(join(folder, TAKEN), text)
  if (flags.json) writeJson(io, { taken, same: false, ...told, whatif: traffic?.json ?? null })
  else io.stdout(taken ? TAKEN_WORDS[io.language] : LEFT_WORDS[io.language])
  return taken ? EXIT.done : EXIT.no
}

const QUESTION: Words = { fr: 'Prendre ces règles ? (oui/non) ', en: 'Take these rules? (yes/no) ' }
const TAKEN_WORDS: Words = {
  fr: `Pris : ${TAKEN}. Redémarrez Relais, ou envoyez-lui SIGHUP, pour qu’il s’en serve.\n`,
  en: `Taken: ${TAKEN}. Start Relais again, or send it SIGHUP, for it to use them.\n`,
}
const LEFT_WORDS: Words = {
  fr: 'Rien n’a été pris. Avec --yes, la question n’est pas posée.\n',
  en: 'Nothing was taken. With --yes no question is asked.\n',
}

const show = (bundle: OpenedBundle, difference: string, traffic: JudgedTraffic | null, io: Io): void => {
  const day = dayIn(bundle.date.slice(0, 10), io.language)
  const head: Words = { fr: `Règles du ${day}, signées par ${bundle.publisher}`, en: `Rules of ${day}, signed by ${bundle.publisher}` }
  const silent: Words = {
    fr: 'Les 30 derniers jours : aucun trafic enregistré n’a pu être rejugé ici.',
    en: 'The last 30 days: no recorded traffic could be judged anew here.',
  }
  io.stdout(`${head[io.language]}\n\n${difference}\n${traffic?.text ?? silent[io.language]}\n`)
}

/** Whole or not at all: a start may read it at this moment. */
const keep = async (path: string, text: string): Promise<void> => {
  await writeFile(`${path}.new`, text, { flush: true })
  await rename(`${path}.new`, path)
}

// --- where it comes from -------------------------------------------------------------------------------------------------------------------

/** @throws {RelaisError} `rulebook-unreachable`, `rulebook-too-large`, or what a guarded fetch refuses. */
const readText = async (from: string, { fetch }: UpdateTools, io: Io): Promise<string> => {
  if (/^[a-z]+:\/\//iu.test(from)) return download(from, fetch)
  const file = await open(resolve(io.cwd, from)).catch((error) => {
    throw new RelaisError('rulebook-unreachable', from, error)
  })
  try {
    return await collect(file.readableWebStream())
  } catch (error) {
    throw error instanceof RelaisError ? error : new RelaisError('rulebook-unreachable', from, error)
  } finally {
    await file.close()
  }
}

const DOWNLOAD_MS = 30_000

/** Whoever types such an address sits there; where an answer leads on to is not theirs, and stays refused. */
const isThisMachine = ({ hostname }: URL): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(hostname)

const download = async (url: string, fetch: UpdateTools['fetch']): Promise<string> => {
  const address = URL.canParse(url) ? new URL(url) : null
  const here = address !== null && isThisMachine(address)
  if (address?.protocol !== 'https:' && !(here && address.protocol === 'http:')) throw new RelaisError('rulebook-unreachable', url)
  try {
    const response = await fetch(new Request(url, { signal: AbortSignal.timeout(DOWNLOAD_MS) }), here ? [address.host] : [])
    if (response.ok && response.body) return await collect(response.body)
    await response.body?.cancel()
    throw new RelaisError('rulebook-unreachable', `${url} (${response.status})`)
  } catch (error) {
    throw error instanceof RelaisError ? error : new RelaisError('rulebook-unreachable', url, error)
  }
}

/** Stops reading at the limit, whatever was announced. */
const collect = async (stream: AsyncIterable<unknown>): Promise<string> => {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of stream) {
    const bytes = part instanceof Uint8Array ? part : new Uint8Array(part as ArrayBuffer)
    size += bytes.length
    if (size > MAX_BUNDLE_BYTES) throw new RelaisError('rulebook-too-large')
    parts.push(bytes)
  }
  return Buffer.concat(parts).toString('utf8')
}
