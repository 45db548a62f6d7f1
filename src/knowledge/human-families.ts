/**
 * Requests for a human by families of words, sentence by sentence: a wish or a way of speaking before a person, a person before
 * what only somebody does (answer, ring back, take over), a person of ours, somebody real, enough of the machine.
 */
const any = (words: string) => new Set(words.split(/\s+/))

/** Whoever says these means somebody who answers for the business. */
const ROLE =
  any(`humain humaine humains humaines human humans conseiller conseillere conseillers conseilleres agent agente agents operateur operatrice
  operateurs operator operators teleconseiller teleconseillere interlocuteur interlocutrice superviseur supervisor manager managers representative
  representatives rep reps adviser advisers advisor advisors employe employee employes employees collaborateur collaboratrice collaborateurs
  collegue collegues colleague colleagues staff specialist specialists specialiste specialistes expert experts professionnel professionnelle
  professional technicien technician hotesse hotesses vendeur vendeuse responsable consultant consultants standard standardiste switchboard sav boss patron patronne
  directeur directrice director chef commercial commerciale salesperson gestionnaire handler interlocuteurs personnel charge`)
/** Anybody: a person of the trip as well as of the business. */
const ANYBODY =
  any(`personne person persons people ppl gens quelqu qqn qqun someone somebody anyone anybody dame monsieur gars mec lady gentleman
  guy man woman homme femme individu individual soul vivant vivante alive`)
const SPEAK =
  any(`parler parle parlez parlons discuter dialoguer echanger echange converser communiquer bavarder entretenir adresser joindre contacter causer
  chatter tchatter passer passez passe transferer transferez transmettre transmettez rediriger redirigez basculer basculez orienter connecter
  filer filez appeler exposer evoquer raconter transfert callback rappel relation ligne contact speak speaking talk talking chat chatting connect transfer put switch patch reach hold escalate pass forward
  redirect deal discuss converse communicate word explain explaining explaining through touch intervenir convoquer prevenir prevenez affaire`)
const WISH =
  any(`veux voudrais voudrait souhaite souhaiterais aimerais aimerai prefere prefererais desire demande exige reclame cherche besoin faut faudrait
  voulons envie tiens donnez donne filez envoyez envoie trouvez amenez trouver dispo want wanna need require prefer demand rather give gimme send fetch bring
  get find insist request wish love like put have`)
/** What only somebody does. */
const DEED =
  any(`repondre repond reponde repondra aider aide rappeler rappelle rappelez appeler appelle telephoner telephone ecrire ecrive lire lise reprendre
  reprenne reprend relais charge contacter contacte recontacter intervenir intervienne occuper occupe mind calling helping joindre joigne joint calls regarder regarde comprenne comprend comprendre
  help answer answers reply respond call ring phone telephone read message contact takeover take step look understand understands deal assist talk write
  intervene join jump handle handling calling`)
const OURS = any(
  'vos votre your yours vous equipe team agence agency office bureau company boite service maison chez from members member membre',
)
const REAL = any(
  'vrai vraie vrais vraies reel reelle veritable physique real actual live living proper genuine alive vivant vivante vif breathing flesh chair',
)
const MACHINE =
  any(`robot robots bot bots chatbot chatbots machine machines ia ai automate automates automatique automatiques automatic automated ordinateur
  computer programme program algorithme algorithm automaton repondeur intelligence`)
const USELESS = any(
  'inutile nul nulle useless stupid dumb bete rien confuse confuses working marche comprend comprends comprenez understand help sert rubbish',
)
const ENOUGH =
  any(`off pas plus marre assez stop arretez arreter arrete refuse abandonne deteste ras jamais sans aucun inutile nul nulle stupide bete aime not no
  never enough tired sick fed hate stupid useless dumb beyond rather trust rid without cannot stand refuse give leave don t`)
/** Other people, places and times: then only a role with a way of speaking counts. */
const ELSEWHERE =
  any(`bord escale tour legal hotel hotels aeroport airport compagnie airline guide guides chauffeur driver banque bank locals habitant habitants billet ticket tickets chambre
  room rooms groupe group bagage siege seat passager passenger adulte adultes adults enfant enfants child children supplement dossier booking reservation
  arrivee arrivals destination sur-place site village plage beach ile island assurance insurance mobilite wheelchair tarif price prix flight vol discount
  reduction voyage trip passeport passport rendez rdv appointment famille family wife femme mari husband fils son musee museum`)
/** Told, past, over, or not wanted. */
const NOT_NOW =
  /(?<!\S)(?:pas besoin|plus besoin|inutile|aucun besoin|no need|not need|don t need|dont need|needn t|no longer need|ne (?:me|m|nous) \S+ (?:pas|personne)|ne \S+ pas|don t (?:put|transfer|pass|connect|call)|m a (?:dit|parle|repondu|conseille|recommande|aide|envoye)|told me|said|says|dit que|a dit|j ai (?:eu|parle|vu|deja)|j avais|spoke|spoken|talked|i had|had someone|quoted|raved|was perfect|a ete|etait|avait|were|was|advised me|mon conseiller|ma conseillere|my adviser|my advisor|his|is an?|est (?:un )?(?:conseiller|agent)|suis (?:un |une )?(?:conseiller|conseillere|agent)|i m an?|per person|par personne|human (?:rights|towers|history|size)|taille humaine|(?:someone|somebody|anyone) else (?:take|go|travel|come|use|fly|have)|quelqu un d autre (?:prenne|prendre|partir|vienne|voyage)|single person|personnes? seules?|my (?:whole )?team|mon equipe)(?!\S)/

const near = (words: readonly string[], at: number, back: number, ahead: number, family: ReadonlySet<string>): boolean =>
  words.slice(Math.max(0, at - back), at).some((word) => family.has(word)) ||
  words.slice(at + 1, at + 1 + ahead).some((word) => family.has(word))

/** Somebody of ours, in as many words -> one word. */
const OF_OURS: readonly (readonly [RegExp, string])[] = [
  [
    /(?<!\S)(?:un |une |un autre |a |another )?(?:membre|member|quelqu un|personne|person|people|someone|somebody|gens|gars|dame|lady) (?:du|de la|de l|de votre|de chez|de|of your|of the|of|from your|from the|from|in your|at your|at the) (?:personnel|equipe|agence|agency|service client|service|team|staff|office|bureau|company|boite|maison|customer service|vous|chez vous)(?!\S)/g,
    'un collegue',
  ],
  [
    /(?<!\S)(?:une?|l un|l une|one|any|some) (?:de vos|de vos agents|d entre vous|of your|of you) (?!hotels?|circuits?|voyages?|sejours?|offres?|agences?|clients?|guides?|tours?|trips?|holidays?|offices?|shops?|offers?|prestataires?|partenaires?|partners?|catalogues?|brochures?|destinations?|cartes?|cards?|cruises?|packages?)(\S+)/g,
    'un collegue',
  ],
]

/** Whether one sentence, folded and mended, asks for a human. */
export const asksByFamily = (sentence: string): boolean => {
  if (NOT_NOW.test(sentence)) return false
  const words = OF_OURS.reduce((left, [pattern, word]) => left.replace(pattern, word), sentence).split(' ')
  if (words.length < 6 && words.some((word) => ROLE.has(word)) && words.every((word) => ROLE.has(word) || AROUND.has(word))) return true
  return (
    tiredOfMachines(words) ||
    words.some((word, at) => (ROLE.has(word) ? roleIsAsked(words, at) : ANYBODY.has(word) && somebodyIsAsked(words, at)))
  )
}

const tiredOfMachines = (words: readonly string[]): boolean =>
  !words.some((word) => ELSEWHERE.has(word)) &&
  words.some((word, at) => {
    // `ai` is a machine in English and `have` in French: j'ai, je n'ai.
    if (!MACHINE.has(word) || (word === 'ai' && /^(?:j|je|n|l)$/.test(words[at - 1] ?? ''))) return false
    return near(words, at, 8, 0, ENOUGH) || near(words, at, 0, 5, USELESS)
  })

/** `mon agent`, `the rep` and `l'agent d'escale` are somebody known: they are asked for only by a way of speaking. */
const roleIsAsked = (words: readonly string[], at: number): boolean => {
  const spoken = near(words, at, 8, 0, SPEAK)
  const known = near(words, at, 2, 0, KNOWN) && !near(words, at, 2, 0, OURS)
  if (near(words, at, 0, 4, ELSEWHERE) && !near(words, at, 4, 0, SPEAK)) return false
  if (known || near(words, at, 4, 0, ELSEWHERE)) return near(words, at, 4, 0, SPEAK)
  if (spoken || near(words, at, 4, 0, WISH) || near(words, at, 2, 0, REAL) || near(words, at, 0, 5, FREE)) return true
  if (!near(words, at, 0, 6, DEED)) return near(words, at, 4, 0, THERE) && words.length < 10
  return /^human|^humain/.test(words[at] ?? '') || near(words, at, 0, 6, ME) || near(words, at, 4, 4, OURS) || near(words, at, 5, 0, MAY)
}

const somebodyIsAsked = (words: readonly string[], at: number): boolean => {
  if (words.some((word) => ELSEWHERE.has(word))) return false
  if (near(words, at, 6, 0, SPEAK) || (/^(?:to|with)$/.test(words.at(-1) ?? '') && near(words, at, 0, 5, SPEAK))) return true
  if (near(words, at, 0, 6, DEED) && (near(words, at, 0, 6, ME) || near(words, at, 4, 4, OURS) || near(words, at, 5, 0, MAY))) return true
  // `Je veux quelqu'un !`: nothing follows.
  if (
    near(words, at, 3, 0, WISH) &&
    words.slice(at + 1).every((word) => /^(?:un|svp|stp|please|now|maintenant|d|autre|else|vite)$/.test(word))
  )
    return !near(words, at, 3, 0, MORE)
  return near(words, at, 2, 2, REAL)
}
const ME = any('me m moi mon ma mes nous us my ici here')
const MAY = any('can could may might would will mind peut pourrait puisse qu que est')
const KNOWN = any('mon ma mes my his her their son sa the le la l les notre our this ce cette cet')
const FREE = any('dispo disponible disponibles available free libre libres joignable around online connecte')
const THERE = any('y avoir there any chance moyen')
const MORE = any('une another extra ajouter add bring pour for une')
/** What may stand around a role that is all there is. */
const AROUND = any(
  'un une des a an the vrai vraie real autre another some any le la l svp stp merci please thanks vite maintenant now ok bon alors allez s il vous plait te plait de chez en ligne live need contact',
)
