/**
 * `relais key create|list|revoke`: keys of the API and of the desk. A key is shown once; only its digest is kept.
 * `relais key show NAME`: the public half of a key that the house signs with.
 */

import { type Key, ROLES, type Role } from '../core/access.ts'
import { RelaisError } from '../core/errors.ts'
import type { Words } from '../core/language.ts'
import { publicKeyOf } from '../core/signing.ts'
import { hashSecret, makeSecret } from '../http/caller.ts'
import { type Command, defineCommand, EXIT, type Io, UsageError, writeJson } from './command.ts'
import { dataFolderOf } from './database.ts'
import { besideDemo } from './demo-beside.ts'
import { type OpenStore, withStore } from './opened-store.ts'
import { KEY_NAMES, signingKey } from './signing-keys.ts'

const USAGE: Words = {
  fr: `relais key create --role admin|agent|system|read --name NOM
relais key list
relais key revoke <identifiant>
relais key show evidence|rulebook

  admin    peut tout faire
  agent    répond au poste des conseillers ; son nom figure dans le fil
  system   écrit des messages et enregistre des consentements
  read     ne fait que lire

  show     la clé publique qui vérifie ce que la maison signe : evidence (dossiers de preuve) ou rulebook (règles publiées) ;
           la clé privée est faite une fois, dans RELAIS_DATA/keys
  --json   un document JSON
`,
  en: `relais key create --role admin|agent|system|read --name NAME
relais key list
relais key revoke <key-id>
relais key show evidence|rulebook

  admin    may do everything
  agent    answers at the desk; the name stands in the thread
  system   writes messages and records consents
  read     only reads

  show     the public key that verifies what the house signs: evidence (evidence files) or rulebook (rules it publishes);
           the private one is made once, in RELAIS_DATA/keys
  --json   one JSON document
`,
}

const roleOf = (given: string | undefined): Role => {
  const role = ROLES.find((one) => one === given)
  if (role) return role
  const roles = ROLES.join(', ')
  throw new UsageError({ fr: `--role : l’un de ${roles}.`, en: `--role: one of ${roles}.` })
}
const nameOf = (given: string | undefined): string => {
  const name = given?.trim() ?? ''
  if (name.length > 0 && name.length <= 80 && !/\p{Cc}/u.test(name)) return name
  throw new UsageError({ fr: '--name : un nom de 1 à 80 caractères.', en: '--name: a name of 1 to 80 characters.' })
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

const lineOf = (key: Key, io: Io): string => {
  const revoked =
    key.revokedAt === null ? '' : io.language === 'fr' ? `  révoquée le ${day(key.revokedAt)}` : `  revoked ${day(key.revokedAt)}`
  return `${key.id.padEnd(24)} ${key.role.padEnd(7)} ${day(key.createdAt)}  ${key.name}${revoked}\n`
}

type Given = { readonly name?: string | undefined; readonly role?: string | undefined; readonly json?: boolean | undefined }
/** `makeStore` makes one where there is none: a key may come before the first start. */
export type KeyTools = {
  readonly openStore: OpenStore
  readonly makeStore: OpenStore
  readonly randomBytes: (count: number) => Uint8Array
}

const forDemo = (folder: string | undefined): Words => ({
  fr: `La démonstration qui tourne a ses propres clés\u00a0: RELAIS_DATA=${folder} devant cette commande.\n`,
  en: `The demo that is running has keys of its own: RELAIS_DATA=${folder} in front of this command.\n`,
})

const create = async ({ makeStore, randomBytes }: KeyTools, given: Given, io: Io): Promise<number> => {
  const role = roleOf(given.role)
  const name = nameOf(given.name)
  const secret = makeSecret(randomBytes(32))
  const key = await withStore(makeStore, io, ({ access }) => access.createKey({ name, role, hash: hashSecret(secret) }, io.now()))
  if (given.json) writeJson(io, { ...key, key: secret })
  else {
    io.stdout(`${secret}\n`)
    const told = {
      fr: `Clé « ${key.id} » (${role}). Elle n’est montrée qu’une fois : gardez-la.`,
      en: `Key “${key.id}” (${role}). It is shown once: keep it.`,
    }
    io.stderr(`${told[io.language]}\n`)
    const demo = await besideDemo(io)
    if (demo) io.stderr(forDemo(demo.env.RELAIS_DATA)[io.language])
  }
  return EXIT.done
}

const list = async ({ openStore }: KeyTools, given: Given, io: Io): Promise<number> => {
  const keys = await withStore(openStore, io, ({ access }) => access.listKeys())
  if (given.json) writeJson(io, keys)
  else if (keys.length) io.stdout(keys.map((key) => lineOf(key, io)).join(''))
  else
    io.stderr(
      io.language === 'fr' ? 'Aucune clé. Créez-en une avec « relais key create ».\n' : 'No key. Make one with “relais key create”.\n',
    )
  return EXIT.done
}

const revoke = async ({ openStore }: KeyTools, given: Given, id: string | undefined, io: Io): Promise<number> => {
  if (id === undefined) throw new UsageError({ fr: 'il manque l’identifiant de la clé.', en: 'the key’s id is missing.' })
  const revoked = await withStore(openStore, io, ({ access }) => access.revokeKey(id, io.now()))
  if (!revoked) throw new RelaisError('not-found', id)
  if (given.json) writeJson(io, { id, revoked })
  else io.stderr(io.language === 'fr' ? `Clé « ${id} » révoquée.\n` : `Key “${id}” revoked.\n`)
  return EXIT.done
}

const show = async (given: Given, name: string | undefined, io: Io): Promise<number> => {
  const known = KEY_NAMES.find((one) => one === name)
  if (known === undefined) throw new UsageError({ fr: 'show : evidence ou rulebook.', en: 'show: evidence or rulebook.' })
  const key = publicKeyOf(await signingKey(dataFolderOf(io.env, io.cwd), known))
  if (given.json) writeJson(io, { name: known, key })
  else io.stdout(`${key}\n`)
  return EXIT.done
}

export const keyCommand = (tools: KeyTools): Command =>
  defineCommand({
    name: 'key',
    summary: {
      fr: 'Crée, montre et révoque les clés de l’API et du poste des conseillers ; montre les clés publiques de la maison.',
      en: 'Makes, lists and revokes keys of the API and the desk; shows the house’s public keys.',
    },
    usage: USAGE,
    options: { role: { type: 'string' }, name: { type: 'string' } },
    positionals: { min: 1, max: 2 },
    run: async ({ values, positionals: [verb, id, ...rest] }, io) => {
      if (rest.length || (id !== undefined && verb !== 'revoke' && verb !== 'show'))
        throw new UsageError({ fr: 'un mot est de trop.', en: 'there is one word too many.' })
      if (verb === 'create') return create(tools, values, io)
      if (verb === 'list') return list(tools, values, io)
      if (verb === 'revoke') return revoke(tools, values, id, io)
      if (verb === 'show') return show(values, id, io)
      throw new UsageError({ fr: `« ${verb} » : create, list, revoke ou show.`, en: `“${verb}”: create, list, revoke or show.` })
    },
  })
