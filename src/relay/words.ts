/** What Relais itself says to customers, where no journey has words for it. */

import { openingAt } from '../core/hours.ts'
import type { Language, Words } from '../core/language.ts'
import { localTime } from '../core/local-time.ts'
import type { Workspace } from '../core/workspace.ts'

export const SAYS = {
  stopped: {
    fr: 'C’est noté : vous ne recevrez plus nos offres ici. Nous répondons toujours à vos messages.',
    en: 'Done: you will not receive our offers here any more. We still answer your messages.',
  },
  handed: { fr: 'Je passe votre message à un conseiller.', en: 'I am passing your message to one of our advisers.' },
  unanswered: {
    fr: 'Je n’ai pas de réponse sûre à cette question : je la passe à un conseiller.',
    en: 'I have no reliable answer to this question: I am passing it to one of our advisers.',
  },
  courtesy: {
    fr: 'Je reste à votre écoute : écrivez votre question ici, ou « conseiller » pour parler à quelqu’un.',
    en: 'I am here if you need anything: write your question, or “adviser” to talk to someone.',
  },
  received: { fr: 'Bien reçu : je transmets à un conseiller.', en: 'Received: I am passing it to one of our advisers.' },
  unreadable: {
    fr: 'Je ne peux pas lire ce type de message. Écrivez-moi votre question, ou « conseiller » pour parler à quelqu’un.',
    en: 'I cannot read this kind of message. Write me your question, or “adviser” to talk to someone.',
  },
  person: { fr: 'Pour parler à quelqu’un, écrivez « conseiller ».', en: 'To talk to someone, write “adviser”.' },
  source: { fr: 'Source :', en: 'Source:' },
  goThere: { fr: 'Poser la question', en: 'Ask it there' },
} as const satisfies Record<string, Words>

/** To who asks what is not the business's matter; `elsewhere`: there is a channel that answers it. */
export const turnedAway = (business: string, language: Language, elsewhere: boolean): string =>
  language === 'fr'
    ? `Je vous aide volontiers pour tout ce qui touche à ${business}, mais je ne peux pas répondre ici à cette question${elsewhere ? '\u00a0; vous pouvez la poser à cette adresse.' : '.'}`
    : `I am glad to help with anything about ${business}, but I cannot answer this question here${elsewhere ? '; you are welcome to ask it at this address.' : '.'}`

const DAYS: Record<Language, readonly string[]> = {
  fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}

const clockWords = (hour: number, minute: number, language: Language): string =>
  language === 'fr'
    ? `${hour}\u00a0h${minute ? `\u00a0${String(minute).padStart(2, '0')}` : ''}`
    : `${hour}:${String(minute).padStart(2, '0')}`

/** When a person answers, where opening hours tell; empty where they don't. */
export const expectedTime = (workspace: Workspace, at: number, language: Language): string => {
  if (!workspace.hours) return ''
  const opening = openingAt(workspace.hours, workspace.timezone, at)
  if (!opening) return ''
  const [now, then] = [localTime(at, workspace.timezone), localTime(opening.at, workspace.timezone)]
  const time = clockWords(then.hour, then.minute, language)
  if (opening.open)
    return language === 'fr'
      ? `Réponse dès que possible, aujourd’hui jusqu’à ${time}.`
      : `We answer as soon as we can, today until ${time}.`
  if (then.date === now.date) return language === 'fr' ? `Réponse aujourd’hui à partir de ${time}.` : `We answer today from ${time}.`
  const day = DAYS[language][then.weekday - 1]
  return language === 'fr' ? `Réponse ${day} à partir de ${time}.` : `We answer on ${day} from ${time}.`
}
