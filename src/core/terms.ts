/**
 * Words as search, recognisers and the extractive engine see them: folded (no case, no accents), cut into words, stemmed.
 * Pure and small; PostgreSQL's own stemmers find candidates, these weigh them the same way with and without a database.
 */

/** Lower case, no accents, ligatures opened, every kind of apostrophe the same. `Où est l’œuvre` -> `ou est l'oeuvre`. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/[’‘ʼ´`]/g, "'")

/** The folded words of a text in order; elisions are cut off (`l'agence` -> `l`, `agence`), numbers are words. */
export const wordsIn = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []

const FRENCH_ENDINGS: readonly (readonly [string, string, number])[] = [
  ['issements', '', 3],
  ['issement', '', 3],
  ['ifications', 'if', 2],
  ['ification', 'if', 2],
  ['ications', '', 4],
  ['ication', '', 4],
  ['atrices', '', 3],
  ['ations', '', 3],
  ['ation', '', 3],
  ['ateurs', '', 3],
  ['ateur', '', 3],
  ['ables', '', 3],
  ['able', '', 3],
  ['ibles', '', 3],
  ['ible', '', 3],
  ['ements', '', 3],
  ['ement', '', 3],
  ['ances', '', 4],
  ['ance', '', 4],
  ['ences', 'enc', 3],
  ['ence', 'enc', 3],
  ['euses', '', 4],
  ['euse', '', 4],
  ['eurs', '', 4],
  ['eur', '', 4],
  ['aient', '', 3],
  ['erait', '', 3],
  ['erais', '', 3],
  ['eront', '', 3],
  ['erons', '', 3],
  ['erez', '', 3],
  ['era', '', 3],
  ['issons', '', 3],
  ['issez', '', 3],
  ['issent', '', 3],
  ['aux', 'al', 3],
  ['ees', '', 3],
  ['ee', '', 3],
  ['ers', '', 4],
  ['er', '', 3],
  ['ez', '', 3],
  ['ons', '', 4],
  ['ait', '', 3],
  ['ais', '', 4],
  ['ies', '', 3],
  ['ie', '', 3],
  ['es', '', 3],
  ['e', '', 3],
  ['s', '', 3],
  ['x', '', 4],
]

const stemFrench = (word: string): string => {
  let stem = word
  for (const [ending, instead, least] of FRENCH_ENDINGS) {
    if (stem.endsWith(ending) && stem.length - ending.length >= least) {
      stem = stem.slice(0, -ending.length) + instead
      break
    }
  }
  stem = stem.replace(/y/g, 'i')
  if (stem.length > 4) stem = stem.replace(/(.)\1$/, '$1')
  return stem.length > 4 ? stem.replace(/i$/, '') : stem
}

const IRREGULAR: Readonly<Record<string, string>> = {
  children: 'child',
  people: 'person',
  persons: 'person',
  men: 'man',
  women: 'woman',
  feet: 'foot',
  paid: 'pay',
  lost: 'lose',
  sent: 'send',
  bought: 'buy',
  left: 'leave',
  took: 'take',
  taken: 'take',
  brought: 'bring',
}
const ENGLISH_ENDINGS: readonly (readonly [string, string, number])[] = [
  ['ications', 'y', 4],
  ['ication', 'y', 4],
  ['ations', '', 4],
  ['ation', '', 4],
  ['ements', '', 4],
  ['ement', '', 4],
  ['ments', '', 3],
  ['ment', '', 3],
  ['ances', '', 4],
  ['ance', '', 4],
  ['nesses', '', 3],
  ['ness', '', 3],
  ['ables', '', 3],
  ['able', '', 3],
  ['ings', '', 3],
  ['ing', '', 3],
  ['iers', 'y', 3],
  ['ier', 'y', 3],
  ['ers', '', 4],
  ['er', '', 4],
  ['ies', 'y', 2],
  ['ied', 'y', 2],
  ['ed', '', 3],
  ['sses', 'ss', 2],
  ['xes', 'x', 2],
  ['ches', 'ch', 2],
  ['shes', 'sh', 2],
  ['ly', '', 4],
  ['s', '', 3],
]
const stemEnglish = (word: string): string => {
  let stem = IRREGULAR[word] ?? word
  for (const [ending, instead, least] of ENGLISH_ENDINGS) {
    if (stem.endsWith(ending) && stem.length - ending.length >= least && !(ending === 's' && /[su]s$/.test(stem))) {
      stem = stem.slice(0, -ending.length) + instead
      break
    }
  }
  if (stem.length > 4 && /([^aeiouls])\1$/.test(stem)) stem = stem.slice(0, -1)
  if (stem.length > 5) stem = stem.replace(/ll$/, 'l')
  if (stem.length > 3) stem = stem.replace(/e$/, '')
  return stem.replace(/y$/, 'i')
}

/** The stem of one folded word; equal for the forms of one word (`annuler`, `annulation`), without meaning of its own. */
export const stemOf = (word: string, language: string): string => {
  if (word.length <= 3 || /\d/.test(word)) return word
  return language === 'fr' ? stemFrench(word) : stemEnglish(word)
}

/** Words that carry no subject, folded. Question words and polite phrases are among them: every question has some. */
const STOP: Readonly<Record<string, ReadonlySet<string>>> = {
  fr: new Set(
    `a à ai aie aient ait alors apres as assez au aucun aucune aura aurai aurait aussi autre autres aux avaient avais avait avant avec avez
    avoir avons ayant beaucoup bien bjr bonjour bonsoir bsr c ca car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme
    combien comment cordialement d dans de deja depuis des desormais doit doivent dois donc dont du elle elles en encore entre es est et etaient etais
    etait etant ete etes etre eu eux exactement existe expliquer fait faire fais faites faut fera font fut grace ici il ils j je jusque juste
    l la le les leur leurs lors lui m ma mais me meme memes merci mes moi moins mon n ne ni nos notre nous on ont or ou par parce parmi pas
    peu peut peux peuvent plait plaît plus pour pourquoi pourrai pourrais pourrait pouvez pouvoir pouvons pq pr puis puisque pu qu quand que
    quel quelle quelles quels quelque qui quoi s sa salut sans savoir se sera serait serai ses si sinon soit son sommes sont sous stp suis sur
    svp t ta tant te tel tes toi ton tous tout toute toutes tres trop tu un une ux va vais vas vers veut veux veulent vont vos votre voudrais
    voudrait voulez vouloir voulais vous vraiment y quid eventuellement petite petit question dire dites dis besoin aimerais aimerait souhaite
    souhaitez souhaiterais possible possibles faudra cas lorsque voici voila hello coucou deux oui non chose choses peut-etre bcp slt pouvais
    devrais devrait devons devez devoir via rien jamais toujours seulement hui aujourd estce esce kel kelle ke ki c'est concernant propos sujet
    renseignement renseignements info infos information informations`.split(/\s+/),
  ),
  en: new Set(
    `a about above after again all also am an and any anyone anything are aren as at be because been before being both but by can cannot cause
    could couldn d did didn do does doesn doing don done each either else ever every exactly few for from get gets getting give got had has
    hasn have haven having he hello help her here hers hey hi him his how i if im in into is isn it its itself just kindly know let ll m make
    many may maybe me might mine more most much must my need needs no nor not now of off ok okay on once one only or other our ours out over
    own please pls plz possible put question re really s same say see shall she should so some someone something still such sure t tell than
    thank thanks that the their them then there these they thing things this those through to too u under until up ur us use using ve very
    want wanted wants was way we well were what when where whether which while who whom whose why will with without won wonder wondering would
    wouldn yes yet you your yours able happen happens happened like actually regarding concerning go goes going come information info also
    day id dear good morning evening afternoon wanna gonna hiya look looking find think suppose supposed`.split(/\s+/),
  ),
}
/** Other languages have no list: every word counts. */
export const isStopWord = (word: string, language: string): boolean => STOP[language]?.has(word) ?? false

/** Splits prose at sentence ends, keeping the stops. Abbreviations with one letter and numbers stay whole. */
export const sentencesIn = (text: string): string[] =>
  text
    .split(/\n+|(?<=[.!?…][»”")]?)\s+(?=[\p{Lu}\p{N}«“"(-])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 0)
