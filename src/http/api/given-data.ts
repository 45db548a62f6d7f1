/** What a business system gives an AI task to work on: any JSON, told piece by piece in plain lines. */
import type { Words } from '../../core/language.ts'
import type { Matter } from '../../core/task.ts'
import { InvalidRequest } from '../problem.ts'

/** What an engine is given to read costs money, and hides what matters: more than a long file of a claim is no task any more. */
const MOST_CHARACTERS = 20_000
const MOST_PIECES = 100
const DEEPEST = 5
/** The shield cuts a passage at 4,000: what is longer goes as several. */
const LONGEST_PIECE = 3_900

type Pieces = Extract<Matter, { over: 'data' }>['pieces']

const TOO_MUCH: Words = {
  fr: `data et text comptent ensemble 20\u202f000 signes et ${MOST_PIECES} champs au plus\u00a0: ne donnez que ce dont la tâche a besoin`,
  en: `data and text together hold 20,000 characters and ${MOST_PIECES} fields at most: give only what the task needs`,
}
const TOO_DEEP: Words = {
  fr: `ces données s’emboîtent sur plus de ${DEEPEST} niveaux\u00a0: aplatissez-les`,
  en: `this data is nested more than ${DEEPEST} levels deep: flatten it`,
}
const UNSOUND: Words = {
  fr: 'il faut des textes sans caractère nul ni moitié de caractère',
  en: 'it must be texts without NUL or half a character',
}
const refuse = (field: string, says: Words): InvalidRequest => new InvalidRequest([{ field, says }])

const tell = (value: unknown, field: string, depth = 0): string => {
  if (depth > DEEPEST) throw refuse(field, TOO_DEEP)
  if (Array.isArray(value)) return value.map((one) => `- ${tell(one, field, depth + 1)}`).join('\n')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, one]) => `${name}: ${tell(one, field, depth + 1)}`)
      .join('\n')
  return value === null ? '' : String(value)
}

/** At the last line's end, else word's end, that fits. */
const inPieces = ({ title, text }: Pieces[number]): Pieces => {
  const pieces = []
  for (let rest = text; rest !== ''; ) {
    const whole = rest.slice(0, LONGEST_PIECE)
    const at =
      rest.length <= LONGEST_PIECE ? rest.length : Math.max(whole.lastIndexOf('\n'), whole.lastIndexOf(' '), 0) || LONGEST_PIECE - 1
    pieces.push({ title, text: rest.slice(0, at) })
    rest = rest.slice(at).trimStart()
  }
  return pieces
}

/** Throws `invalid-request`. What is empty is left out. */
export const piecesOf = (data: Readonly<Record<string, unknown>> | undefined, text: string | undefined): Pieces => {
  const fields = Object.entries(data ?? {}).map(([title, value]) => ({ title, text: tell(value, `data.${title}`).trim() }))
  const pieces = [...fields, ...(text === undefined ? [] : [{ title: 'text', text }])].filter((piece) => piece.text !== '')
  const whole = pieces.map((piece) => piece.title + piece.text).join('')
  if (whole.length > MOST_CHARACTERS || pieces.length > MOST_PIECES) throw refuse('data', TOO_MUCH)
  if (whole.includes('\u0000') || !whole.isWellFormed()) throw refuse('data', UNSOUND)
  return pieces.flatMap(inPieces)
}
