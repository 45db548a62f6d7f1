/**
 * Families of words by which a request for a human is told, French and English side by side, folded. What a family weighs, alone
 * and beside others, is learnt (`human-weights.json`); this only says which words may stand for one another.
 */
const FAMILIES = {
  human: 'humain humaine humains humaines human humans humanly',
  role: `conseiller conseillere conseillers conseilleres agent agente agents operateur operatrice operateurs operator operators teleconseiller
    teleconseillere teleoperateur interlocuteur interlocutrice interlocuteurs superviseur supervisor manager managers representative representatives
    representant representante rep reps adviser advisers advisor advisors employe employee employes employees collaborateur collaboratrice
    collaborateurs collegue collegues colleague colleagues coworker staff specialist specialists specialiste specialistes expert experts
    professionnel professionnelle professional technicien technician engineer hotesse hotesses vendeur vendeuse responsable consultant
    consultants counsellor councellor standard standardiste switchboard boss patron patronne directeur directrice director chef commercial commerciale
    salesperson gestionnaire handler gerant gerante secretaire receptionist receptionniste courtier broker prepose superieur superior senior
    executive owner`,
  trade: `guide chauffeur driver livreur courier nurse infirmiere pharmacien pharmacienne pharmacist docteur doctor dr midwife concierge
    maire mayor landlord founder proprietaire technicienne`,
  anybody: 'quelqu someone somebody anyone anybody quiconque whoever',
  person: 'personne person persons people gens individu individual',
  fellow: `dame monsieur gars mec lady gentleman guy man woman homme femme bloke lad lads dude fella girl girls meuf soul adulte chretien`,
  nobody: 'nobody aucun none',
  office: `services service departement department dept desk team equipe equipes bureau office agence agency support client clientele
    customer care direction accueil secretariat reception magasin boutique shop branch hierarchie assistance sav relation reclamations
    complaints claims billing sales refunds reservations comptabilite depot`,
  your: 'vos votre your yours vous you chez',
  mine: 'mon ma mes my our notre nos his her their son sa leur',
  real: `vrai vraie vrais vraies reel reelle veritable physique real actual live living proper genuine breathing flesh chair vivant vivante
    alive competent competente`,
  machine: `robot robots bot bots chatbot chatbots machine machines ia ai automate automates automatique automatiques automatic automated
    ordinateur computer programme program algorithme logiciel software repondeur menu menus`,
  speaks: 'parle parlez parlent parles speaks',
  speak: `parler parlons parlerais discuter dialoguer echanger echange converser communiquer bavarder entretenir adresser causer chatter
    tchatter jaser reparler conversation entretien speak speaking talk talking chat chatting discuss discussing converse communicate word`,
  told: 'parlais spoke spoken talked said told dit appris eu had quoted was were etait ete',
  reach: `joindre contacter contact contacte contactez recontacter recontacte recontactez recontactee contactee joigne reach touch ahold
    contacts contacted joint`,
  pass: `passer passez passe transferer transferez transfere rediriger redirigez basculer basculez orienter orientez connecter connectez
    filer filez transfert connect connected transfer put switch patch hold escalate escalated escalader escalade pass forward redirect
    mettez mettre mets mis hand handover flick route branchez dirigez diriger transmettre transmettez remettez transferring putting transferred transferee repassez fetch deal assign`,
  call: `appeler appelez appelle appel rappeler rappelez rappelle rappel rappele rappelee rappeles appele appelee telephoner telephone
    telephonez telephonique call calls calling ring phone bell buzz callback ligne line fil sonner coup`,
  wish: `veux voudrais voudrait souhaite souhaiterais aimerais aimerai prefere prefererais prefererai desire demande exige reclame cherche
    besoin faut faudrait voulons envie tiens want need require prefer demand rather insist request wish love like`,
  give: 'donnez donne donner envoyez envoie trouvez amenez trouver give send get getting find have avoir avez',
  deed: `repondre repond reponde repondez repondra aider aide ecrire ecrive lire lise reprendre reprenne reprend relais intervenir
    intervienne occuper occupe comprenne comprend comprendre help answer answers reply respond read takeover take understand understands
    assist write intervene step join jump`,
  not: 'pas plus non no not never jamais don t dont without sans ne n isn won',
  tired: `marre assez stop arretez refuse refuser deteste ras enough tired sick fed hate instead plutot than useless nul nuls
    stupid dumb suffit`,
  spare: 'inutile evitez peine needless avoid',
  more: 'ajouter ajoute rajouter add added bring another extra supplementaire',
  meet: 'rencontrer rendez rdv rendezvous meet meeting appointment creneau slot book visio entrevue',
  polite: 'svp please merci thanks thx plait',
  greeting: 'bonjour bonsoir hello hi hey salut alors ok allo slt good morning afternoon evening',
  now: 'now maintenant vite urgent urgence immediately immediatement asap today enfin quickly',
  me: 'me m moi nous us',
  free: 'dispo disponible disponibles available free libre libres joignable around online there here',
  may: 'peux pourrais puis pouvez can could may possible would pourriez peut pourrait might',
  aloud: 'voix vive voice oral',
  amount: 'combien quel quelle quels quelles',
  trip: `hotel hotels aeroport airport chambre room rooms vol flight voyage trip groupe group tour circuit billet ticket prix price tarif
    bagage bagages luggage reservation booking dossier`,
} as const

/** `name` is a word with a capital that no family has, `other` any further word that carries a subject. */
export type Family = keyof typeof FAMILIES | 'name' | 'number' | 'other'

const listed = (family: keyof typeof FAMILIES) => FAMILIES[family].split(/\s+/)
const names = Object.keys(FAMILIES).filter((name): name is keyof typeof FAMILIES => name in FAMILIES)

/** Word -> its family; the first that has it. */
export const FAMILY_OF: ReadonlyMap<string, Family> = new Map(
  names.flatMap((name) => listed(name).map((word) => [word, name] as const)).toReversed(),
)

/** Families without one of which nobody is asked for. */
export const CUES: ReadonlySet<Family> = new Set<Family>(
  'human role trade anybody person fellow nobody office machine speaks speak reach pass call name aloud'
    .split(' ')
    .map((name) => name as Family),
)

/** Families whose order tells something when the words between are left out. */
export const TELLING: ReadonlySet<Family> = new Set<Family>([
  ...CUES,
  ...'real wish give deed not tired told may amount trip free me mine spare more meet'.split(' ').map((name) => name as Family),
])

/** Words whose typing errors are mended. */
export const MENDABLE: readonly string[] = (
  ['human', 'role', 'anybody', 'person', 'speak', 'reach', 'pass', 'call', 'wish', 'machine', 'office'] as const
).flatMap(listed)

/** Spelt by ear, run together or shortened -> the words meant. `shorthand.ts` has the general ones. */
export const HEARD: ReadonlyMap<string, string> = new Map(
  `kelkun=quelqu_un kelqun=quelqu_un quelquun=quelqu_un qqn=quelqu_un qqun=quelqu_un qq1=quelqu_un kelk1=quelqu_un sum1=someone smone=someone
  some1=someone sumone=someone sumbody=somebody any1=anyone ppl=people jveu=je_veux jveux=je_veux jpeux=je_peux jvoudrais=je_voudrais
  jvoudrai=je_voudrais jprefere=je_prefere davoir=d_avoir dune=d_une dun=d_un mappeler=m_appeler mapeler=m_appeler jai=j_ai jen=j_en
  chui=je_suis plz=please pls=please stp=svp u=you ur=your spk=speak tlk=talk cll=call bk=back gimme=give_me wanna=want_to ya=y_a
  tel=telephone csr=representative cust=customer svc=service humn=human hman=human hmain=humain hooman=human agen=agent agnt=agent`
    .split(/\s+/)
    .map((pair) => {
      const [heard = '', meant = ''] = pair.split('=')
      return [heard, meant.replaceAll('_', ' ')] as const
    }),
)
