/**
 * Does a message ask for a human? French and English, by patterns over folded words, after typing errors in the words that
 * matter are mended. It asks who the *customer* wants to speak with: "with another person" of a trip, "the agent told me" and
 * "an appointment with an adviser" are ordinary messages.
 */
import { distanceBetween, tolerance } from '../core/spelling.ts'
import { wordsIn } from '../core/terms.ts'
import { asksByFamily } from './human-families.ts'
import { SHORTHAND } from './shorthand.ts'

const FR_PERSON =
  '(?:humaine?s?|personnes?|quelqu un|qq un|qqn|qqun|conseillere?s?|conseillers?|conseille|agente?s?|agents|operateurs?|operatrices?|teleconseillere?s?|teleoperateurs?|responsables?|employee?s?|collaborateurs?|collaboratrices?|interlocuteurs?|interlocutrices?|standardistes?|standard|gens|collegues?|equipe|service client|service clientele|sav|service apres vente|support|assistance humaine|assistante? humaine?|vendeurs?|vendeuses?|commercial|commerciale|etre humain|superviseurs?|directeur|directrice|manager|patron|chef|homme|dame|monsieur|vous de vive voix)'
const EN_PERSON =
  '(?:humans?|human being|persons?|people|someone|somebody|anyone|anybody|some one|agents?|representatives?|reps?|advisers?|advisors?|operators?|staff|employees?|managers?|supervisors?|consultants?|colleagues?|customer service|customer support|customer care|support|support team|team|team member|member of staff|member of your team|specialist|assistant who is human|boss|guy|man|woman|individual|live chat)'
/** What may stand between asking and the person. */
const FR_GAP =
  '(?:(?:a|au|aux|avec|vers|moi|nous|d|de|du|des|l|le|la|les|un|une|vos|votre|nos|notre|ce|en|direct|directement|vrai|vraie|vrais|veritable|reel|reelle|bon|autre|etre|membre|plutot|maintenant|tout|suite|vite|rapidement|svp|stp|enfin|seulement|juste|par|chez|vous|telephone|chat|tchat|contact|relation|ligne|toute|urgence|immediatement|qui|existe|vivant|vivante|physique|chair|os|charge|competent|competente|francais|charmant) )'
const EN_GAP =
  '(?:(?:to|with|a|an|the|your|some|one|of|any|actual|real|live|living|breathing|proper|human|other|another|different|directly|please|now|right|just|at|from|in|on|chat|phone|kind|competent|sales|travel|customer|service|support|available|real life|through|over|me|us|actually|honest|genuine|english|speaking|french|member|touch|hold) )'
const FR_SPEAK =
  '(?:parler|parlez|parle|parlons|parlerais|discuter|dialoguer|echanger|converser|communiquer|bavarder|m entretenir|nous entretenir|m adresser|avoir affaire|joindre|contacter|appeler|voir|causer|tchatter|chatter|mettre en relation|mettre en contact|mettez moi en relation|mettez moi en contact|mise en relation|relation|passer|passez|passe|escalade|escalader|transferer|transferez|transfere|rediriger|redirigez|redirige|basculer|basculez|orienter|orientez|connecter|connectez|atteindre|solliciter|prendre contact|entrer en contact|etre en contact|etre mis en contact|etre mis en relation|etre rappele|etre contacte|etre aide|etre renseigne|reponse|ecrire|demander|avoir|trouver|remettre|remettez|donner la parole|donnez moi)'
const EN_SPEAK =
  '(?:speak|talk|talking|speaking|chat|chatting|connect|connected|transfer|transferred|switch|put|put through|patch|reach|contact|get|got|escalate|escalated|hand|hand over|handed|pass|passed|forward|redirect|redirected|deal|dealing|see|have|find|call|discuss|communicate|bring|fetch|give|hear|send|message|refer|ask)'

const FR_WANT =
  '(?:veux|veut|voudrais|voudrait|souhaite|souhaiterais|souhaiterai|aimerais|aimerai|prefere|prefererais|prefererai|desire|demande|exige|reclame|cherche|besoin|faut|faudrait|attends|voulons|voulais|envie|voudrai|merci|svp|stp|vite|mieux|donnez moi|pouvons|possible|puis je|peux)'
const EN_WANT =
  '(?:want|wanna|need|like|prefer|require|demand|rather|gimme|give me|get me|is there|are there|looking for|waiting for|please|can i have|could i have|may i have|isn t there|is their|send me|find me|desire|wish|insist on|let me|hoping for|request|requesting|asking for)'

const BOT =
  '(?:robots?|bots?|chatbots?|machines?|ia|ai|automates?|ordinateurs?|computers?|repondeurs?|programmes?|intelligence artificielle|artificial intelligence|assistant virtuel|virtual assistant|automated|automatique|automatiques|automatisee?s?|virtuel|virtuelle)'

const all = (...patterns: string[]) => patterns.map((pattern) => new RegExp(`(?<!\\S)${pattern}(?!\\S)`))

/** Said of somebody's past, of a trip or of an appointment: no wish to speak to a person now. */
const ORDINARY = all(
  '(?:ai|avons|avait|avais|ont|deja) (?:deja )?(?:bien )?(?:eu|parler?|discuter?|contacter?|appeler?|joindre|joint|vu|echanger?)(?: \\S+){0,2}? (?:conseillere?|conseiller|agente?|personne|quelqu un|collegue|responsable|service client|operateur)',
  // `a` may be the preposition: only with a participle is it somebody's past.
  'a (?:deja |bien )?(?:eu|parle|discute|contacte|appele|joint|vu|echange)(?: \\S+){0,2}? (?:conseillere?|conseiller|agente?|collegue|responsable|service client|operateur)',
  '(?:spoke|talked|spoken|chatted|have seen|contacted|called|met|had) (?:\\S+ ){0,3}?(?:agents?|advis[eo]rs?|rep|representative|person|someone|somebody|colleague|manager|operator|support|customer service)',
  '(?:someone|somebody|anyone|anybody|quelqu un|une personne|un agent)(?: \\S+){0,5}? (?:at the|a l|au) (?:airport|hotel|station|arrivals|pool|beach|aeroport|arrivee|accueil de l hotel|gare)',
  '(?:rendez vous|rdv|rendezvous|appointment|meeting|meet)(?: \\S+){0,8}',
  '(?:pas|aucun|plus|sans)(?: \\S+){0,2}? (?:besoin|envie|obligee?)(?: \\S+){0,4}? (?:conseillere?|conseiller|humain|agent|personne|quelqu un)',
  '(?:no|don t|dont|do not|didn t|without)(?: \\S+){0,2}? (?:need|want|have to|wish|needing)(?: \\S+){0,6}? (?:human|person|agent|advis[eo]r|representative|someone|anyone|anybody)',
  '(?:ne|n)? ?(?:veux|souhaite|voudrais) (?:pas|plus)(?: \\S+){0,4}? (?:conseillere?|conseiller|humain|agent|personne|quelqu un)',
)

/** Said so that nobody calls or takes over, of others, or as a name. */
const UNWANTED = all(
  '(?:inutile|pas la peine|pas besoin|evitez|merci de ne pas|no need|don t|dont|do not|please don t|needn t|without)(?: \\S+){0,3}? (?:rappeler|rappelez|appeler|appelez|passer|passez|call|ring|put|transfer|connect|pass|phone)(?: \\S+)*',
  'ne (?:me|m|nous) (?:passez|rappelez|appelez|transferez|mettez)(?: \\S+)*',
  '(?:you can|you may|just|vous pouvez|people|friends) (?:call me|m appeler) (?!back|now|today|tomorrow|on|at|please|anytime|later|asap|this|any|when|maintenant|demain|au|sur|ce|cet|svp|aujourd)\\S+(?: \\S+)*',
  '(?:anyone|anybody|someone|quelqu un) (?:else|d autre) (?:on|in|at|going|travelling|coming|dans|qui (?:part|voyage))(?: \\S+)*',
  '(?:bring|add|ajouter|amener|emmener) (?:another|an extra|one more|a|une autre|une|quelqu un)(?: \\S+){0,2}|a person added',
  '(?:voyage|sejour|circuit|trip|holiday|vacances)(?: \\S+){0,4}? (?:contact humain|real people|vrais gens|vraies gens)',
  '(?:agents?|representatives?|reps?|representants?|someone|somebody|quelqu un)(?: \\S+){0,5}? (?:at|a l|a la|dans) (?:\\S+ )?(?:airport|aeroport|hotel|reception)',
)

const ASKS = all(
  // To speak with a person.
  `${FR_SPEAK} ${FR_GAP}{1,6}?${FR_PERSON}`,
  `${EN_SPEAK} ${EN_GAP}{1,6}?${EN_PERSON}`,
  `(?:parler|discuter|echanger|joindre|contacter|appeler|avoir|voir|talk|speak|reach|chat|contact) (?:\\S+ )?(?:quelqu un|qqn|qq un|qqun|someone|somebody|anyone|anybody|humain|human|person|agent|people)`,
  `(?:parler|parle|parlez|discuter|repondre|repondez|reponde)(?: \\S+){0,3}? (?:de vive voix|humainement|entre humains|en vrai)`,
  '(?:parler|discuter|joindre|contacter|appeler|escalade) (?:humaine?|conseillere?|conseiller|agente?|operateur|operatrice|responsable|service client)',
  '(?:peux|pourrais|puis je|voudrais|veux|souhaite|souhaiterais|aimerais|besoin de|envie de) (?:vous )?parler(?: (?:a|avec) (?!mon |ma |mes |l |la |le |un mede|des )\\S+| svp| stp)?$',
  '(?:can i|could i|may i|want to|wanna|like to|need to|have to) (?:talk|speak)(?: (?:to|with) (?!my |the hotel|the airline|the guide|a doctor|french|english)\\S+| please)?$',
  '(?:help|assistance|answer|answers|reply|response|support|aide|reponse|call) (?:from|de|d|by|par) (?:a |an |un |une |real |actual |vraie |vrai )*(?:humans?|humaine?|person|personne|someone|somebody|quelqu un|agent|conseiller|advis[eo]r)',
  '(?:want|need|plz|pls|please|give me|get|now) (?:a |an |the |some )?(?:human|humans|agent|rep|representative|operator)',
  '(?<!\\S)(?:un|une) (?:humaine?|conseillere?|conseiller|vraie? personne|agent|operateur|operatrice|interlocuteur)(?: (?:svp|stp|vite|maintenant|merci|s il.*))?$',
  // To want one.
  `${FR_WANT} (?:moi )?(?:que )?${FR_GAP}{1,5}?(?:humaine?|conseillere?|conseiller|agente?|operateur|operatrice|interlocuteur|interlocutrice|responsable|teleconseillere?|superviseur|manager|collaborateur|employee?|etre humain|service client|assistance humaine|aide humaine|contact humain|reponse humaine|intervention humaine|personne|quelqu un|qqn|humains)`,
  `${EN_WANT} ${EN_GAP}{0,5}?(?:humans?|human being|agent|representative|rep|advis[eo]r|operator|supervisor|manager|person|someone|somebody|people|staff member|customer service|support|human help|human support|human assistance|human contact|human answer|human response|human agent)`,
  // A person who would answer, help or call.
  `(?:quelqu un|qqn|qq un|qqun|un humain|un etre humain|une personne|un conseiller|une conseillere|un agent|un responsable|un collegue)(?: \\S+){0,3}? (?:peut|pourrait|puisse|veut|va|pour|qui|peux|pouvait)(?: \\S+){0,3}? (?:repondre|aider|rappeler|appeler|contacter|renseigner|parler|expliquer|prendre en charge|comprendre|comprenne|comprend|reponde|reprendre|prendre le relais|prendre la suite|ecouter|m ecouter|lire)`,
  `(?:someone|somebody|anyone|anybody|a human|a person|an agent|an advis[eo]r|a colleague|a representative|a rep|a manager)(?: \\S+){0,3}? (?:help|call|contact|answer|reply|speak|talk|ring|phone|respond|assist|read|take over|get back|understand|understands|listen|explain)(?: me| us| to me| my| this| with me| from here)?`,
  `(?:can|could|may|please have|get|have|let|is|would|will) (?:please )?(?:someone|somebody|anyone|anybody|a human|an agent|an advis[eo]r|a real person|a person) (?:please )?(?:real |actually )?(?:help|call|contact|answer|reply|speak|talk|ring|phone|there|respond|assist|take over|available|get back|real|on the line|who)(?: \\S+)?`,
  '(?:il )?(?:y a|ya|y a t|y aurait|est ce qu il y a|reste)(?: t)?(?: il)? (?:quelqu un|qqn|un humain|une vraie personne|une personne|un conseiller|qq un)(?: (?:de vrai|de reel|de vivant|de disponible|de dispo|de joignable|de chez vous|de votre|de l equipe|qui|ici|la|en ligne|en vrai|derriere|dispo|disponible|au bout|avec|a qui|pour|svp|stp|vivant|reel|joignable|est|soit|parle).*)?$',
  '(?:is|s) (?:there )?(?:anyone|anybody|someone|somebody|a human|a person|a real person|an agent)(?: (?:there|here|real|available|i can|who|that|to|around|else|behind|online|alive|on).*)?$',
  '(?:un humain|une personne|une vraie personne|quelqu un|qqn|un conseiller|une conseillere|un agent) (?:me|m|nous) (?:reponde|repond|rappelle|contacte|recontacte|aide|parle|appelle|ecrive|explique|ecoute)',
  '(?:someone|somebody|anyone|quelqu un|un membre|a member|une personne) (?:from|of|in|at|de|d) (?:your|the|votre|vos|l|la) (?:team|agency|agence|equipe|company|staff|boutique|bureau|office|service|shop)(?: (?:please|pls|svp|stp|s il.*|now|maintenant))?$',
  // To be called back or put through.
  '(?:rappelez|appelez|telephonez|contactez|rappeler|appelle|rappelle|joignez|rappeles)(?: moi| nous)(?: (?!le |la |les |l |mon |ma |mes |quel|quelle|combien|ce |comment |que |si )\\S+)*',
  '(?:etre|me|nous|m) (?:rappelee?s?|rappeler|recontacter|recontactee?s?|appeler|telephoner|contactee?s?|contacter)(?: (?!le |la |les |l |mon |ma |mes |quel|quelle|combien|ce |comment |que |si |vos |votre |son )\\S+){0,4}$',
  '(?:call|ring|phone|telephone) (?:me|us)(?: \\S+){0,5}$',
  '(?:put|patch|transfer|connect|pass|switch|hand|escalate|forward) (?:me|us|this|my case|it)(?: (?:through|on|over|to|up|please|now|back|across).*)?$',
  '(?:passez|transferez|mettez|transfere|basculez|redirigez|dirigez|orientez|faites)(?: moi| nous| le dossier)?(?: (?:en relation|en contact|en ligne|vers (?:un|une|l|la|le|votre|quelqu)|a (?:un|une|l|votre|quelqu)|quelqu un|intervenir|(?:un|une|le|la|l|au|votre|vos|un de vos) (?:humain|conseiller|conseillere|agent|operateur|responsable|standard|collegue|superviseur|service client|service commercial|vendeur|interlocuteur))).*',
  '(?:prise|prenne|prendre|prenez|reprenne|reprendre|prend)(?: \\S+){0,3}? (?:en charge|le relais|la main|la suite)(?: \\S+){0,3}? (?:par )?(?:un humain|un conseiller|une personne|quelqu un|un agent|humain)',
  'qu on (?:me|m|nous) (?:rappelle|appelle|contacte|recontacte|telephone|passe|reponde)(?: (?!le |la |les |l |que |si )\\S+){0,4}$',
  'faites (?:moi|nous) (?:rappeler|appeler|contacter)(?: .*)?',
  // Away from the machine.
  `${BOT}(?: \\S+){0,4}? (?:sert a rien|servent a rien|nul|nulle|inutile|incompetent|useless|stupid|bete|idiot|debile|no use|rubbish|terrible)`,
  `(?:pas|plus|marre|assez|stop|arretez|non|ras le bol|jamais|sans|aucun|deteste|autre chose qu|autrement qu|sortir|quitter)(?: (?:de|du|d|des|a|au|aux|un|une|le|la|les|avec|parler|discuter|ce|cette|cet|votre|vos|par|en|repondre|reponses?|veux|l|ces|echanger|ecrire))* ${BOT}`,
  `(?:not|no|no more|stop|sick|tired|fed up|enough|hate|don t|dont|instead of|rather than|without|than|isn t|other than|done)(?: (?:of|with|a|an|the|this|to|talking|speaking|talk|speak|chat|chatting|your|these|stupid|want|wanna|like|more|any|deal|dealing|by|want to|automated|is|damn|using|from|answers|replies|giving|me|sending))* ${BOT}`,
  `(?:not|pas)(?: \\S+){0,2}? (?:real|vraie?) (?:person|personne)`,
  '(?:vraie?|veritable|real|actual|live|proper|living) (?:personne|humain|conseiller|conseillere|agent|interlocuteur|person|human|agent|people|gens|advis[eo]r|being|rep|representative)',
  '(?:parler|discuter) (?:a|avec) vous(?: \\S+){0,2}? (?:telephone|vive voix|direct|personne)',
  '(?:human|humain|conseiller|conseillere|agent|advis[eo]r|operator|operateur|representative|personne reelle|person) (?:please|pls|plz|svp|stp|s il vous plait|s il te plait|now|maintenant|vite|required|needed|merci|asap|demande|required now|tout de suite|urgent)',
  '(?:assistance|aide|intervention|contact|support|help|agent|reponse|interaction|service|assistant|presence) (?:par )?(?:un )?humaine?',
  'human (?:help|support|assistance|contact|intervention|interaction|agent|being|touch|operator|response|answer|adviser|advisor|assistant)',
)
/** The whole message is a person, with politeness around. */
const ALONE =
  /^(?:bonjour |hello |hi |hey |salut |please |svp |stp |non |no |ok |alors |encore |je dis )*(?:un |une |des |le |la |l |a |an |the |some |real |vrai |vraie |live |actual |autre |another |any |your |vos |votre )*(?:humain|humaine|humains|human|humans|etre humain|human being|personne|person|people|agent|agents|conseiller|conseillere|conseillers|adviser|advisor|operator|operateur|operatrice|representative|rep|quelqu un|quelqu un de \\S+|someone|somebody|anybody|anyone|interlocuteur|service client|customer service|customer support|manager|responsable|supervisor|superviseur|teleconseiller|vrai humain|staff|parler|agent humain|conseiller humain|human agent|live agent|live chat|talk|speak|sav)(?: en ligne| au telephone| humain| reel| reelle| vivant| please| pls| plz| svp| stp| merci| thanks| thank you| s il vous plait| now| maintenant| vite| there| here)*$/

/** Words whose typing errors matter, and real words that only look like them. */
const KEYWORDS =
  'humain humaine human humans personne person people quelqu someone somebody anyone anybody conseiller conseillere agent agents operateur operatrice operator interlocuteur responsable representative adviser advisor collaborateur employe manager superviseur supervisor customer service client support parler discuter echanger joindre contacter appeler rappeler speak talking transfer transferer transferez connect passer passez mettre mettez relation voudrais souhaite aimerais prefere besoin vraie veritable robot robots chatbot machine telephone rappelez appelez contactez please would should'.split(
    ' ',
  )
const KEYWORD_SET = new Set(KEYWORDS)
const REAL_WORDS = new Set(
  'personnel personnels personnelle personnelles personal personally partez parlez partir partie partis argent agence agences agenda client clients conseil conseils conseillez conseille conseillent stuff staff passe passer passes passez passeport passeports pass services machines mettre mettra maitre relations relation servi servir humide prefer preferee supports supporte supporter appel appels rappel rappels appelle rappelle rappelee parle parles parlent parfait passed passport perso persons personnes contact contacts contacte contactee connected connection connecte robots customers someones talked parking would wouldn shoulder couldn should souhaites souhaitez souhaiter operation operations operator speaker transfers transfert transferts client clientele humans service vrais vraies joint jointe changer echange echanges echangers echanger discute conseillers agents responsables managers besoins'.split(
    ' ',
  ),
)

/** Too short for a distance to be safe. */
const SLIPS: Readonly<Record<string, string>> = {
  humn: 'human',
  hman: 'human',
  huma: 'human',
  agnt: 'agent',
  aget: 'agent',
  tlk: 'talk',
  spk: 'speak',
  persn: 'person',
}

const mended = (word: string): string => {
  const slip = SLIPS[word]
  if (slip) return slip
  if (word.length < 5 || KEYWORD_SET.has(word) || REAL_WORDS.has(word)) return word
  const limit = tolerance(word)
  let best: { readonly word: string; readonly distance: number } | null = null
  for (const keyword of KEYWORDS) {
    if (keyword.length < 5 || (keyword[0] !== word[0] && keyword[0] !== word[1])) continue
    const distance = distanceBetween(word, keyword, limit)
    if (distance <= limit && (best === null || distance < best.distance)) best = { word: keyword, distance }
  }
  return best?.word ?? word
}

/** Longer messages tell a story; what they ask for stands in their first and last words. */
const LONGEST = 60

export const asksForHuman = (text: string): boolean => {
  const words = wordsIn(text.slice(0, 4000))
  if (words.length === 0) return false
  const read = readable(words.length > LONGEST ? [...words.slice(0, LONGEST / 2), ...words.slice(-LONGEST / 2)] : words)
  if (ALONE.test(read)) return true
  const rest = [...UNWANTED, ...ORDINARY].reduce((left, pattern) => left.replace(pattern, ' | '), read)
  if (ASKS.some((pattern) => pattern.test(rest))) return true
  return sentencesOf(text).some((sentence) => CALLS.some((pattern) => pattern.test(sentence)) || asksByFamily(sentence))
}

/** Folded words with one space between, shorthand opened and typing errors mended. */
const readable = (words: readonly string[]): string =>
  words
    .map((word) => HEARD.get(word) ?? mended(SHORT.get(word) ?? word))
    .join(' ')
    .replace(/(?<=(?:un|une|votre|vos|le|a) )conseille(?!\S)/g, 'conseiller')
const SHORT = new Map(
  [...(SHORTHAND.fr ?? []), ...(SHORTHAND.en ?? [])].filter(([short, word]) => short.length > 1 && word.length > 3 && short !== 'rdv'),
)
/** Spelt by ear. */
const HEARD = new Map([
  ['kelkun', 'quelqu un'],
  ['kelqun', 'quelqu un'],
  ['quelquun', 'quelqu un'],
  ['qqn', 'quelqu un'],
  ['sum1', 'someone'],
  ['some1', 'someone'],
  ['any1', 'anyone'],
  ['thru', 'through'],
  ['ppl', 'people'],
  ['jveu', 'veux'],
  ['jveux', 'veux'],
  ['plz', 'please'],
])

/** The first and last sentences, read. */
const sentencesOf = (text: string): string[] => {
  const sentences = text
    .slice(0, 4000)
    .split(/[.!?…;\n]+/)
    .map((sentence) => wordsIn(sentence).slice(0, LONGEST))
    .filter((words) => words.length > 0)
  return (sentences.length > 8 ? [...sentences.slice(0, 4), ...sentences.slice(-4)] : sentences)
    .map(readable)
    .filter((sentence) => !UNWANTED.some((pattern) => pattern.test(sentence)))
}

/** Whole sentences that ask to be called or put through, or for whom to speak with. */
const CALLS = all(
  '(?:who|whom|qui)(?: \\S+){0,4}? (?:talk to|speak to|speak with|talk with|get hold of|joindre|contacter|parler)(?: (?:please|svp|instead))?$',
  '(?:be|etre) (?:contacter|contacted|called|phoned|rung|recontactee?s?|contactee?s?|rappelee?s?|appelee?s?)(?: (?:by|par|back|on|au|a)(?: \\S+){0,4})?$',
  '(?:contact|contacter|recontacter|joindre) (?:me|us)?(?:par|by|on|over) (?:telephone|phone|the phone)$',
  '(?:call|cal|ring|phone) (?:me|us) back.*',
  '(?:rappel|rapel|rapelle|rappelle|rappelez|rapelez) (?:moi|nous).*',
  '(?:discuss|talk|parler|discuter|voir)(?: \\S+){0,4}? (?:over the phone|on the phone|by phone|au telephone|par telephone|de vive voix)(?: \\S+)*',
  '(?:could|can|may|might|puis je|pourrais je) (?:i )?(?:be )?(?:put|transferred|passed|connected|handed)(?: through| over| on)? to (?:\\S+ )+',
  '(?:give|put|get|donnez|passez) (?:me )?(?:on )?(?:whoever|the one|celui|celle|la personne|the person)(?: \\S+)* (?:in charge|responsible|responsable|s occupe)(?: \\S+)*',
  '(?:a |quick )?word with (?:them|you|him|her|someone|somebody)(?: \\S+)*',
  'who (?:is|s) in charge(?: here)?$',
  '(?:passez|passer|rendez|prenez) la main(?: \\S+)*',
  '(?:me passer|passez moi|passe moi|passez nous) (?!le |la |les |l |un |une |du |des |de |ma |mon |mes |par |commande|en )\\S+(?: (?:de|svp|s|stp|please)(?: \\S+)*)?$',
  '(?:get|put|fetch|bring) (?!it |this |that |me )\\S+ (?:for me|on the line|on the phone)$',
  '(?:could|can|would|will|have|ask|please have) (?:\\S+ ){1,6}?(?:get in touch with|get back to|contact|call|ring|phone) (?:me|us)(?: \\S+)*',
  '(?:flesh and blood|chair et (?:en |d )?os|chair et de sang|being of flesh)',
  '(?:service commercial|sales team|service reservations?|service apres vente)(?: (?:svp|please|s il vous plait))?$',
)
