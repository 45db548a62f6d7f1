/** `relais evidence`: proof of how AI was used, in one signed file; `relais evidence verify` checks one, offline. */
import type { KeyObject } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { EvidenceSource } from '../../core/evidence.ts'
import type { Language, Words } from '../../core/language.ts'
import { addDays, dayStart } from '../../core/local-time.ts'
import { isPublicKey, publicKeyOf } from '../../core/signing.ts'
import { type Evidence, evidencePage, gatherEvidence, sealPage, signerOf } from '../../evidence/index.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError, writeJson } from '../command.ts'
import { dataFolderOf } from '../database.ts'
import { dayFlag } from '../date-flags.ts'
import { languageFlag } from '../language-flag.ts'
import { outFile } from '../out-file.ts'
import { openProgress } from '../progress.ts'
import { readLook } from '../report-look.ts'
import { readOwnRules, readRules } from '../rules/own-rules.ts'
import { findSigningKey, signingKey } from '../signing-keys.ts'

const USAGE: Words = {
  fr: `relais evidence --since JOUR --out FICHIER [--until JOUR] [--samples N] [--seed MOT] [--language fr|en] [--workspace DOSSIER] [--json]
relais evidence verify FICHIER [--key ed25519:…] [--json]

  --since      le premier jour (2026-10-01), dans le fuseau de l’entreprise
  --until      le dernier jour ; jusqu’à maintenant par défaut
  --out        une page HTML qui se suffit, signée à sa dernière ligne
  --samples    exemples par sujet : de 0 à 200, 10 par défaut
  --seed       ce qui tire les exemples au sort, donné par qui demande le dossier ; sinon, tiré de la clé et de la période
  --language   la langue du dossier ; la vôtre par défaut
  --workspace  l’espace de travail ; ce dossier par défaut

Les messages cités sont masqués : ce qui est connu du client et les identifiants vérifiables. Le nom d’un tiers peut y rester : relisez.
`,
  en: `relais evidence --since DAY --out FILE [--until DAY] [--samples N] [--seed WORD] [--language fr|en] [--workspace FOLDER] [--json]
relais evidence verify FILE [--key ed25519:…] [--json]

  --since      the first day (2026-10-01), in the business's zone
  --until      the last day; up to now where unset
  --out        one self-contained HTML page, signed in its last line
  --samples    examples of each matter: 0 to 200, 10 where unset
  --seed       what draws the examples, given by whoever asks for the file; else made of the key and the period
  --language   the language of the file; yours where unset
  --workspace  the workspace; this folder where none is named

The messages shown are masked: what is known of the customer, and identifiers that can be checked. The name of a third person may remain: read it.
`,
}

export type OpenEvidence = (io: Io) => Promise<{ readonly source: EvidenceSource; close(): Promise<void> }>
/** `timezone`: the machine's own, where relais.yaml names none. */
export type EvidenceTools = { readonly openEvidence: OpenEvidence; readonly timezone: string }

const MOST_SAMPLES = 200
const samplesOf = (given: string | undefined): number => {
  const count = Number(given ?? 10)
  if (Number.isInteger(count) && count >= 0 && count <= MOST_SAMPLES) return count
  throw new UsageError({ fr: `--samples : un nombre de 0 à ${MOST_SAMPLES}.`, en: `--samples: a number from 0 to ${MOST_SAMPLES}.` })
}
type Flags = {
  readonly since?: string | undefined
  readonly until?: string | undefined
  readonly samples?: string | undefined
  readonly seed?: string | undefined
  readonly language?: string | undefined
  readonly workspace?: string | undefined
}

const gather = async (
  { openEvidence, timezone }: EvidenceTools,
  flags: Flags,
  keyOf: () => Promise<KeyObject>,
  io: Io,
): Promise<Evidence> => {
  const own = readOwnRules(io.cwd, flags.workspace ?? '.')
  const { name, country, timezone: zone = timezone } = own.workspace
  const [since, until] = [dayFlag('since', flags.since), dayFlag('until', flags.until)]
  if (since === undefined) throw new UsageError({ fr: 'il faut --since JOUR.', en: '--since DAY is needed.' })
  const period = { since: dayStart(since, zone), until: until === undefined ? io.now() : dayStart(addDays(until, 1), zone) }
  if (period.since >= period.until) throw new UsageError({ fr: '--since vient après --until.', en: '--since is after --until.' })
  const rulebook = readRules(own.rules, resolve(io.cwd, flags.workspace ?? '.')).digest
  const request = {
    ...period,
    timezone: zone,
    made: io.now(),
    seed: flags.seed ?? null,
    each: samplesOf(flags.samples),
    language: languageFlag(flags.language, io),
    business: { name, country, aiIs: own.assistant.aiIs, aiSince: own.assistant.since },
    rulebook,
  }
  const { source, close } = await openEvidence(io)
  try {
    const progress = openProgress(io, await source.count(period.since), false)
    const evidence = await gatherEvidence(source, { ...request, key: publicKeyOf(await keyOf()), onProgress: progress.to })
    progress.end()
    return evidence
  } finally {
    await close()
  }
}

export const evidenceCommand = (tools: EvidenceTools): Command =>
  defineCommand({
    name: 'evidence',
    summary: {
      fr: 'Fait un dossier de preuve signé : ce que les clients ont demandé, qui a répondu, ce que l’IA a dit d’elle-même.',
      en: 'Makes a signed evidence file: what customers asked, who answered, what the AI said of itself.',
    },
    usage: USAGE,
    options: {
      since: { type: 'string' },
      until: { type: 'string' },
      out: { type: 'string' },
      samples: { type: 'string' },
      seed: { type: 'string' },
      language: { type: 'string' },
      workspace: { type: 'string' },
    },
    run: async ({ values }, io) => {
      const { out } = values
      if (out === undefined) throw new UsageError({ fr: 'il faut --out FICHIER.', en: '--out FILE is needed.' })
      const write = await outFile(out, io)
      const keyOf = () => signingKey(dataFolderOf(io.env, io.cwd), 'evidence')
      const evidence = await gather(tools, values, keyOf, io)
      await write(sealPage(evidencePage(evidence, readLook()), await keyOf()))
      const { samples, ...counts } = evidence
      if (values.json) writeJson(io, { out, ...counts, samples: samples.length })
      else io.stdout(writtenIn(io.language, out, evidence))
      return EXIT.done
    },
  })

const writtenIn = (language: Language, out: string, { questions, key }: Evidence): string =>
  ({
    fr: `${out} : ${questions.total} question(s), signé par ${key}\n`,
    en: `${out}: ${questions.total} question(s), signed by ${key}\n`,
  })[language]

// --- verify ----------------------------------------------------------------------------------------------------------------------------------

/** A file of the largest period and most samples is a hundredth of it. */
const MOST_BYTES = 64 * 1024 * 1024

const bytesOf = async (file: string, io: Io): Promise<Uint8Array> => {
  const path = resolve(io.cwd, file)
  const found = await stat(path).catch(() => null)
  if (found?.isFile() && found.size <= MOST_BYTES) return readFile(path)
  throw new UsageError({ fr: `il n’y a pas de dossier de preuve ${file}.`, en: `there is no evidence file ${file}.` })
}

const VERDICTS = {
  altered: {
    fr: 'Ce fichier n’est pas tel qu’il a été signé : un octet au moins a changé, ou il n’a jamais été signé.',
    en: 'This file is not as it was signed: at least one byte was changed, or it was never signed.',
  },
  stranger: { fr: 'Le fichier est intact, mais signé par une autre clé :', en: 'The file is intact, but signed by another key:' },
  intact: { fr: 'Le fichier est intact, et signé par la clé attendue :', en: 'The file is intact, and signed by the key expected:' },
  unknown: {
    fr: 'Le fichier est intact. Comparez sa clé avec celle que l’entreprise a imprimée :',
    en: 'The file is intact. Compare its key with the one that the business printed:',
  },
} as const satisfies Record<string, Words>

export const evidenceVerify: Command = defineCommand({
  name: 'evidence verify',
  summary: { fr: 'Vérifie un dossier de preuve, sans réseau.', en: 'Verifies an evidence file, offline.' },
  usage: USAGE,
  options: { key: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  run: async ({ values, positionals: [file = ''] }, io) => {
    if (values.key !== undefined && !isPublicKey(values.key))
      throw new UsageError({ fr: '--key : une clé publique comme « ed25519:… ».', en: '--key: a public key such as “ed25519:…”.' })
    const signer = signerOf(await bytesOf(file, io))
    // Where nobody says whose key it should be, a house that signs files of its own expects its own.
    const own = values.key === undefined ? await findSigningKey(dataFolderOf(io.env, io.cwd), 'evidence') : null
    const expected = values.key ?? (own && publicKeyOf(own))
    const verdict = signer === null ? 'altered' : expected === null ? 'unknown' : signer === expected ? 'intact' : 'stranger'
    const ok = verdict === 'intact' || verdict === 'unknown'
    if (values.json) writeJson(io, { ok, verdict, key: signer, expected })
    else io.stdout(`${VERDICTS[verdict][io.language]}${signer === null ? '' : ` ${signer}`}\n`)
    return ok ? EXIT.done : EXIT.no
  },
})
