/** What Relais itself says to customers, where no journey has words for it. */

import { type Callback, type CallOutcome, nextCallable } from '../core/callback.ts'
import { openingAt } from '../core/hours.ts'
import type { Language } from '../core/language.ts'
import { dayNoon, localTime } from '../core/local-time.ts'
import { coverOf } from '../core/one-time-code.ts'
import { dayIn } from '../core/telling.ts'
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
  codeSent: {
    fr: (address: string) =>
      `Un code à six chiffres vient de partir vers ${address}. Écrivez-le ici dans les 15 minutes, ou « renvoyer » pour en recevoir un autre.`,
    en: (address: string) =>
      `A six-digit code is on its way to ${address}. Write it here within 15 minutes, or “resend” to get another one.`,
  },
  codeNotSent: {
    fr: 'Nous ne pouvons pas envoyer de code à cette adresse pour le moment. Rien n’est enregistré.',
    en: 'We cannot send a code to that address at the moment. Nothing is recorded.',
  },
  codeLost: {
    fr: (address: string) =>
      `Le code n’a pas pu être remis à ${address}. Donnez l’adresse à nouveau si elle est à corriger, ou écrivez « non ».`,
    en: (address: string) => `The code could not be delivered to ${address}. Give the address again if it needs correcting, or write “no”.`,
  },
  codeWrong: {
    fr: (left: number) =>
      `Ce n’est pas le bon code. Il vous reste ${left === 1 ? 'un essai' : `${left} essais`} ; « renvoyer » en demande un autre.`,
    en: (left: number) =>
      `That is not the right code. You have ${left === 1 ? 'one try' : `${left} tries`} left; “resend” asks for another one.`,
  },
  codeExpired: {
    fr: 'Ce code ne vaut plus : il a plus de 15 minutes. Écrivez « renvoyer » pour en recevoir un autre.',
    en: 'That code no longer counts: it is more than 15 minutes old. Write “resend” to get another one.',
  },
  codeUsed: { fr: 'Ce code a déjà servi : il n’en faut pas d’autre.', en: 'That code was used already: no other one is needed.' },
  codesSpent: {
    fr: 'Trop d’essais ou de codes pour aujourd’hui : rien n’est enregistré. Vous pourrez recommencer demain, ou écrire « conseiller ».',
    en: 'Too many tries or codes for today: nothing is recorded. You can start again tomorrow, or write “adviser”.',
  },
  confirmed: {
    email: {
      fr: (address: string) =>
        `C’est confirmé : nous pourrons vous écrire à ${address}. Pour l’arrêter, écrivez « ne plus m’écrire par e-mail ».`,
      en: (address: string) => `Confirmed: we may write to you at ${address}. To end that, write “no more e-mails”.`,
    },
    sms: {
      fr: (address: string) =>
        `C’est confirmé : nous pourrons vous écrire au ${address}. Pour l’arrêter, écrivez « ne plus m’écrire par SMS ».`,
      en: (address: string) => `Confirmed: we may write to you at ${address}. To end that, write “no more texts”.`,
    },
  },
  addressTaken: {
    fr: 'Cette adresse figure déjà dans un autre dossier. Un conseiller va vérifier avec vous avant que nous y écrivions.',
    en: 'That address stands in another file already. One of our advisers will check with you before we write there.',
  },
  withdrawn: {
    email: {
      fr: 'C’est noté : nous ne vous écrirons plus par e-mail. Nous répondons toujours à vos messages.',
      en: 'Done: we will not write to you by e-mail any more. We still answer your messages.',
    },
    sms: {
      fr: 'C’est noté : nous ne vous écrirons plus par SMS. Nous répondons toujours à vos messages.',
      en: 'Done: we will not write to you by text message any more. We still answer your messages.',
    },
  },
  callNeeds: {
    fr: 'Un conseiller a déjà votre demande et lira ce message. Pour être rappelé, écrivez ici le numéro à composer.',
    en: 'One of our advisers has your request already and will read this message. To be called, write the number to dial here.',
  },
  noted: { fr: 'C’est noté, merci.', en: 'Noted, thank you.' },
  source: { fr: 'Source :', en: 'Source:' },
  openPage: { fr: 'Ouvrir la page', en: 'Open the page' },
  resultWaits: { fr: 'Votre réponse vous attend sur notre page.', en: 'Your answer waits for you on our page.' },
  crossed: {
    fr: 'Votre conversation vient d’être ouverte sur notre page. Ce n’était pas vous ? Écrivez « déconnecter » ici : la page n’y a plus accès.',
    en: 'Your conversation has just been opened on our page. Was it not you? Write “disconnect” here: the page no longer has access.',
  },
  returned: {
    fr: 'Nous continuons ici : la page et cette conversation ne font plus qu’une. Ce n’était pas vous ? Écrivez « déconnecter ».',
    en: 'Let us go on here: the page and this conversation are one now. Was it not you? Write “disconnect”.',
  },
  wrongWord: {
    fr: 'Ce mot ne vaut pas, ou ne vaut plus : il sert une fois, pendant 15 minutes. Demandez-en un autre sur la page, ou écrivez votre question ici.',
    en: 'That word does not count, or no longer: it serves once, for 15 minutes. Ask for another one on the page, or write your question here.',
  },
  disconnected: {
    fr: 'C’est fait : plus aucune page ne voit cette conversation, et les liens envoyés jusqu’ici n’ouvrent plus rien. Nous vous répondons toujours ici.',
    en: 'Done: no page sees this conversation any more, and the links sent so far open nothing. We still answer you here.',
  },
  elsewhere: {
    fr: 'Je ne peux pas vous répondre ici. Sur notre page je le peux, et cette conversation vous y suit si vous le voulez.',
    en: 'I cannot answer you here. On our page I can, and this conversation comes along if you like.',
  },
  goThere: { fr: 'Poser la question', en: 'Ask it there' },
} as const

/** What carries the code. In an SMS only letters that take one place each, so that it is one part. */
export const codeText = (kind: string, business: string, language: Language, code: string, link: string | undefined): string => {
  if (kind === 'sms')
    return language === 'fr'
      ? `${code} est votre code ${business}. Valable 15 min, à saisir dans la conversation. Ignorez ce message si vous ne le demandez pas.`
      : `${code} is your ${business} code. Valid 15 min, to type in the conversation. Ignore this message if you did not ask for it.`
  const [ways, end] =
    language === 'fr'
      ? [
          link ? `, ou confirmez ici\u00a0: ${link}` : '.',
          'Si vous n’avez rien demandé, ignorez ce message : sans ce code, nous ne vous écrirons pas.',
        ]
      : [
          link ? `, or confirm here: ${link}` : '.',
          'If you asked for nothing, ignore this message: without the code we will not write to you.',
        ]
  return language === 'fr'
    ? `${code} est votre code pour ${business}. Il vaut 15 minutes : saisissez-le dans notre conversation${ways}\n\n${end}`
    : `${code} is your code for ${business}. It counts for 15 minutes: type it in our conversation${ways}\n\n${end}`
}

/** Dots stand for the code. Whoever reads it and asked for nothing learns what to do. */
export const crossingCode = (business: string, language: Language): string =>
  language === 'fr'
    ? `${coverOf()} est le code qui ouvre cette conversation sur la page de ${business}. Il vaut 10 minutes. Vous n’avez rien demandé\u00a0? Quelqu’un d’autre a votre lien\u00a0: ne lui donnez pas ce code.`
    : `${coverOf()} is the code that opens this conversation on the page of ${business}. It is valid for 10 minutes. You asked for nothing? Somebody else has your link: do not give them this code.`

/** To who asks what is not the business's matter; `elsewhere`: there is a channel that answers it. */
export const turnedAway = (business: string, language: Language, elsewhere: boolean): string =>
  language === 'fr'
    ? `Je vous aide volontiers pour tout ce qui touche à ${business}, mais je ne peux pas répondre ici à cette question${elsewhere ? '\u00a0; vous pouvez la poser à cette adresse.' : '.'}`
    : `I am glad to help with anything about ${business}, but I cannot answer this question here${elsewhere ? '; you are welcome to ask it at this address.' : '.'}`

const DAY_MS = 86_400_000
const DAYS: Record<Language, readonly string[]> = {
  fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}

const clockWords = (hour: number, minute: number, language: Language): string =>
  language === 'fr'
    ? `${hour}\u00a0h${minute ? `\u00a0${String(minute).padStart(2, '0')}` : ''}`
    : `${hour}:${String(minute).padStart(2, '0')}`

/** What a code comes with, where no template of the business has words for it. */
export const codeWords = (business: string, code: string, minutes: string, language: Language): string =>
  language === 'fr'
    ? `${business}\u00a0: votre code est ${code}. Il est valable ${minutes} min. Ne le donnez à personne.`
    : `${business}: your code is ${code}. It is valid for ${minutes} min. Do not give it to anybody.`

const whenWords = (at: number, zone: string, now: number, language: Language): string => {
  const [then, today] = [localTime(at, zone), localTime(now, zone)]
  const time = clockWords(then.hour, then.minute, language)
  if (at <= now) return language === 'fr' ? 'dès que possible' : 'as soon as we can'
  if (then.date === today.date) return language === 'fr' ? `aujourd’hui à partir de ${time}` : `today from ${time}`
  const day = DAYS[language][then.weekday - 1]
  return language === 'fr' ? `${day} à partir de ${time}` : `on ${day} from ${time}`
}

/** To who is to be called back. */
export const callNoted = ({ number, windows, timezone, from }: Callback, language: Language, now: number): string => {
  const when = whenWords(nextCallable(windows, timezone, Math.max(now, from))?.at ?? now, timezone, now, language)
  return language === 'fr'
    ? `C’est noté\u00a0: un conseiller vous rappelle au ${number}, ${when}.`
    : `Noted: one of our advisers will call you back on ${number}, ${when}.`
}

const CALLED_BACK: Record<CallOutcome, Readonly<Record<Language, string>>> = {
  reached: {
    fr: 'Merci pour notre échange au téléphone. Écrivez-nous ici s’il reste une question.',
    en: 'Thank you for talking with us. Write to us here if a question remains.',
  },
  done: {
    fr: 'Votre demande de rappel est traitée. Écrivez-nous ici s’il reste une question.',
    en: 'Your call-back request has been settled. Write to us here if a question remains.',
  },
  'no-answer': {
    fr: 'Nous avons essayé de vous rappeler, sans réussir à vous joindre. Écrivez-nous ici, ou demandez un autre moment.',
    en: 'We tried to call you back and could not reach you. Write to us here, or ask for another time.',
  },
  'wrong-number': {
    fr: 'Nous n’avons pas pu vous rappeler\u00a0: le numéro n’est pas le bon. Écrivez-nous le bon numéro ici.',
    en: 'We could not call you back: the number is not the right one. Write us the right one here.',
  },
  refused: { fr: 'C’est noté\u00a0: nous ne vous appellerons plus à ce sujet.', en: 'Noted: we will not call you about this any more.' },
}
export const calledBack = (outcome: CallOutcome, language: Language): string => CALLED_BACK[outcome][language]

const WEEK_DAYS = 6
/** "lundi à partir de 9 h", with its date where another such day comes before. */
const backWords = (at: number, zone: string, now: number, language: Language): string => {
  const then = localTime(at, zone)
  if (dayNoon(then.date, zone) - dayNoon(localTime(now, zone).date, zone) <= WEEK_DAYS * DAY_MS) return whenWords(at, zone, now, language)
  const time = clockWords(then.hour, then.minute, language)
  const day = dayIn(then.date, language)
    .replace(/ ?\d{4}$/u, '')
    .trim()
  return language === 'fr' ? `le ${day} à partir de ${time}` : `on ${day} from ${time}`
}

/** When a person answers, where opening hours tell; empty where they don't. While nobody is there, the business's own words where it has any. */
export const expectedTime = ({ hours, timezone }: Pick<Workspace, 'hours' | 'timezone'>, at: number, language: Language): string => {
  if (!hours) return ''
  const opening = openingAt(hours, timezone, at)
  const then = opening && localTime(opening.at, timezone)
  if (opening?.open && then) {
    const time = clockWords(then.hour, then.minute, language)
    return language === 'fr'
      ? `Réponse dès que possible, aujourd’hui jusqu’à ${time}.`
      : `We answer as soon as we can, today until ${time}.`
  }
  const back = opening && backWords(opening.at, timezone, at, language)
  const own = hours.closed?.[language]
  if (own) return back === null && own.includes('{{back}}') ? '' : own.replaceAll('{{back}}', back ?? '')
  if (back === null) return ''
  return language === 'fr' ? `Réponse ${back}.` : `We answer ${back}.`
}
