/** `relais rules sign FOLDER --out FILE`: makes a signed rulebook of a folder of rules, for others to take. */
import type { Words } from '../../core/language.ts'
import { publicKeyOf } from '../../core/signing.ts'
import { sealBundle } from '../../policy/index.ts'
import { type Command, defineCommand, EXIT, UsageError, writeJson } from '../command.ts'
import { dataFolderOf } from '../database.ts'
import { outFile } from '../out-file.ts'
import { signingKey } from '../signing-keys.ts'
import { readNamedFiles } from './rulebook-files.ts'

const USAGE: Words = {
  fr: `relais rules sign DOSSIER --out FICHIER [--json]

  DOSSIER  des règles rangées comme dans rulebook/, avec leurs exemples, qui doivent tous tenir
  --out    le recueil signé qui en est fait

Signe avec la clé « rulebook » de RELAIS_DATA/keys, faite la première fois ; « relais key show rulebook » montre la clé publique, que ceux qui
prennent vos règles écrivent dans leur relais.yaml.
`,
  en: `relais rules sign FOLDER --out FILE [--json]

  FOLDER  rules as they lie in rulebook/, with their examples, which must all hold
  --out   the signed rulebook that is made of them

Signs with the key “rulebook” of RELAIS_DATA/keys, made the first time; “relais key show rulebook” shows the public key, which those who take
your rules write into their relais.yaml.
`,
}

export const rulesSign: Command = defineCommand({
  name: 'rules sign',
  summary: { fr: 'Signe un recueil de règles.', en: 'Signs a rulebook.' },
  usage: USAGE,
  options: { out: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  run: async ({ values, positionals: [folder = ''] }, io) => {
    if (values.out === undefined) throw new UsageError({ fr: 'il faut --out FICHIER.', en: '--out FILE is needed.' })
    const files = readNamedFiles(io.cwd, folder, true)
    const write = await outFile(values.out, io)
    const key = await signingKey(dataFolderOf(io.env, io.cwd), 'rulebook')
    const date = new Date(io.now()).toISOString()
    await write(sealBundle(files, date, key))
    const publisher = publicKeyOf(key)
    if (values.json) writeJson(io, { out: values.out, date, publisher })
    else io.stdout({ fr: `${values.out}, signé par ${publisher}\n`, en: `${values.out}, signed by ${publisher}\n` }[io.language])
    return EXIT.done
  },
})
