/** The step that asks for a second address: its question, and what an answer to it means. What is sent and proven is the relay's. */
import type { Address } from '../core/address.ts'
import { addressIn } from '../core/contact-address.ts'
import { type Content, wordsOf } from '../core/content.ts'
import type { Step } from '../core/journey.ts'
import type { Words } from '../core/language.ts'
import { plain } from '../core/spelling.ts'
import { chosen, offer } from './choice.ts'
import type { JourneyWorld, Pen } from './world.ts'

export type Collect = Extract<Step, { kind: 'collect' }>
export type CollectAnswer =
  | { readonly type: 'address'; readonly address: Address }
  | { readonly type: 'declines' }
  | { readonly type: 'again' }

const DECLINE = 'collect:no'
const HERE = 'collect:here'
const LABELS: Readonly<Record<string, Words>> = {
  [HERE]: { fr: 'Ce numéro-ci', en: 'This number' },
  [DECLINE]: { fr: 'Non, merci', en: 'No, thanks' },
}
/** Said instead of the label. */
const DECLINES = new Set(
  'non|non merci|pas maintenant|plus tard|passer|annuler|no|nope|no thanks|no thank you|not now|later|skip|cancel'.split('|'),
)
const SAME = new Set(
  'le meme|la meme|meme numero|le meme numero|ce numero|celui ci|the same|same number|the same number|this one'.split('|'),
)
const AGAIN = new Set(
  'renvoyer|renvoyez|renvoyer le code|nouveau code|un nouveau code|encore|pas recu|rien recu|resend|resend code|resend the code|send again|new code|again|not received'.split(
    '|',
  ),
)

const optionsOf = ({ collect }: Collect, { number }: JourneyWorld) =>
  (collect === 'sms' && number ? [HERE, DECLINE] : [DECLINE]).map((id) => ({ id, label: LABELS[id] ?? '' }))

/** What is agreed to, as it is shown. */
export const wordsShown = ({ words }: Collect, pen: Pen): string => pen.text(words)

/** The question with what is agreed to by answering it, and the way to say no. */
export const askForAddress = (step: Collect, pen: Pen, world: JourneyWorld): Content => {
  const text = [pen.text(step.say), wordsShown(step, pen)].filter((part) => part !== '').join('\n\n')
  const options = optionsOf(step, world).map(({ id, label }) => ({ id, label: pen.text(label) }))
  return offer(text, options, '', world.capabilities)
}

/** What a message says to it. `sent`: a code is on its way, and may be asked for anew. Null: none of it. */
export const answerToCollect = (step: Collect, content: Content, pen: Pen, world: JourneyWorld, sent: boolean): CollectAnswer | null => {
  if (content.type !== 'text' && content.type !== 'choice') return null
  const said = plain(wordsOf(content))
  const address = content.type === 'text' ? addressIn(content.text, step.collect, world.national ?? '') : null
  if (address) return { type: 'address', address }
  if (sent && AGAIN.has(said)) return { type: 'again' }
  const option = chosen({ options: optionsOf(step, world) }, content, pen)?.id
  if (option === DECLINE || DECLINES.has(said)) return { type: 'declines' }
  const same = option === HERE || (step.collect === 'sms' && SAME.has(said))
  return same && world.number ? { type: 'address', address: { kind: 'sms', value: world.number } } : null
}

/** Said where an address came in a mail that anybody could have written. */
export const PROOF_WANTED: Words = {
  fr: 'Pour votre sécurité, donnez cette adresse en répondant à ce message\u00a0: votre réponse prouve que c’est bien vous.',
  en: 'For your safety, give that address by answering this message: your answer proves that it is you.',
}

/** Said where the code is waited for and something else was asked meanwhile. */
export const CODE_AWAITED: Words = {
  fr: 'Écrivez ici le code à six chiffres que vous avez reçu, « renvoyer » pour en recevoir un autre, ou « non » pour en rester là.',
  en: 'Write the six-digit code you received here, “resend” to get another one, or “no” to leave it at that.',
}
