/**
 * Families of words that tell what a message is about, French and English side by side, folded: first what assistants in general are
 * asked for, then what customers of any business write of. What a family weighs, alone and beside others, is learnt (`weights.json`);
 * this only says which words may stand for one another.
 */
const FAMILIES = {
  make: `write writes writing rewrite compose draft invent imagine create generate draw paint design rap rhyme brainstorm finish continue
    ecris ecrire ecrivez ecrit redige rediger redigez compose composer composez invente inventer inventez imagine imaginer imaginez cree creer
    creez genere generer generez dessine dessiner dessinez continue reecris reecrire fabrique fabriquer ponds trouve donne donnez propose fais
    gimme suggest`,
  think: `explain summarise summarize sum tldr nutshell paraphrase rephrase reword simplify analyse analyze compare rank list define argue
    debate prove solve calculate compute balance decode decipher teach quiz test guess describe convert transform turn shorten proofread
    explique expliquer expliquez explication resume resumer resumez resumes reformule reformuler reformulez simplifie simplifier simplifiez vulgarise
    vulgarisez analyse analyser analysez compare comparer comparez classe definis definir demontre demontrer resous resoudre resolvez
    calcule calculer calculez equilibrer developper factoriser apprends apprenez devine decris convertis convertir transforme raccourcis
    argumente argumenter corrige corriger corrigez correct check verifie verifier relis relire relisez`,
  genre: `poem poems poetry poeme poemes poesie verse verses vers sonnet haiku limerick ballad ballade ode acrostic acrostiche essay essays
    dissertation dissertations redaction expose memoire thesis these story stories histoire conte tale fable nouvelle novel roman chapter chapitre
    speech discours toast eulogy eloge vows voeux song songs chanson chansons lyrics paroles script scenario sketch dialogue monologue monolog play
    joke jokes blague blagues riddle riddles devinette devinettes enigme enigmes pun puns calembour anecdote caption captions legende slogan slogans
    tagline motto headline titre title bio biography biographie biblio article blog tweet post podcast newsletter cv resume curriculum motivation cover
    resignation demission letter lettre reference recommandation monologues plot intrigue twist backstory prequel fanfic quote quotes citation
    citations proverb proverbe prayer priere acronym acronyme hashtag hashtags name names prenom prenoms pseudo surnom nickname logo image drawing
    dessin picture painting illustration tattoo tatouage wallpaper rhymes rime rimes poetic punchline essais fiction`,
  school: `homework devoir devoirs school ecole college lycee exam exams examen examens controle bac brevet gcse gcses btec alevel alevels ks3 uni
    university universite faculte teacher professeur prof maitresse maitre revision revise revisions reviser fiche fiches lesson lecon cours coursework assignment exercise
    exercice exercices exo dm dictation dictee grade grades notes quizz qcm student eleve pupil classroom oral soutenance essays bts licence
    terminale seconde premiere 5eme 4eme 3eme cm1 cm2 ce1 ce2 spelling syllabus tutor dissert philo svt flashcards presentation`,
  maths: `maths math algebra algebre equation equations geometry geometrie derivative derivee differentiate integral integrale fraction
    fractions pythagoras pythagore theorem theoreme probability probabilite percentage pourcentage percent root racine carree square squared
    cube triangle circle cercle radius rayon perimeter perimetre area aire prime premier number multiply multiplie divided fois minus plus
    irrational irrationnel sinus cosinus sine cosine log logarithme vector vecteur matrix matrice sum somme average moyenne median roman binary
    binaire hexadecimal celsius fahrenheit miles km stone ounces grams kilos litres airspeed`,
  code: `python javascript java typescript php sql html css regex regexp code coding coder codes function fonction bug debug bash script loop
    boucle array tableau variable compile compiler error erreur exception null pointer git github commit docker api json csv excel formula formule
    vlookup recherchev sheets spreadsheet tableur algorithm algorithme programme program programming website webpage site app react vue
    angular node linux sudo query requete jointure join server serveur database recursion recursivite stack stacktrace`,
  science: `photosynthesis photosynthese physics physique chemistry chimie biology biologie atom atome molecule cell cellule dna adn gene
    virus bacteria bacterie planet planete planets planetes moon lune sun soleil star etoile universe univers galaxy galaxie gravity gravite
    quantum quantique relativity relativite light lumiere sky ciel blue earth terre volcano volcan earthquake dinosaur dinosaure dinosaures
    evolution newton einstein darwin experiment experience vaccine tides maree climate climat nuclear nucleaire energy energie electricity
    electricite hydrogen oxygen oxygene acid acide periodic element entanglement intrication speed vitesse invented invente inventa discovered decouvert black hole`,
  past: `history historique war wars guerre guerres world mondiale revolution king queen roi reine emperor empereur napoleon hitler churchill
    louis tudor tudors roman romans romains rome viking vikings egyptian pharaoh medieval century siecle empire berlin wall mur cold froide
    treaty traite slavery esclavage colonial president presidents republic republique monarchy philosopher philosophe plato platon aristotle
    descartes kant nietzsche freud marx marxism marxisme capitalism capitalisme liberalisme communism socialism keynes hayek`,
  books: `shakespeare hamlet macbeth romeo juliet dickens austen orwell tolkien rowling hugo zola moliere baudelaire rimbaud verlaine flaubert
    balzac camus sartre proust voltaire candide germinal etranger book books livre livres author auteur novelist reader lecture quotes klimt
    picasso monet vinci mona lisa joconde painter peintre`,
  shows: `film films movie movies cinema series serie season saison episode netflix disney anime manga actor actress acteur actrice director oscar
    oscars marvel batman naruto goku saitama pokemon music musique singer chanteur chanteuse album albums band groupe concert playlist rapper rappeur rapeurs
    guitar guitare piano chords accord accords beatles spotify youtube tiktok celebrity star tv television watch regarder`,
  sport: `football foot soccer footy rugby tennis cricket basket basketball nba golf boxing boxe f1 formula match matches matchs score scores
    scored goal but buts league ligue premier champions cup coupe mondial euro olympics jo arsenal chelsea liverpool united city tottenham
    psg om ol barca barcelona real madrid juventus haaland salah mbappe messi ronaldo team equipe won win wins gagne gagner gagnera
    championnat championship standings classement offside penalty wimbledon roland garros marathon fantasy captain pronostic bet paris`,
  news: `news actualite actualites actu infos headlines politics politique election elections vote voter president minister ministre government
    gouvernement parliament senate macron trump biden putin poutine labour tory conservative left right gauche droite brexit immigration
    war ukraine gaza israel palestine russia russie middle east reform reforme retraites opinion avis think penses debate debat death
    penalty peine abortion avortement racism racisme strike conspiracy complot fake vrai true false faux society societe`,
  health: `doctor medecin symptom symptoms symptome symptomes fever fievre headache pain douleur mal ache hurts hurt sick malade ill cough toux tousse
    throat gorge rash boutons bouton itchy skin peau knee genou back dos tooth teeth dent dents stomach ventre chest poitrine heart coeur
    blood sang pressure tension diabetes diabete cancer pregnant enceinte pill pilule dose tablet paracetamol ibuprofen ibuprofene doliprane
    advil aspirin aspirine codeine antibiotic antibiotics antibiotiques medication medicament medicaments vaccins depression depressed
    deprime anxiety anxiete angoisse anxious angoisse stress stressed panic panique attack crise burnout burn insomnia sleep dormir sleeping therapy therapist psy
    breathe breathing respirer respiration migraine allergy appendicite appendicitis ringworm infection wound bleeding hiccups hoquet vomit vomits vomiting vomit`,
  body: `diet regime weight poids maigrir lose perdre calories calorie muscle muscu musculation workout gym abs abdos exercise running yoga
    protein proteines fat graisse slim belly ventre steps sport fitness meditation skincare hair cheveux coiffure haircut makeup maquillage
    nails beard barbe outfit tenue clothes dress fashion mode wear`,
  heart: `love amour girlfriend boyfriend copine copain husband wife mari ex crush date dating tinder bumble marriage divorce breakup
    rupture quitte quittee dumped cheating trompe lonely seul seule sad triste cry pleure feelings sentiments friend friends ami amis amie pote
    potes mate colocataire coloc flatmate roommate jealous jaloux kiss embrasser family famille mother mere father pere parents son
    teenager ado mother-in-law belle-mere suicide die mourir life vie meaning sens dream dreaming dreams reve cauchemar nightmare god dieu religion
    bible prayer soul ame happiness bonheur death mort lie mentir argue fight dispute advice conseil conseils`,
  food: `recipe recipes recette recettes cook cooking cuisiner cuisine cuire cuisson bake baking oven four pancakes crepes cake gateau bread pain pasta
    pates rice riz chicken poulet beef boeuf egg eggs oeuf oeufs courgette courgettes tomato tomate tomates soup soupe salad salade sauce
    mayonnaise lasagne lasagna tiramisu chocolate chocolat curry steak salmon saumon vegan vegetarian dinner diner lunch menu meal repas leftovers restes spinach
    chickpeas cream creme thon tuna flour farine sugar sucre cocktail wine vin beer biere gin banana banane kebab roast roti ingredients fridge frigo`,
  home: `clean cleaning nettoyer stain tache carpet moquette laundry lessive wash dishwasher sink evier toilet toilettes tap robinet leak fuite boiler
    chaudiere radiator plumber plombier electrician electricien shelf etagere paint peinture wall bedroom mould moisissure ants fourmis mice
    souris slugs limaces garden jardin jardinage lawn pelouse grass rose roses rosiers prune tailler plant plants plante plantes grow pousser seeds semer orchid
    orchidee tree arbre furniture meuble diy bricolage ikea mattress matelas housework menage chores corvees kettle bouilloire rent loyer caution
    landlord proprio proprietaire tenant locataire neighbour wheel roue tyre pneu crevee car voiture occasion used barbecue bbq candle wax knit
    knitting tricot tricoter crochet sewing couture scarf bonnet`,
  pets: `dog dogs chien chiens chiot puppy cat cats chat chats chaton kitten hamster rabbit lapin goldfish poisson fish bird horse cheval
    hedgehog herisson bees abeilles animal animaux vet veterinaire toxic toxiques grapes purr training dressage bite mordille`,
  tech: `computer ordinateur ordi pc laptop windows mac macbook iphone android samsung phone smartphone tablet ipad wifi router routeur box internet
    printer imprimante insta snapchat linkedin gmail virus hacked pirate hack update slow lent
    freeze frozen plante keyboard clavier screen ecran joystick xbox playstation ps5 ps4 nintendo headphones casque vacuum aspirateur washing machine
    tv robot battery chatgpt chatbot artificial intelligence blockchain nft bitcoin crypto ethereum followers abonnes ebay vinted leboncoin`,
  money: `invest investing investir investment investissement shares share stock stocks action actions bourse bitcoin gold savings epargne livret
    isa bonds mortgage credit loan pret interest interet inflation tax taxes impot impots declarer deduct pension retraite salary salaire raise
    augmentation promotion budget debt dette lottery loto lotto euromillions trimestres chomage unemployment caf income revenu benefits allowance accountant comptable business
    startup hustle side freelance micro-entreprise company sarl vat`,
  law: `law lawyer avocat solicitor legal legale illegal legally rights droits court tribunal sue contract contrat landlord eviction expulser fine amende
    ticket pv parking speeding police custody garde testament will inheritance heritage divorce boss patron employer employeur fired licencie
    licenciement dismissal overtime trademark marque bail bailleur clause article council mairie mp depute syndic job travail work
    interview entretien embauche colleague collegue cv career metier`,
  play: `game games jeu jeux joue jouer jouons joues play chess echecs sudoku hangman pendu crossword mots croises wordle sutom scrabble anagram
    anagramme unscramble hangman tarot cartes cards quiz trivia minecraft fortnite zelda elden ring boss level gta roblox dungeons dragons
    dungeon dragon elf wizard sorcier pirate detective knock roleplay role character personnage party truth dare verite action noughts crosses
    puzzle bingo questions funny drole rude savage roast`,
  stars: `horoscope zodiac zodiaque astrology astrologie aries taurus cancer leo virgo libra scorpio sagittarius capricorn aquarius
    pisces belier taureau gemeaux lion vierge balance scorpion sagittaire capricorne verseau poissons compatible compatibilite tarot palm
    lucky chance numbers venus mercury mars saturn aliens alien extraterrestres ghost ghosts fantome fantomes ufo conspiracy simulation flat magnetic magnetique 5g volcano`,
  language: `translate translation traduis traduire traduisez traduction traduit spanish espagnol german allemand italian italien japanese
    japonais chinese chinois mandarin latin arabic arabe russian russe welsh english anglais french francais grammar grammaire orthographe
    conjugue conjugaison conjuguer verb verbe verbes subjunctive subjonctif participe participle tense present perfect passe synonym
    synonyms synonyme synonymes sinonyme opposite contraire antonym pronounce prononce plural pluriel word mot mots letters lettre lettres sentence sentences phrase
    phrases paragraph paragraphe text texte affect effect fewer meaning signifie polite politer poli formal soutenu professional alphabet morse caesar cesar tongue twister twisters`,
  facts: `capital capitale capitals capitales population largest tallest biggest highest longest deepest fastest richest oldest plus-grand mountain montagne river
    fleuve desert flag flags drapeau drapeaux continent who qui invented year annee date born ne why pourquoi how-many country pays countries africa
    afrique europe tallest mongolia mongolie burkina faso trivia fact facts culture generale`,
  trick: `ignore ignorez oublie oubliez forget disregard instructions instruction consignes consigne prompt system systeme prompts rules regles
    restrictions restriction limits limite limites jailbreak dan mode developer developpeur bypass filters filtres pretend semblant agis act roleplay persona freebot
    uncensored refuse unlocked debride desormais anymore repeat verbatim previous precedentes precedent comme-si expert`,
  buy: `order orders commande commandes booking bookings book reserve reservation reservations reserver resa dossier reference ref quote devis price prices prix tarif
    tarifs cost costs cout combien cheap cheapest discount remise reduction promo promos deal deals offer offers offre offres voucher bon code gift cadeau
    available availability dispo disponible disponibilite place places`,
  pay: `pay paid paying payment payments paye payer paiement paiements deposit acompte balance solde instalment instalments installments charged charge debite
    debited card carte refund refunds refunded remboursement rembourse rembourser remboursez invoice facture receipt recu justificatif fee fees frais surcharge supplement
    iban virement transfer cheque cheques vat tva points loyalty fidelite avoir`,
  change: `cancel cancelled cancellation annuler annulation annule annulee change changer changement modify modifier postpone reporter report reschedule
    rebook move swap remove enlever ajouter add rajouter upgrade surclassement extend prolonger delay delayed retard late confirm confirmation confirmer`,
  trouble: `complaint complain reclamation reclamations plainte compensation indemnisation indemnite dedommagement claim claims litige lost perdu perdue damaged broken abime
    casse endommage stolen vole missing manque wrong erreur problem probleme rude impoli unacceptable inadmissible scam arnaque unhappy disappointed worst honte scandaleux mediateur nobody answer waiting attends reponse`,
  desk: `agency agence shop boutique branch depot office bureau hours horaires opening open ouvert ouverte closed ferme adviser advisor conseiller
    conseillere agent manager supervisor responsable human humain person someone quelqu customer service client support account compte
    password app appli application login connexion site email mail newsletter unsubscribe stop sms data donnees gdpr rgpd`,
  trip: `flight flights vol vols plane avion airport aeroport airline hotel hotels room rooms chambre chambres suite resort beach plage pool piscine cruise croisiere
    ship bateau tour tours circuit trip trips voyage voyages travel holiday holidays vacances vacation honeymoon noces week-end weekend stay sejour
    night nights nuit nuits excursion excursions guide coach autocar bus train transfer transfert luggage baggage bagage bagages suitcase valise valises
    passport passeport visa esta insurance assurance seat seats siege sieges boarding embarquement checkin check-in enregistrement ticket tickets billet billets destination
    destinations inclusive demi-pension breakfast brekfast dejeuner buffet adults adultes kids enfants child bebe baby cot ski safari trek diving plongee spa terminal departure depart arrival
    return retour aller itinerary programme rep traveller travellers voyageur single couple family airport lounge minibar balcony view vue jabs`,
  place: `crete corfu zante ibiza majorca mallorca menorca tenerife lanzarote canaries canary madeira madere funchal faro algarve portugal lisbon lisbonne porto
    spain espagne barcelona seville madrid andalusia italy italie rome venice venise florence tuscany toscane sicily sicile naples greece grece athens athenes santorini santorin
    rhodes cyprus chypre malta malte turkey turquie antalya istanbul bodrum egypt egypte morocco maroc marrakech agadir tunisia tunisie djerba hammamet
    kenya tanzania tanzanie zanzibar maurice mauritius reunion seychelles maldives thailand thailande bali vietnam japan japon tokyo china inde india nepal
    dubai oman jordan jordanie mexico mexique cancun cuba havane martinique guadeloupe punta cana florida orlando york canada quebec montreal toronto
    peru perou brazil bresil argentina iceland islande norway norvege fjords laponie lapland finland sweden denmark ireland irlande dublin scotland ecosse
    london londres paris lyon nantes bordeaux toulouse marseille prague budapest vienna vienne amsterdam berlin krakow andorra andorre corsica corse croatia croatie dubrovnik kyoto polynesie danube cap vert sahara`,
  parcel: `parcel parcels package packages packet colis coli paquet paquets pli envoi envois shipment shipments shipping ship send sent sending sender expediteur
    envoyer envoie envoye expedier expedition deliver delivers delivered delivery deliveries livre livrer livree livrez livraison livraisons redelivery courier driver livreur livreurs
    chauffeur van camion tournee post posted posting postage affranchissement postcode postal address adresse neighbour voisin voisine voisins door porte
    doorstep gate portail buzzer interphone locker casier consigne relais relay pickup collect collection retrait retirer recuperer enlevement tracking
    track suivi suivre scan scanned status statut transit hub sorting tri label etiquette bordereau barcode qr signature signed signe proof preuve card avis passage
    box boxes carton cartons pallet palette kg kilo weight dimensions customs douane import export duty declaration return retour returns wrap wrapping emballer emballage
    bubble fragile recipient destinataire asos shein zalando zalendo amazon shopify etsy depot`,
  hello: `hi hello hey hiya helo bonjour bonsoir salut coucou slt bjr cc bsr morning evening afternoon howdy yo greetings allo wesh evning`,
  thanks: `thanks thank thx ta cheers merci appreciated remercie grateful mercis welcome congratulations bravo lovely star kind gentil gentille`,
  bye: `bye goodbye ciao tchao revoir bientot journee soiree weekend later goodnight fetes annee noel christmas`,
  okay: `ok okay okey oki dac accord parfait nickel super top cool great fine sure right yep yeah oui non no nope understood compris entendu lol mdr haha sorry desole pardon oups test`,
  dear: `cheri cherie babe hun mum maman papa dad mate lads bisous xx darling honey`,
} as const

export type Family = keyof typeof FAMILIES

/** What customers of any business write of. */
export const MATTERS: ReadonlySet<Family> = new Set(['buy', 'pay', 'change', 'trouble', 'desk', 'trip', 'parcel'])

const names = Object.keys(FAMILIES).filter((name): name is Family => name in FAMILIES)

/** Word -> its families: few words have one alone. */
export const FAMILIES_OF: ReadonlyMap<string, readonly Family[]> = (() => {
  const found = new Map<string, Family[]>()
  for (const name of names) {
    for (const word of new Set(FAMILIES[name].split(/\s+/))) {
      const known = found.get(word)
      if (known) known.push(name)
      else found.set(word, [name])
    }
  }
  return found
})()
