/** Passages of the business's knowledge: replaced as a whole, searched by PostgreSQL's full text and trigrams. */
import { isLetters, type KnowledgeIndex, type Likeness, type PassageSource, PRECISION, type StoredPassage } from '../core/knowledge.ts'
import { type Connection, rows, type Sql } from './connection.ts'

/** How alike two words must be to be shown to the reader of questions, who decides (pg_trgm's own default). */
const SIMILAR = 0.3
/** Serialises two processes that replace the knowledge at once. */
const LOCK = 0x70617373

/** Puts this index in the place of all there was, in one transaction. */
export const replacePassages = (connection: Pick<Connection, 'transaction'>, index: KnowledgeIndex): Promise<void> =>
  connection.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock($1)', [LOCK])
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

const replaceExamples = async (sql: Sql, index: KnowledgeIndex): Promise<void> => {
  await sql.query(
    `insert into passage_example (language, example, document, words, letters)
     select language, example, document, words, letters
     from json_to_recordset($1::json) as e(language text, example int, document text, words float8, letters float8)`,
    [rows(index.examples)],
  )
  const counts = [...Map.groupBy(index.examples, (one) => one.language)].map(([language, all]) => ({ language, count: all.length }))
  const tokens = index.tokens.map((one) => ({
    ...one,
    count: one.examples.length,
    examples: pgArray(one.examples),
    weights: pgArray(one.weights),
  }))
  await sql.query(
    `insert into passage_token (language, token, count, examples, weights)
     select language, token, count, examples::int[], weights::int[]
     from json_to_recordset($1::json) as t(language text, token text, count int, examples text, weights text)`,
    [rows([...tokens, ...counts.map((one) => ({ ...one, token: '', examples: '{}', weights: '{}' }))])],
  )
}
const pgArray = (numbers: readonly number[]): string => `{${numbers.join()}}`

const configurationOf = (language: string): string =>
  `(case ${language} when 'fr' then 'relais_fr' when 'en' then 'relais_en' else 'relais_other' end)::regconfig`

export const createPassageSource = (sql: Sql): PassageSource => ({
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

  async countExamples(language, tokens) {
    const found = await sql.query<{ token: string; count: number }>(
      `select token, count from passage_token where language = $1 and token = any($2::text[])`,
      [language, ['', ...tokens]],
    )
    const counts = new Map(found.map((row) => [row.token, row.count]))
    const examples = counts.get('') ?? 0
    counts.delete('')
    return { examples, tokens: counts }
  },

  async alike(language, tokens) {
    return sql.query<Likeness>(
      `with alike as (
         select example,
           coalesce(sum(value * weight) filter (where not letters), 0) / $5 as words,
           coalesce(sum(value * weight) filter (where letters), 0) / $5 as letters
         from unnest($2::text[], $3::float8[], $4::bool[]) as asked(token, value, letters)
         join passage_token as t on t.language = $1 and t.token = asked.token
         cross join lateral unnest(t.examples, t.weights) as e(example, weight)
         group by example
       )
       select document, max(a.words) as "bestWords", max(a.letters) as "bestLetters",
         sum(a.words) / max(e.words) as "allWords", sum(a.letters) / max(e.letters) as "allLetters"
       from alike as a join passage_example as e on e.language = $1 and e.example = a.example
       group by document
       order by sum(a.words) / max(e.words) + sum(a.letters) / max(e.letters) desc`,
      [language, [...tokens.keys()], [...tokens.values()], [...tokens.keys()].map(isLetters), PRECISION],
    )
  },

  async held(language, tokens) {
    return sql.query<{ document: string; token: string; count: number }>(
      `select document, token, count(*)::int as count
       from passage_token as t cross join lateral unnest(t.examples) as held(example)
       join passage_example as e on e.language = $1 and e.example = held.example
       where t.language = $1 and token = any($2::text[])
       group by document, token`,
      [language, tokens],
    )
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
    return found.map(({ url, ...passage }) => ({ ...passage, ...(url === null ? {} : { url }) }))
  },
})
