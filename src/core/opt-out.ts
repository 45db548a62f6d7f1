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
/** Politeness around the words changes nothing. */
const BEFORE = /^(?:bonjour|bonsoir|salut|hello|hi|please|pls|svp|stp|merci d avance|merci(?! de\b)|thanks|thank you) /
const BEHIND =
  / (?:please|pls|svp|stp|merci d avance|merci|thanks|thx|cheers|thank you|s il (?:vous|te) plait|now|cordialement|bonne (?:journee|soiree))$/
const bare = (said: string): string => {
  const less = said.replace(BEFORE, '').replace(BEHIND, '')
  return less === said ? said : bare(less)
}

/** Whole sentences that ask to be left alone. What is wanted no more is messages, or nothing is named: “plus recevoir ma commande” is none. */
const MESSAGES =
  '(?:(?: (?:de|d|des|du|vos|votre|aucun|aucune|tout|toute|toutes|tous|les|plus|any|any more|more|your|the))* (?:rien|messages?|envois?|communications?|notifications?|prospection|sollicitations?|publicites?|pubs?|newsletters?|anything))?'
const WHENCE = '(?: (?:de votre part|du tout|a ce numero|from you|at all|again|ever|any ?more|(?:sur|par|via|on|by) whats ?app?))*'
const SENTENCES = [
  '(?:je (?:vous )?(?:souhaite|veux|voudrais|desire|demande(?: de)?) |j aimerais |merci de |veuillez |priere de )?ne (?:plus|pas) (?:m |me |etre )?(?:ecrire|envoyer|contacter|contactee?|recevoir|solliciter|sollicitee?|relancer|deranger)',
  '(?:ne )?(?:m |me )(?:ecrivez|envoyez|contactez|sollicitez|relancez|derangez) plus',
  '(?:je )?ne (?:veux|souhaite|desire|voudrais) plus (?:recevoir|etre contactee?|etre sollicitee?)',
  '(?:arretez|arrete|arreter|cessez|cesser|stoppez) (?:de |d )?(?:m |me )(?:ecrire|contacter|envoye[rz]?|solliciter)',
  '(?:do not|don t|never|stop) (?:contact|contacting|message|messaging|write|writing|write to|writing to|bother|bothering)(?: me)',
  'stop sending(?: me)?',
].map((sentence) => `${sentence}${MESSAGES}`)
const LEFT_ALONE = new RegExp(
  `^(?:${[
    ...SENTENCES,
    // Here the messages must be named.
    '(?:plus|no more) (?:(?:de|d|vos|aucun|of your) )*(?:messages?|publicites?|pubs?|newsletters?)',
    '(?:je|j) (?:ne )?(?:veux|veut|veu|souhaite) plus (?:recevoir )?(?:de |d )?(?:vos|votre) (?:messages?|communications?|publicites?|pubs?|newsletters?)',
    '(?:je vous demande de |merci de |veuillez )?(?:cesser|cessez|arretez) (?:tout|toute|tous|toutes|vos|les) (?:envois?|communications?|messages?|sollicitations?)',
    '(?:conformement au rgpd )?je m oppose a (?:recevoir )?(?:toute|vos|votre) (?:prospection|communications?|sollicitations?|messages?)',
    '(?:merci de me |veuillez me )?(?:retirez|enlevez|supprimez|otez|retirer|enlever|supprimer|oter)(?: moi)? de (?:votre|vos|la|cette) (?:listes?|fichiers?)(?: d envoi| de diffusion)?',
    '(?:remove|take|get|delete) me (?:off|from) (?:your|ur|the|this)(?: mailing| contact)? lists?',
    '(?:laissez|fichez|foutez) moi (?:tranquille|la paix|en paix)|leave me alone',
  ].join('|')})${WHENCE}$`,
)

function normalise(text: string): string {
  return fold(text)
    .replace(/ı/g, 'i')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Longer ones say more than that. */
const LONGEST = 120

/** True where the whole message asks to hear no more: any case, accents or not, any punctuation around it. */
export const isOptOut = (text: string): boolean => {
  if (text.length > LONGEST) return false
  const words = normalise(text)
  const said = bare(words)
  return WORDS.has(words) || (said !== '' && (WORDS.has(said) || /^(?:stop )+stop$/.test(said) || LEFT_ALONE.test(said)))
}

const CARRIED: Readonly<Record<Collected, string>> = {
  email: '(?:e ?mails?|mails?|courriels?|courrier electronique)',
  sms: '(?:sms|textos?|texts?|text messages?|messages sms)',
}
const NO_MORE =
  'stop|stopper|stoppez|plus|ne plus (?:m |me )?(?:ecrire|recevoir|envoyer|contacter)|ne (?:m |me )?(?:ecrivez|envoyez|contactez) plus|je ne (?:veux|souhaite) plus(?: recevoir)?|arretez|arreter|me desabonner|desabonnez moi|desabonnement|me desinscrire|desinscrivez moi|desinscription|no more|stop sending(?: me)?|do not (?:send|write|contact)(?: me)?|don t (?:send|write|contact)(?: me)?|unsubscribe(?: me)?|opt out'
const BETWEEN = '(?: (?:de|d|des|du|les|l|la|le|vos|mes|aux|par|any|any more|more|your|the|all|me|by|to me by|via|from|of))*'
const WITHDRAWALS = COLLECTED.map((kind) => ({
  kind,
  said: new RegExp(`^(?:${NO_MORE})${BETWEEN} ${CARRIED[kind]}$`),
}))
const VERBS: Readonly<Record<Collected, RegExp>> = {
  email: /^(?:please )?(?:stop|do not|don t) e ?mail(?:ing)? me$/,
  sms: /^(?:please )?(?:stop|do not|don t) text(?:ing)? me$/,
}

/** What somebody adds of the other ways: “an SMS is fine”. */
const FINE = /(?:\bok|\bfine|\bca va|me va|c est bon|no problem|pas de probleme)$/

/** How somebody asks, on whatever channel, to be written to no more on one they name; null where they do not. The whole message says it. */
export const withdrawalIn = (text: string): Collected | null => {
  if (text.length > LONGEST) return null
  const [, first = '', rest = ''] = /^([^,;.!]+)[,;.!]+(.+)$/su.exec(text) ?? []
  const said = bare(normalise(FINE.test(bare(normalise(rest))) ? first : text))
  return WITHDRAWALS.find(({ kind, said: pattern }) => pattern.test(said) || VERBS[kind].test(said))?.kind ?? null
}

/** The word that ends marketing, or a way to unsubscribe, in the languages Relais speaks. */
const STOP_WORDS = /\bstop\b|d[ée]sinscri|d[ée]sabonn|unsubscribe|opt[ -]?out/iu

/** Where to, for who cannot answer the message itself: a short code, or a link. */
const ELSEWHERE = /\b\d{5}\b|https?:\/\//u

/** True where a message of ours says how to receive no more of them. `answerable`: what it comes from receives answers; a name does not. */
export const offersStop = (text: string, answerable = true): boolean => STOP_WORDS.test(text) && (answerable || ELSEWHERE.test(text))
