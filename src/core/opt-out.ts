/**
 * STOP as the whole message: takes back the consent to marketing on that channel. Only the whole message counts:
 * "stop at the hotel" is a question. Words: CTIA's short code handbook (STOP, END, CANCEL, UNSUBSCRIBE, QUIT), the AF2M charter
 * for France (STOP), and their everyday forms in the languages of the customers served. CANCEL, END and ANNULER alone are not
 * taken: a customer of a travel agency who writes "annuler" means a booking.
 */
import { COLLECTED, type Collected } from './contact-address.ts'
import { fold } from './terms.ts'

const WORDS = new Set(
  [
    // French
    'stop, arret, arreter, arretez, desabonner, desabonnement, desinscrire, desinscription, desinscrivez moi, desabonnez moi, me desabonner',
    'me desinscrire, stop pub, stop sms, stopsms, arrett, arrete, stop whatsapp, stop publicite, plus de pub, plus de publicite, stoppez, stopper, arretez la pub',
    'plus de messages, ne plus recevoir',
    // English
    'stop all, stopall, unsubscribe, unsubscribe me, optout, opt out, quit, remove me, stop promotions, stop marketing, stop messages, unsub',
    // Spanish, Catalan, Portuguese, Italian
    'alto, parar, baja, darme de baja, dar de baja, cancelar suscripcion, pare, sair, descadastrar, cancelar inscricao, fermare, ferma, basta',
    'disiscrivimi, cancellami, annulla iscrizione, baixa',
    // German, Dutch, Danish, Swedish, Norwegian
    'stopp, abmelden, abbestellen, austragen, afmelden, uitschrijven, stoppen, afmeld, frameld, avsluta, avregistrera, avslutt, meld meg av',
    // Polish, Czech, Romanian, Hungarian, Turkish
    'wypisz, rezygnuje, zrusit odber, odhlasit, dezabonare, dezabonez, leiratkozas, leiratkozom, dur, durdur, iptal abonelik, abonelikten cik',
    // Greek, Russian, Ukrainian, Bulgarian
    'διακοπη, στοπ, стоп, отписаться, отпишись, отписка, відписатися, отписване',
    // Arabic, Hebrew, Hindi
    'توقف, إيقاف, ايقاف, الغاء الاشتراك, إلغاء الاشتراك, הסר, הסרה, रोकें, बंद करें, सदस्यता समाप्त',
    // Chinese, Japanese, Korean, Thai, Vietnamese
    '退订, 退訂, 取消订阅, 停止, 配信停止, 登録解除, 수신거부, 중지, หยุด, ยกเลิกการรับข่าวสาร, huy dang ky, dung lai',
  ]
    .join(', ')
    .split(',')
    .map((word) => normalise(word)),
)
/** Politeness around the word changes nothing. */
const POLITE =
  /^(?:bonjour|hello|hi|please|pls|svp|stp|merci|thanks|thank you) | (?:please|pls|svp|stp|merci|s il vous plait|thanks|thank you|now)$/g

function normalise(text: string): string {
  return fold(text)
    .replace(/ı/g, 'i')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** True where the whole message asks to hear no more: any case, accents or not, any punctuation around it. */
export const isOptOut = (text: string): boolean => {
  if (text.length > 80) return false
  const words = normalise(text)
  return words.length > 0 && (WORDS.has(words) || WORDS.has(words.replace(POLITE, '').trim()) || /^(?:stop )+stop$/.test(words))
}

const CARRIED: Readonly<Record<Collected, string>> = {
  email: '(?:e ?mails?|mails?|courriels?|courrier electronique)',
  sms: '(?:sms|textos?|texts?|text messages?|messages sms)',
}
const NO_MORE =
  'stop|stopper|stoppez|plus|ne plus (?:m |me )?(?:ecrire|recevoir|envoyer|contacter)|ne (?:m |me )?(?:ecrivez|envoyez|contactez) plus|je ne veux plus(?: recevoir)?|arretez|arreter|me desabonner|desabonnez moi|desabonnement|me desinscrire|desinscrivez moi|desinscription|no more|stop sending(?: me)?|do not (?:send|write|contact)(?: me)?|don t (?:send|write|contact)(?: me)?|unsubscribe(?: me)?|opt out'
const BETWEEN = '(?: (?:de|d|des|du|les|l|la|le|vos|mes|aux|par|any|any more|more|your|the|all|me|by|to me by|via|from|of))*'
const WITHDRAWALS = COLLECTED.map((kind) => ({
  kind,
  said: new RegExp(`^(?:${NO_MORE})${BETWEEN} ${CARRIED[kind]}$`),
}))
const VERBS: Readonly<Record<Collected, RegExp>> = {
  email: /^(?:please )?(?:stop|do not|don t) e ?mail(?:ing)? me$/,
  sms: /^(?:please )?(?:stop|do not|don t) text(?:ing)? me$/,
}

/** How somebody asks, on whatever channel, to be written to no more on one they name; null where they do not. The whole message says it. */
export const withdrawalIn = (text: string): Collected | null => {
  if (text.length > 80) return null
  const said = normalise(text).replace(POLITE, '').trim()
  return WITHDRAWALS.find(({ kind, said: pattern }) => pattern.test(said) || VERBS[kind].test(said))?.kind ?? null
}

/** The word that ends marketing, or a way to unsubscribe, in the languages Relais speaks. */
const STOP_WORDS = /\bstop\b|d[ée]sinscri|d[ée]sabonn|unsubscribe|opt[ -]?out/iu

/** Where to, for who cannot answer the message itself: a short code, or a link. */
const ELSEWHERE = /\b\d{5}\b|https?:\/\//u

/** True where a message of ours says how to receive no more of them. `answerable`: what it comes from receives answers; a name does not. */
export const offersStop = (text: string, answerable = true): boolean => STOP_WORDS.test(text) && (answerable || ELSEWHERE.test(text))
