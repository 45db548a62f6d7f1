/**
 * Names that are words of any sentence too. Written small, one of them by itself is a name only where somebody says whose it is, or signs; else
 * a model would read that it Belzvan rain tomorrow.
 */
const ORDINARY = new Set(
  `will may mark rose grace hope faith joy young baker cook smith white black brown green gray grey king day long short little bush wood woods field
  hill lake stone frost summer april june august dawn iris lily daisy olive ivy ruby amber pearl jack bill pat sue ray rich frank grant art guy drew
  chase hunter mason carter taylor parker porter turner fisher miller butler page price rice banks waters rivers brooks bell ball best good love light
  wells west north case cross dean earl duke prince knight pope bishop abbot chance christian noble sharp swift strong stark wise savage moody carol
  penny victor max dale glen cliff rob don pierre claire marguerite violette olivier marchand boulanger petit grand blanc noir roux brun fontaine
  berger boucher mercier marin meunier charpentier moulin chevalier roi fleur aimé aimée désiré constance prudence victoire gloire lion loup renard
  vallée rivière montagne forêt bois pré champ ville maison château port pont place bon bonnet bel beau joli gentil sage fort doux jeune vieux mars
  avril août mai été hiver printemps lundi vendredi dimanche florence noël garçon picard tailleur fabre lambert fils legrand cousin barbier cordier
  couturier pommier poirier rosier laurier cerisier`.split(/\s+/u),
)
const SAYS_WHOSE =
  /(?:(?<!\p{L})(?:m|mr|mrs|ms|mme|mlle|dr|monsieur|madame|mademoiselle|miss|je suis|je m['’ ]?appelle|m['’]appelle|s['’]appelle|nomm[ée]e?|nom|ici|c['’]est|sign[ée]|i am|i['’]m|this is|my name is|name is|named|called|name|au nom de|in the name of|cordialement|merci|regards|thanks|cheers|from|de la part de)[ .:,]*)$/iu

/** `start`, `end`: a name found in `text`. */
export const isOrdinary = (text: string, start: number, end: number): boolean => {
  const words = text.slice(start, end).split(/[^\p{L}\p{M}]+/u)
  const last = words.at(-1) ?? ''
  const telling = words.filter((word) => ORDINARY.has(word.toLowerCase()))
  if (telling.length !== 1 || telling[0] !== last || last !== last.toLowerCase()) return false
  return (
    words.every((word) => word === last || /^(?:le|la|de|du|the)$/iu.test(word)) &&
    !SAYS_WHOSE.test(text.slice(Math.max(0, start - 30), start)) &&
    /\S/u.test(text.slice(end).replace(/[\s.!]+/u, ''))
  )
}
