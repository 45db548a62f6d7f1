/** Tells French from English by their small words and letters; both are in every sentence of more than a few words. */
import type { Language } from '../core/language.ts'
import { wordsIn } from '../core/terms.ts'

const SIGNS: Readonly<Record<Language, ReadonlySet<string>>> = {
  fr: new Set(
    `le la les un une des du de et est sont pour avec dans sur je vous nous tu il elle on mon ma mes votre vos notre nos ce cette ces qui que
    quoi quel quelle quels quelles comment combien quand ou pourquoi puis peut pouvez est-ce ne pas plus au aux en y a avoir etre ete c'est
    bonjour merci svp voyage sejour billet billets annuler rembourser reservation reserver vol bagage bagages chambre prix jour jours avant
    depart par chez sans si mais donc car qu d l j s m t n c`.split(/\s+/),
  ),
  en: new Set(
    `the a an and is are was were for with in on at to of i you we he she they my your our their this that these those who what which how much
    many when where why can could do does did don not no please hello hi thanks thank trip holiday ticket tickets cancel refund booking book
    flight luggage room price day days before by without if but be been have has had will would should there from it its me us any need want
    get s ll`.split(/\s+/),
  ),
}

/** The language of `text`, or `fallback` where nothing decides. */
export const detectLanguage = <F>(text: string, fallback: F): Language | F => {
  let french = (text.match(/[àâçèéêëîïôùûœ]/gi) ?? []).length * 0.7
  let english = 0
  for (const word of wordsIn(text)) {
    if (SIGNS.fr.has(word)) french += 1
    if (SIGNS.en.has(word)) english += 1
  }
  if (french === english) return fallback
  return french > english ? 'fr' : 'en'
}

/**
 * Of a text's words, how many are small ones of its language at least. Of the demo's 279 paragraphs one falls short in its own language (a list of
 * addresses), and 6 do not fall short in the other.
 */
const SHARE = 0.14

/** Whether a text is in a language, by its small words; null where it has fewer than `few` words. */
export const isSaidIn = (text: string, language: Language, few: number): boolean | null => {
  const words = wordsIn(text).filter((word) => /\p{L}/u.test(word))
  if (words.length < few) return null
  return words.filter((word) => SIGNS[language].has(word)).length / words.length >= SHARE
}
