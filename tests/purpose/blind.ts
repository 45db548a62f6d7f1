/**
 * Measures the committed weights on an unseen half, and prints figures alone: its lines were written by somebody who saw neither code nor
 * vocabulary, and stay unread. Done once, for docs/purpose-figures.md: what a second run says of newer weights is no blind figure.
 *   node tests/purpose/blind.ts unseen2
 */
import { createPurpose } from '../../src/purpose/index.ts'
import { figuresOf, type Judged, tell } from './figures.ts'
import { LANGUAGES, type Line, readHalf, readTexts, UNSEEN } from './lines.ts'

const classifiers = { travel: createPurpose(await readTexts('travel')), parcels: createPurpose(await readTexts('parcels')) }
const half = UNSEEN.find((one) => one === process.argv[2])
if (!half) throw new Error(`name one of ${UNSEEN.join(', ')}`)
const lines = readHalf(half)
const judged = (chosen: readonly Line[]): Judged[] => chosen.map(({ text, kind, trade }) => ({ kind, purpose: classifiers[trade](text) }))

tell('both languages', figuresOf(judged(lines)))
for (const language of LANGUAGES) tell(language, figuresOf(judged(lines.filter((line) => line.language === language))))
for (const trade of ['travel', 'parcels'] as const) tell(trade, figuresOf(judged(lines.filter((line) => line.trade === trade))))
