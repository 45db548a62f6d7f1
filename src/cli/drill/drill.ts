/** `relais drill`: rehearses losing channels or engines, and writes a signed report of what came of it. */
import { randomInt } from 'node:crypto'
import { CUTS, type Cut } from '../../../simulators/rehearsal/index.ts'
import { type CutThing, type DrillReport, drillPage, spanIn, type TrafficShape, type Way } from '../../continuity/index.ts'
import type { Words } from '../../core/language.ts'
import { nearestName } from '../../core/nearest.ts'
import { publicKeyOf } from '../../core/signing.ts'
import type { Workspace } from '../../core/workspace.ts'
import { sealPage } from '../../evidence/index.ts'
import { instantOf } from '../../policy/index.ts'
import { folderNamed } from '../check.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError, writeJson } from '../command.ts'
import { dataFolderOf } from '../database.ts'
import { timeFlag } from '../date-flags.ts'
import { languageFlag } from '../language-flag.ts'
import { outFile } from '../out-file.ts'
import { openProgress } from '../progress.ts'
import { readLook } from '../report-look.ts'
import { signingKey } from '../signing-keys.ts'
import { cohortFile, drillLive, findPeople, type LiveRequest, type LiveTools } from './live.ts'
import { rehearse, waysOf } from './rehearse.ts'
import { openRehearsed, type Rehearsed } from './rehearsed.ts'

const USAGE: Words = {
  fr: `relais drill --cut ID[,ID] --live FICHIER [--yes] [--out FICHIER] [--json]
relais drill --cut ID[,ID] [--how banned|refuses|silent|down] [--out FICHIER] [--traffic recorded|generated] [--contacts N] [--seed N] [--at QUAND] [--language fr|en] [--workspace DOSSIER] [--json]

  --cut        les canaux et les moteurs à couper, par leur nom dans relais.yaml
  --how        banned (défaut) : le compte est fermé ; refuses : chaque envoi est refusé ; silent : il accepte et ne remet rien ; down : il ne répond plus
  --out        une page HTML qui se suffit, signée à sa dernière ligne
  --traffic    generated (défaut) : des clients supposés ; recorded : adresses et accords dans les proportions de votre base, sans rien de personne
  --contacts   combien de clients inventés : de 1 à 5000, 200 par défaut
  --seed       rejoue exactement la même répétition
  --at         le jour ou l’instant de la coupure ; maintenant par défaut (les règles sont celles de ce moment)
  --live       un exercice réel : le fichier nomme une personne par ligne (adresse ou identifiant), puis, après une virgule, en quels mots ou quand
               elle a accepté ; 25 au plus. La coupure ne vaut que pour ce message-là. --yes ne demande pas de confirmation
  --workspace  l’espace de travail ; ce dossier par défaut

À blanc : les fichiers de l’entreprise passent par le vrai relais, contre des fournisseurs imités, en temps virtuel. Rien ne quitte la machine.
Code de sortie : 0 le plan B a tenu ; 1 il n’a pas tenu.
`,
  en: `relais drill --cut ID[,ID] --live FILE [--yes] [--out FILE] [--json]
relais drill --cut ID[,ID] [--how banned|refuses|silent|down] [--out FILE] [--traffic recorded|generated] [--contacts N] [--seed N] [--at WHEN] [--language fr|en] [--workspace FOLDER] [--json]

  --cut        the channels and engines to cut, by their names in relais.yaml
  --how        banned (the default): the account is closed; refuses: each send is refused; silent: it accepts and delivers nothing; down: nobody answers
  --out        one self-contained HTML page, signed in its last line
  --traffic    generated (the default): customers as supposed; recorded: addresses and consents in your database's shares, with nothing of anybody
  --contacts   how many invented customers: 1 to 5000, 200 where unset
  --seed       repeats exactly the same rehearsal
  --at         the day or instant of the cut; now where unset (rules are those of that moment)
  --live       a live drill: the file names one person a line (an address or an id) and, after a comma, in what words or when they agreed;
               25 at most. The cut holds for that message alone. --yes asks for no confirmation
  --workspace  the workspace; this folder where none is named

A dry run: the business's files go through the real relay, against imitation providers, in virtual time. Nothing leaves the machine.
Exit: 0 the plan B held; 1 it did not.
`,
}

const MOST_CONTACTS = 5_000

const countOf = (given: string | undefined, flag: string, least: number, most: number, otherwise: number): number => {
  if (given === undefined) return otherwise
  const count = Number(given)
  if (Number.isInteger(count) && count >= least && count <= most) return count
  throw new UsageError({ fr: `--${flag}\u00a0: un nombre de ${least} à ${most}.`, en: `--${flag}: a number from ${least} to ${most}.` })
}

const howOf = (given: string | undefined): Cut => {
  const how = CUTS.find((one) => one === (given ?? 'banned'))
  if (how) return how
  throw new UsageError({ fr: `--how\u00a0: ${CUTS.join(', ')}.`, en: `--how: ${CUTS.join(', ')}.` })
}

/** What `--cut` names. @throws {UsageError} where a name is nobody's. */
export const thingsNamed = (given: string | undefined, { channels, engines }: Workspace): readonly CutThing[] => {
  const names = [...new Set((given ?? '').split(',').map((name) => name.trim()))].filter((name) => name !== '')
  const known: readonly CutThing[] = [
    ...channels.map(({ id, kind }) => ({ id, what: 'channel' as const, kind })),
    ...engines.map(({ id, kind }) => ({ id, what: 'engine' as const, kind })),
  ]
  const all = known.map(({ id }) => id)
  if (names.length === 0)
    throw new UsageError({ fr: `--cut\u00a0: un nom parmi ${all.join(', ')}.`, en: `--cut: a name among ${all.join(', ')}.` })
  return names.map((name) => {
    const thing = known.find(({ id }) => id === name)
    if (thing) return thing
    const near = nearestName(name, all)
    throw new UsageError({
      fr: `relais.yaml n’a ni canal ni moteur «\u00a0${name}\u00a0».${near ? ` Vouliez-vous dire ${near}\u00a0?` : ''}`,
      en: `relais.yaml has no channel and no engine “${name}”.${near ? ` Did you mean ${near}?` : ''}`,
    })
  })
}

export type DrillTools = {
  /** Keeps what came of it where the workspace has a database; false where it has none. */
  readonly keep: (io: Io, report: DrillReport) => Promise<boolean>
  /** Beside the Relais that runs the workspace. */
  readonly openLive: (io: Io) => Promise<LiveTools & { close(): Promise<void> }>
  /** Yes or no, of whoever sits there. */
  readonly ask: (question: string) => Promise<boolean>
  /** Customers as the workspace's database counts them; null where it knows of none. */
  readonly recorded: (io: Io, workspace: Workspace, ways: readonly Way[]) => Promise<TrafficShape | null>
}

const shapeOf = async (given: string | undefined, { recorded }: DrillTools, workspace: Workspace, io: Io): Promise<TrafficShape | null> => {
  if (given === undefined || given === 'generated') return null
  if (given !== 'recorded') throw new UsageError({ fr: '--traffic\u00a0: recorded ou generated.', en: '--traffic: recorded or generated.' })
  const shape = await recorded(io, workspace, waysOf(workspace))
  if (shape) return shape
  throw new UsageError({
    fr: 'aucun client n’est connu ici\u00a0: lancez-le à côté du Relais qui les connaît, ou sans --traffic.',
    en: 'no customer is known here: run it beside the Relais that knows them, or without --traffic.',
  })
}

type Live = Pick<LiveRequest, 'cut' | 'language' | 'onProgress'> & { readonly file: string; readonly yes: boolean }

/** null where whoever sits there says no. */
const liveDrill = async (
  tools: DrillTools,
  { workspace, rulebook }: Rehearsed,
  live: Live,
  io: Io,
): Promise<Awaited<ReturnType<typeof drillLive>> | null> => {
  const { file, yes, cut, language, onProgress } = live
  if (cut.some(({ what }) => what !== 'channel'))
    throw new UsageError({
      fr: '--live ne coupe que des canaux\u00a0: un moteur se coupe pour tout le monde (relais pause).',
      en: '--live cuts channels alone: an engine is cut for everybody (relais pause).',
    })
  const cohort = await cohortFile(io.cwd, file)
  const open = await tools.openLive(io)
  try {
    const people = await findPeople(open, cohort, file)
    const names = cut.map(({ id }) => id).join(', ')
    const question =
      io.language === 'fr'
        ? `Envoyer un message d’exercice à ${people.length} personne(s), comme si ${names} était coupé\u00a0? [o/N] `
        : `Send a drill message to ${people.length} person(s), as if ${names} were cut? [y/N] `
    if (!yes && !(await tools.ask(question))) return null
    return await drillLive(open, { workspace, rulebook: rulebook.digest, cut, people, language, onProgress })
  } finally {
    await open.close()
  }
}

export const drillCommand = (tools: DrillTools): Command =>
  defineCommand({
    name: 'drill',
    summary: {
      fr: 'Répète la perte de canaux ou de moteurs, et en fait un rapport signé.',
      en: 'Rehearses losing channels or engines, and makes a signed report of it.',
    },
    usage: USAGE,
    options: {
      cut: { type: 'string' },
      how: { type: 'string' },
      out: { type: 'string' },
      contacts: { type: 'string' },
      seed: { type: 'string' },
      traffic: { type: 'string' },
      live: { type: 'string' },
      yes: { type: 'boolean' },
      at: { type: 'string' },
      language: { type: 'string' },
      workspace: { type: 'string' },
    },
    run: async ({ values }, io) => {
      const rehearsed = await openRehearsed(await folderNamed(values.workspace, io), io)
      const cut = thingsNamed(values.cut, rehearsed.workspace)
      const write = values.out === undefined ? null : await outFile(values.out, io)
      const when = timeFlag('at', values.at)
      const progress = openProgress(io, 100, values.json === true)
      const language = languageFlag(values.language, io)
      const onProgress = (share: number) => progress.to(share * 100)
      const live = values.live === undefined ? null : { file: values.live, yes: values.yes === true, cut, language, onProgress }
      const drilled = live
        ? await liveDrill(tools, rehearsed, live, io)
        : await rehearse({
            rehearsed,
            cut,
            how: howOf(values.how),
            contacts: countOf(values.contacts, 'contacts', 1, MOST_CONTACTS, 200),
            seed: countOf(values.seed, 'seed', 0, 2 ** 31, randomInt(1, 2 ** 31)),
            at: when === undefined ? io.now() : instantOf(when, rehearsed.workspace.timezone),
            shape: await shapeOf(values.traffic, tools, rehearsed.workspace, io),
            language,
            onProgress,
          })
      progress.end()
      if (drilled === null) return EXIT.no
      const privateKey = await signingKey(dataFolderOf(io.env, io.cwd), 'evidence')
      const report: DrillReport = { ...drilled, made: new Date(io.now()).toISOString(), key: publicKeyOf(privateKey) }
      await write?.(sealPage(drillPage(report, readLook()), privateKey))
      const kept = await tools.keep(io, report)
      if (values.json) writeJson(io, { ...(values.out === undefined ? {} : { out: values.out }), kept, ...report })
      else io.stdout(toldIn(report, values.out))
      return report.ok ? EXIT.done : EXIT.no
    },
  })

const toldIn = (report: DrillReport, out: string | undefined): string => {
  const { language, cut, ok, result, failures, seed } = report
  const { affected, switched, switching, lost, doubled, outOfOrder, withoutConsent } = result
  const names = cut.map(({ id }) => id).join(', ')
  const time = switching.median === null ? '' : spanIn(switching.median, language)
  const failed = failures.map(({ what, count }) => `  ${what} ${count}`)
  const lines =
    language === 'fr'
      ? [
          `${names}\u00a0: ${ok ? 'le plan B a tenu' : 'le plan B n’a pas tenu'} (graine ${seed})`,
          `  ${switched} messages sur ${affected} passés par un autre canal${time && `, en ${time} (médiane)`}`,
          `  perdus ${lost} · en double ${doubled} · dans le désordre ${outOfOrder} · sans accord ${withoutConsent}`,
        ]
      : [
          `${names}: the plan B ${ok ? 'held' : 'did not hold'} (seed ${seed})`,
          `  ${switched} of ${affected} messages went by another channel${time && `, in ${time} (median)`}`,
          `  lost ${lost} · doubled ${doubled} · out of order ${outOfOrder} · without consent ${withoutConsent}`,
        ]
  return `${[...lines, ...failed, ...(out === undefined ? [] : [`  ${out}`])].join('\n')}\n`
}
