/** Passages of the business's knowledge: replaced as a whole, searched by PostgreSQL's full text and trigrams. */
import type { ExampleDocument, ExampleToken, KnowledgeIndex, PassageInPlace, PassageSource, StoredPassage } from '../core/knowledge.ts'
import { type Connection, rows, type Sql } from './connection.ts'

/** How alike two words must be to be shown to the reader of questions, who decides (pg_trgm's own default). */
const SIMILAR = 0.3
/** Serialises two processes that replace the knowledge at once. */
const LOCK = 0x70617373

/** Puts the index of this knowledge in the place of all there was, in one transaction; makes it only where another was kept. */
export const keepPassages = (connection: Pick<Connection, 'transaction'>, digest: string, makeIndex: () => KnowledgeIndex): Promise<void> =>
  connection.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock($1)', [LOCK])
    const [kept] = await sql.query<{ digest: string }>('select digest from knowledge')
    if (kept?.digest === digest) return
    const index = makeIndex()
    await sql.query('delete from knowledge')
    await sql.query('insert into knowledge (digest) values ($1)', [digest])
    for (const table of ['passage', 'passage_word', 'passage_stem', 'passage_example', 'passage_token'])
      await sql.query(`delete from ${table}`)
    await sql.query(
      `insert into passage (id, document, position, language, title, also, text, url, search)
       select id, document, position, language, title, also, text, url,
         setweight(to_tsvector(searching, title), 'A') || setweight(to_tsvector(searching, also), 'B') || to_tsvector(searching, text)
       from json_to_recordset($1::json) as p(id text, document text, position int, language text, title text, also text, text text, url text),
         lateral (select ${configurationOf('language')} as searching) as c`,
      [rows(index.passages)],
    )
    await sql.query(
      `insert into passage_word (language, word, stem)
       select language, word, stem from json_to_recordset($1::json) as w(language text, word text, stem text)`,
      [rows(index.words)],
    )
    const counts = Object.entries(index.documents).map(([language, documents]) => ({ language, stem: '', documents }))
    await sql.query(
      `insert into passage_stem (language, stem, documents)
       select language, stem, documents from json_to_recordset($1::json) as s(language text, stem text, documents int)`,
      [rows([...index.stems, ...counts])],
    )
    await replaceExamples(sql, index)
  })

const replaceExamples = async (sql: Sql, { examples, tokens }: KnowledgeIndex): Promise<void> => {
  await sql.query(
    `insert into passage_example (language, document, first, count, words, letters)
     select language, document, first, count, words, letters
     from json_to_recordset($1::json) as e(language text, document text, first int, count int, words float8, letters float8)`,
    [rows(examples)],
  )
  await sql.query(
    `insert into passage_token (language, token, holds)
     select language, token, holds from json_to_recordset($1::json) as t(language text, token text, holds json)`,
    [rows(tokens)],
  )
}

const configurationOf = (language: string): string =>
  `(case ${language} when 'fr' then 'relais_fr' when 'en' then 'relais_en' else 'relais_other' end)::regconfig`

export const createPassageSource = (sql: Sql): PassageSource => {
  const kept = new Map<string, StoredPassage>()
  /** The same object while the passage is the same: the ranking remembers what it read of it. */
  const keep = (passage: StoredPassage): StoredPassage => {
    const known = kept.get(passage.id)
    if (known && known.text === passage.text && known.title === passage.title && known.also === passage.also && known.url === passage.url)
      return known
    kept.set(passage.id, passage)
    return passage
  }
  return sourceOf(sql, keep)
}

const IN_PLACE = `
select p.title, p.document, p.url, p.text as passage, coalesce(b.text, '') as before, coalesce(a.text, '') as after
from passage p
left join passage b on b.document = p.document and b.language = p.language and b.position = p.position - 1
left join passage a on a.document = p.document and a.language = p.language and a.position = p.position + 1
where p.id = $1 limit 1`

export const readPassage = async (sql: Sql, id: string): Promise<PassageInPlace | null> =>
  (await sql.query<PassageInPlace>(IN_PLACE, [id]))[0] ?? null

const sourceOf = (sql: Sql, keep: (passage: StoredPassage) => StoredPassage): PassageSource => ({
  async similar(language, words) {
    if (words.length === 0) return []
    return sql.query<{ asked: string; word: string }>(
      `select q.asked, w.word
       from unnest($2::text[]) as q(asked)
       join lateral (
         select word from passage_word where language = $1 and word = q.asked
         union all
         (select word from passage_word
          where language = $1 and word % q.asked and similarity(word, q.asked) >= $3
            and not exists (select from passage_word where language = $1 and word = q.asked))
       ) as w on true`,
      [language, words, SIMILAR],
    )
  },

  async count(language, stems) {
    const found = await sql.query<{ stem: string; documents: number }>(
      `select stem, documents from passage_stem where language = $1 and stem = any($2::text[])`,
      [language, ['', ...stems]],
    )
    const counts = new Map(found.map((row) => [row.stem, row.documents]))
    const documents = counts.get('') ?? 0
    counts.delete('')
    return { documents, stems: counts }
  },

  async examples(language, tokens) {
    const [documents, holding] = await Promise.all([
      sql.query<ExampleDocument>(
        `select language, document, first, count, words, letters from passage_example where language = $1 order by first`,
        [language],
      ),
      sql.query<ExampleToken>(`select language, token, holds from passage_token where language = $1 and token = any($2::text[])`, [
        language,
        tokens,
      ]),
    ])
    return { documents, tokens: holding }
  },

  async candidates(language, stems, limit, named = []) {
    if (stems.length + named.length === 0) return []
    const found = await sql.query<StoredPassage & { url: string | null }>(
      `with asked as (
         select string_agg(lexeme, ' | ')::tsquery as query
         from (
           select distinct quote_literal(lexeme) as lexeme
           from passage_word, unnest(to_tsvector(${configurationOf('$1')}, word))
           where language = $1 and stem = any($2::text[])
         ) as l
       ), best as (
         select document, sum(ts_rank(search, query)) as worth
         from passage, asked
         where language = $1 and search @@ query
         group by document
         order by worth desc, document
         limit $3
       )
       select p.id, p.document, p.position, p.language, p.title, p.also, p.text, p.url
       from passage p left join best using (document)
       where best.document is not null or (p.language = $1 and p.document = any($4::text[]))
       order by best.worth desc nulls last, p.document, p.position`,
      [language, stems, limit, named],
    )
    return found.map(({ url, ...passage }) => keep({ ...passage, ...(url === null ? {} : { url }) }))
  },
})
