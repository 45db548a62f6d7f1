/** `relais import`, from a file as a spreadsheet writes it to PostgreSQL. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importCommand } from '../../src/cli/importing/import.ts'
import { createRandom } from '../../src/cli/random.ts'
import { createIds } from '../../src/core/ids.ts'
import { type Connection, connect } from '../../src/store/connection.ts'
import { createContactImport } from '../../src/store/importing.ts'
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts'
import { runCommand } from '../support/terminal.ts'

const NOW = Date.UTC(2026, 10, 20, 9)
const HEAD = 'Prénom;Nom;Téléphone portable;Consentement SMS;Texte du consentement SMS;Date du consentement SMS;Ville'
const FILE = [
  HEAD,
  'Zoé;Lefèvre;06 12 34 56 78;oui;J’accepte les SMS;20/10/2026;Nîmes',
  'Noël;Brun;01 42 68 53 00;oui;J’accepte les SMS;20/10/2026;Paris',
  'Inès;Roux;06 12 34 56 79;non;;;Lyon',
  'Léa;Blanc;06 12 34 56 70;marketing;J’accepte les offres;20/10/2026;Lille',
]
let folder: string
let database: FreshDatabase
let connection: Connection
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-import-'))
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString } })
  await writeFile(join(folder, 'relais.yaml'), 'workspace: { name: Voyages, country: FR, timezone: Europe/Paris }\n')
  // Latin-1 with semicolons, as a French spreadsheet has it.
  await writeFile(join(folder, 'clients.csv'), Buffer.from(`${FILE.join('\r\n')}\r\n`.replaceAll('’', '\x92'), 'latin1'))
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const command = importCommand({
  openImport: async () => ({
    contacts: createContactImport(
      connection,
      createIds(() => NOW, createRandom()),
    ),
    close: async () => {},
  }),
})
const run = (...args: string[]) => runCommand(command, args, { cwd: folder, now: () => NOW, language: 'fr' })
const people = () => connection.query('select name from contact order by name')

describe('a file in Latin-1 with semicolons', () => {
  it('is only looked at, unless somebody says yes; every rejected line is named', async () => {
    const { code, out } = await run('clients.csv')
    expect(code).toBe(1)
    expect(out).toContain('WINDOWS-1252 · ; · prénom, nom, SMS')
    expect(out).toContain('2 nouveaux contacts, 0 complété, 0 déjà connu')
    expect(out).toMatch(/ligne 3, SMS\u00a0: ce n’est pas un numéro de mobile/)
    expect(out).toMatch(/ligne 4, SMS\u00a0: aucun consentement/)
    expect(out).toContain('Colonnes laissées de côté\u00a0: Ville')
    expect(out).toContain('Rien n’est écrit')
    expect(await people()).toEqual([])
  })

  it('is written with --yes, and changes nothing the second time', async () => {
    const first = await run('clients.csv', '--yes', '--json')
    expect(JSON.parse(first.out)).toMatchObject({ written: true, lines: 4, new: 2, rejected: 2, addresses: 2, consents: 2 })
    expect(await people()).toEqual([{ name: 'Léa Blanc' }, { name: 'Zoé Lefèvre' }])
    expect(await connection.query('select words, category from consent order by seq')).toEqual([
      { words: 'J’accepte les SMS', category: 'service' },
      { words: 'J’accepte les offres', category: 'marketing' },
    ])
    expect(JSON.parse((await run('clients.csv', '--yes', '--json')).out)).toMatchObject({
      written: false,
      new: 0,
      known: 2,
      addresses: 0,
      consents: 0,
    })
    expect((await run('clients.csv', '--yes')).out).toMatch(/Rien n’était à écrire.*\n$/u)
  })
})

describe('what is no list of contacts', () => {
  const refused = async (name: string, bytes: Uint8Array | string, ...args: string[]) => {
    await writeFile(join(folder, name), bytes)
    const { code, out, err } = await run(name, ...args)
    expect([code, out]).toEqual([2, ''])
    return err
  }
  it('is refused in one line that says what to do', async () => {
    expect(await refused('a.xlsx', Uint8Array.from([0x50, 0x4b, 3, 4, 9, 9]))).toMatch(/CSV UTF-8/)
    expect(await refused('empty.csv', '')).toMatch(/CSV UTF-8/)
    expect(await refused('b.csv', 'nom;ville\na;b\n')).toMatch(/--map/)
    expect(await refused('c.csv', 'x;y\n', '--map', 'x=smss')).toContain('Vouliez-vous dire «\u00a0sms\u00a0»')
    expect(await refused('c.csv', 'x;y\n', '--map', 'x=foo')).toMatch(/«\sfoo\s» n’est pas un champ connu\.\s.*Champs\u00a0: .*sms/u)
    const unknown = await refused('d.csv', 'Portable;Nom\n0612345678;a\n', '--map', 'Portables=sms')
    expect(unknown).toContain(
      'pas de colonne «\u00a0Portables\u00a0». Vouliez-vous dire «\u00a0Portable\u00a0»\u00a0? Colonnes\u00a0: Portable, Nom.',
    )
    expect((await run('nowhere.csv')).err).toMatch(/n’existe pas/)
  })
})
