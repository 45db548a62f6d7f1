/**
 * Names that are words of any sentence too. Written small, one of them by itself is a name only where somebody says whose it is, or signs; else
 * a model would read that it Belzvan rain tomorrow. Behind an article any word is one.
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
  couturier pommier poirier rosier laurier cerisier power farthing church park force singer leaf shepherd dolly thyme basil money picture moor heather thumb ebony chain fox dollar storm chow roman
  blessing violet major lamb crane star cotton dot marsh said fair saffron sand comfort moss wisdom robin sky gold clement potter column patience pickles
  clementine angel archer arrow ash bass bean bear berry bird birch blossom bolt bond book booth bow branch brand bread bridge broom buck bull burns
  castle chandler chapel clay coal copper court crisp crow cutler diamond drake drum eagle east farmer feather fern finch flint flower flowers ford
  forest foster fountain french gardener garland gate gift ginger glass glover goose groom grove gull hale hall hammer hands hart haven hawk hay hazel
  head heath heaven herb heron holly honey hood hook horn house iron island jewel joiner jolly kettle lane lark law lilac link lock lord marble mead
  mercy miles mill mint mist moon needle nest night noon north nurse oak ocean opal orchard organ palm parson peach pear pepper pike pine plum poppy
  pride quill rain raven reader reed ring river rock rosemary rush salt sands seal shade shell silver slate snow south spark spear speed spring steel
  street string sugar sunny swallow swan tanner teal temple thorn tide tiger town trout truth vale vine walker wall ward ware warren water weaver wheat
  whistle willow winter wolf wren maréchal rossignol brasseur constant sauvage jardin capucine roche parmentier moine pinson prune fer campagne garde
  sourd bonhomme myrtille midi sylvestre nuit ariane vent mercure bourgeois poulain caillou abeille agneau ange argent baron bas berceau bijou biche blé
  bouleau bourdon brebis buisson cadet caille cave cerf chêne chapelle chat chemin cheval chèvre clair clé clément cloche cœur colombe comte coq corbeau
  côte courage croix dame daim dauphin doyen droit écuyer épine étoile évêque faucon ferme fermier feuille figuier fosse four franc frère froid gardien
  géant grange grenier gros guerre hardi herbe houx jonquille joie jour juste lac laine large lavande légume lièvre lilas lune maître malin mare marais
  matin mer merle mésange miel monnaie mouton muguet mur navet neige noisette nouveau ours pacifique paix palmier panier papillon paradis pêche pélican
  perle pic pie pigeon pin pins poire poisson pomme porte potier poule prairie prêtre puits raisin reine riche rivage romain roseau rouge route sable
  saison salle samedi sapin saule serpent simple soleil sommet sorbier souris tambour taupe tempête terre thym tilleul tour tournesol trésor triste vache
  vaillant valet veau verger verrier vigne village vivant volant voisin`.split(/\s+/u),
)
const SAYS_WHOSE =
  /(?:(?<!\p{L})(?:m|mr|mrs|ms|mme|mlle|dr|monsieur|madame|mademoiselle|miss|je suis|je m['’ ]?appelle|m['’]appelle|s['’]appelle|nomm[ée]e?|nom|ici|c['’]est|sign[ée]|i am|i['’]m|this is|my name is|name is|named|called|name|au nom de|in the name of|cordialement|merci|regards|thanks|cheers|from|de la part de)[ .:,]*)$/iu

/** Behind one of these stands a thing, written small: “a potter”, « le brasseur ». */
const ARTICLE = /(?<![\p{L}\p{N}])(?:une?|les?|la|des|du|aux?|ce|cet|cette|l['’]|an?|the|no|any|some|per)[ -]?$/iu
const MONTH = /^(?:april|may|june|august|january|march|avril|mai|août|mars|juin)$/iu

/** `start`, `end`: a name found in `text`. */
export const isOrdinary = (text: string, start: number, end: number): boolean => {
  const words = text.slice(start, end).split(/[^\p{L}\p{M}]+/u)
  const last = words.at(-1) ?? ''
  const [before, after] = [text.slice(Math.max(0, start - 30), start), text.slice(end)]
  if (MONTH.test(text.slice(start, end)) && (/^ \d/u.test(after) || /\d(?:st|nd|rd|th|er)? $/u.test(before))) return true
  if (last !== last.toLowerCase() || SAYS_WHOSE.test(before) || !/\S/u.test(after.replace(/[\s.!]+/u, ''))) return false
  if (words.length === 1 && ARTICLE.test(before)) return true
  const telling = words.filter((word) => ORDINARY.has(word.toLowerCase()))
  return telling.length === 1 && telling[0] === last && words.every((word) => word === last || /^(?:le|la|de|des|du|the)$/iu.test(word))
}
