/**
 * Does a short message ask whether a machine or a person answers, or who does? By law (AI Act, article 50) such a customer is told so.
 * Patterns over folded words, for the whole message only: "le robot de la piscine est-il fourni ?" asks something else.
 */
import type { Language } from '../core/language.ts'
import { wordsIn } from '../core/terms.ts'

const MOST_CHARACTERS = 80
const any = (...patterns: readonly string[]): string => `(?:${patterns.join('|')})`

/** Said of `it` too. A machine or a person may be many another thing there: "c'est une machine ?". */
const IT = {
  fr: '(?:une? )?(?:vraie? )?(?:robot|bot|chatbot|ia|ai|intelligence artificielle|chatgpt|humaine?|etre humain|vraie personne|personne (?:reelle|humaine))',
  en: '(?:an? )?(?:real |actual )?(?:robot|bot|chatbot|ai|artificial intelligence|chatgpt|human(?: being)?|(?:real|actual) person)',
}
const YOU = {
  fr: any(IT.fr, '(?:une? )?(?:machine|ordinateur|programme)'),
  en: any(IT.en, '(?:an? )?(?:machine|computer|program|person)'),
}
const either = (what: string, or: string): string => `${what}(?: ${or} ${what})?`

const ASKING: Readonly<Record<Language, RegExp>> = {
  fr: whole(
    ['bonjour', 'bonsoir', 'salut', 'mais', 'alors', 'attendez', 'au fait', 'pardon', 'excusez moi', 'dites moi', 'dis moi', 'est ce que'],
    [
      `${any('t es', 'tu es', 'es tu', 'vous etes', 'etes vous')} (?:vraiment |juste )?${either(YOU.fr, 'ou')}`,
      `${any('c est', 'est ce')} (?:vraiment |juste )?${either(IT.fr, 'ou')}(?: qui (?:me |nous )?(?:parle|repond|ecrit|lit))?`,
      `${any('je parle', 'parle je', 'je suis en train de parler', 'j ai affaire', 'ai je affaire')} (?:vraiment )?a ${either(any(YOU.fr, '(?:une )?personne'), 'ou(?: a)?')}`,
      `${IT.fr} ou ${IT.fr}`,
      any('qui es tu', 'qui etes vous', 'qui tu es', 'qui vous etes', '(?:tu|t) es qui', 'vous etes qui', 'qui me (?:parle|repond)'),
      `a qui ${any('je parle', 'parle je', 'est ce que je parle', 'j ai affaire', 'ai je affaire')}`,
    ],
    ['svp', 'stp', 's il vous plait', 's il te plait', 'exactement', 'au juste', 'au fait', 'en fait', 'ou quoi', 'merci'],
  ),
  en: whole(
    ['hi', 'hello', 'hey', 'wait', 'so', 'but', 'sorry', 'excuse me', 'please', 'tell me'],
    [
      `${any('(?:are|r) (?:you|u)', 'you are', 'you re')} (?:really |just |actually )?${either(YOU.en, 'or')}`,
      `${any('is (?:this|it|that)', 'this is')} (?:really |just |actually )?${either(IT.en, 'or')}`,
      `${any('am i', 'i am', 'i m')} (?:really |actually )?(?:talking|speaking|chatting|writing|texting) (?:to|with) ${either(YOU.en, 'or')}`,
      `${IT.en} or ${IT.en}`,
      any('(?:who|what) (?:are|r) (?:you|u)', 'who is this', 'who s this'),
      'who am i (?:talking|speaking|chatting|writing) (?:to|with)',
    ],
    ['please', 'pls', 'exactly', 'though', 'by the way', 'btw', 'or what', 'thanks'],
  ),
}

function whole(before: readonly string[], asking: readonly string[], after: readonly string[]): RegExp {
  return new RegExp(`^(?:${any(...before)} )*${any(...asking)}(?: ${any(...after)})*$`, 'u')
}

/** The language somebody asks in who answers them; null where they ask nothing of the kind. */
export const asksWhoAnswers = (text: string): Language | null => {
  if (text.length > MOST_CHARACTERS) return null
  const words = wordsIn(text).join(' ')
  return ASKING.fr.test(words) ? 'fr' : ASKING.en.test(words) ? 'en' : null
}
