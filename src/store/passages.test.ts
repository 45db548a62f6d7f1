import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoIndex, readSet } from '../../tests/knowledge/measure.ts'
import { type FreshDatabase, freshDatabase } from '../../tests/support/postgres.ts'
import type { KnowledgeIndex, StoredPassage } from '../core/knowledge.ts'
import { searchPassages } from '../knowledge/search.ts'
import { type Connection, connect } from './connection.ts'
import { createPassageSource, keepPassages } from './passages.ts'

let database: FreshDatabase
let connection: Connection
beforeAll(async () => {
  database = await freshDatabase()
  connection = connect({ config: { connectionString: database.connectionString } })
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const passage = (id: string, text: string, language = 'fr'): StoredPassage => ({
  id,
  document: id,
  title: 'Titre',
  text,
  language,
  also: '',
  position: 0,
})
const index = (passages: StoredPassage[], words: KnowledgeIndex['words'] = []): KnowledgeIndex => ({
  passages,
  words,
  stems: [...new Set(words.map(({ stem }) => stem))].map((stem) => ({ language: 'fr', stem, documents: 1 })),
  documents: { fr: passages.length },
  examples: [],
  tokens: [],
})
const word = (one: string, stem: string) => ({ language: 'fr', word: one, stem })

let made = 0
/** Another digest each time: it is replaced. */
const replacePassages = (connection: Connection, index: KnowledgeIndex) => {
  made += 1
  return keepPassages(connection, `knowledge-${made}`, () => index)
}

describe('the passages in PostgreSQL', () => {
  it('are found without accents, by another form of the word, and by quotes that mean no harm', async () => {
    await replacePassages(
      connection,
      index(
        [passage('a', 'Les réservations modifiées d’un « voyage » l’été'), passage('b', 'Autre chose')],
        [word('reservations', 'reserv'), word('ete', 'ete')],
      ),
    )
    const source = createPassageSource(connection)
    expect((await source.candidates('fr', ['reserv'], 5)).map((one) => one.id)).toEqual(['a'])
    expect((await source.candidates('fr', ['ete'], 5)).map((one) => one.id)).toEqual(['a'])
    expect(await source.candidates('en', ['reserv'], 5)).toEqual([])
    expect(await source.candidates('fr', ["'); drop table passage; --", 'x\\y', ''], 5)).toEqual([])
  })

  it('give words that look like a mistyped one, and a known word only itself', async () => {
    await replacePassages(
      connection,
      index([passage('a', 'x')], [word('assurance', 'assur'), word('assurances', 'assur'), word('hotel', 'hotel')]),
    )
    const source = createPassageSource(connection)
    expect((await source.similar('fr', ['asurance'])).map((one) => one.word).sort()).toEqual(['assurance', 'assurances'])
    expect(await source.similar('fr', ['assurance', 'zzz'])).toEqual([{ asked: 'assurance', word: 'assurance' }])
    expect(await source.count('fr', ['assur', 'nowhere'])).toEqual({ documents: 1, stems: new Map([['assur', 1]]) })
  })

  it('are replaced as a whole, by two at once too', async () => {
    await Promise.all([
      replacePassages(connection, index([passage('c', 'un')])),
      replacePassages(connection, index([passage('d', 'deux')])),
    ])
    const left = await connection.query<{ id: string }>('select id from passage')
    expect(left).toHaveLength(1)
  })

  it('are not read again where the same knowledge is kept', async () => {
    const once = index([passage('once', 'un')])
    await keepPassages(connection, 'same', () => once)
    await keepPassages(connection, 'same', () => {
      throw new Error('The same knowledge was read again.')
    })
    const [row] = await connection.query<{ count: number }>("select count(*)::int from passage where id = 'once'")
    expect(row?.count).toBe(1)
  })

  it('keep the address where there is one', async () => {
    await replacePassages(connection, index([{ ...passage('e', 'valise'), url: 'https://a.example/' }], [word('valise', 'valis')]))
    expect(await createPassageSource(connection).candidates('fr', ['valis'], 1)).toEqual([
      { ...passage('e', 'valise'), url: 'https://a.example/' },
    ])
  })
})

describe('PostgreSQL and memory', () => {
  it('give the same passages for every seen question of the demo', async () => {
    const { index: demo, memory } = demoIndex()
    await replacePassages(connection, demo)
    const source = createPassageSource(connection)
    for (const { ask, language } of readSet('seen')) {
      const [stored] = await searchPassages(source, ask, language)
      const [kept] = await searchPassages(memory, ask, language)
      expect([stored?.document, stored?.score.toFixed(6)], ask).toEqual([kept?.document, kept?.score.toFixed(6)])
    }
  })
})
