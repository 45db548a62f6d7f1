/**
 * Words that customers use for one another when they ask a business, one group a line; `a+b` is an expression, `#` in it a number of ten or more. After `>` the words
 * of a line do not stand for one another: an expression of that line asks for all of them. After `!` stand subjects of their own,
 * not to be taken for others: a knowledge without them has no answer. General French of customer service and travel, not any business's own words: those stand in its files (`words:` in the front matter).
 */
export const FRENCH = `
annuler annulation renoncer desister desistement resilier supprimer+mon+voyage ne+plus+partir ne+peux+plus+partir peux+plus+partir peut+plus+partir pouvons+plus+partir plus+pouvoir+partir empeche empechement
modifier changer modification changement decaler reporter deplacer avancer remplacer corriger rectifier
erreur faute coquille trompe tromper me+suis+trompe mal+orthographie mal+ecrit orthographe
ceder cession transferer+mon+voyage a+ma+place a+notre+place a+sa+place donner+mon+voyage remplacant remplacer quelqu+un+d+autre
rembourser remboursement restituer recuperer+mon+argent rendre+l+argent recuperer+l+argent recuperer+mes+sous retour+de+l+argent
indemniser indemnisation indemnite dedommager dedommagement compensation compenser
reserver reservation booker commander commande inscrire+voyage acheter+un+voyage
option garder+une+option gardez+une+option poser+une+option garder+la+place bloquer+les+places tenir+une+place
devis proposition estimation chiffrage
acompte arrhes avance premier+versement verser+a+la+reservation payer+a+la+reservation somme+a+verser
solde reste+a+payer restant+du le+reste payer+le+reste regler+le+reste
payer paiement regler reglement paye versement verser
carte+bancaire carte+bleue carte+de+credit cb mastercard amex american+express
especes liquide cash billets+de+banque
cheque cheques
cheques+vacances ancv
virement iban rib
plusieurs+fois echelonner echelonnement etaler mensualite mensualites mensuel facilite+de+paiement facilites+de+paiement 3x 4x 3+x 4+x trois+fois quatre+fois 3+fois 4+fois credit echeance echeances echeancier en+x+fois fractionner
frais cout couter coute coutent prix tarif tarifs montant combien+ca+coute penalite penalites facture+combien payant cher onereux a+quel+prix combien+est+ce combien+pour
gratuit gratuitement gratis sans+frais offert offerts
supplement surcout majoration en+plus extra surplus
reduction remise rabais ristourne promo promotion avantage tarif+reduit prix+reduit moins+cher reduc
assurance assurer assureur couverture garantie couvrir
sinistre declarer declaration declaration+de+sinistre
maladie malade hospitalise hopital accident souffrant
rapatriement rapatrier
passeport papiers papier+d+identite carte+d+identite cni piece+d+identite pieces+d+identite identite papiers+d+identite documents+d+identite
visa visas esta evisa e+visa
formalite formalites demarche demarches administratif
enfant enfants pour+les+petits gamin gamins gosse gosses petit+garcon fillette fils fille ados kid bambin mome momes
bebe bebes nourrisson nourrissons tout+petit poussette lit+bebe
mineur 13+ans 14+ans 15+ans 16+ans 17+ans sans+aucun+adulte sans+adultes mineurs ado adolescent adolescente ados moins+de+18+ans moins+de+dix+huit+ans pas+majeur lyceen
sans+ses+parents sans+parents sans+nous sans+leurs+parents non+accompagne seul mineur sans+adulte
grands+parents grand+mere grand+pere papi mamie papy tonton oncle tante
autorisation+de+sortie ast autorisation+parentale
club+enfants mini+club miniclub animation animations garderie
seul seule solo celibataire voyager+seul voyage+seul partir+seul personne+seule individuel individuelle single
partager+une+chambre colocataire partage+de+chambre partager+la+chambre chambre+double
groupe groupes collectif a+plusieurs association bande+d+amis entre+amis clan tribu
bagage bagages valise valises sac bagagerie bagage+a+main
soute en+soute enregistre+en+soute
> bagage cabine bagage+a+main sac+a+dos sac+cabine bagage+cabine valise+cabine
perdu perdue perdre perte egare egaree disparu disparue pas+arrive
abime abimee casse cassee endommage deteriore dechire endommagee
excedent surpoids trop+lourd trop+lourde surcharge
poids kilo kilos kg lourd peser pese
vol vols avion aerien
compagnie+aerienne compagnie transporteur
retard retarde en+retard retardee delai decale avion+en+retard
horaire horaires heure heures
siege sieges place+assise places+assises hublot couloir fenetre rangee cote+a+cote a+cote assis ensemble asseoir
repas manger restauration nourriture diner dejeuner petit+dejeuner menu buffet cuisine pension
pension formule repas
> repas compris tout+compris all+inclusive all+in tout+inclus
boisson boissons alcool boire verre
allergie allergique allergies intolerant intolerance allergene arachide arachides gluten coeliaque lactose
vegetarien vegetarienne vegan vegane vegetalien halal casher regime regimes sans+porc sans+viande
handicap handicape handicapee mobilite+reduite pmr fauteuil+roulant fauteuil invalide bequilles deficient malvoyant handicapes
chambre+adaptee accessible accessibilite adapte adaptee
assistance accompagnement accompagner aide
chien chiens chat chats animal animaux toutou compagnon compagnie+poils boule+de+poils animal+de+compagnie matou chiot
transfert transferts navette chauffeur taxi trajet bus+de+l+aeroport aller+a+l+hotel chercher+a+l+aeroport vient+nous+chercher venir+nous+chercher nous+attend nous+attendre recuperer+a+l+aeroport acheminement rejoindre+l+hotel
> transfert personne+ne+nous+attend pas+de+chauffeur personne+a+l+arrivee personne+a+l+aeroport
enregistrement enregistrer check+in checkin carte+d+embarquement embarquement
> enregistrement aeroport combien+de+temps+avant a+quelle+heure+arriver heures+avant heure+avant arriver+a+l+aeroport presenter+a+l+aeroport etre+a+l+aeroport quelle+heure+a+l+aeroport se+presenter+a+l+aeroport
etoile etoiles classement soleils soleil categorie norme notation note classification standing
billet billets ticket tickets e+billet e+billets titre+de+transport
carnet+de+voyage documents+de+voyage dossier+de+voyage convocation pochette documents
recevoir recu envoyer envoi envoyes arriver+par+mail
avoirs mon+avoir notre+avoir un+avoir cet+avoir l+avoir d+avoir+suite bon+a+valoir credit+voyage
valable valide validite duree+de+validite expirer expiration perime date+limite jusqu+a+quand utilisable utiliser
carte+cadeau cartes+cadeaux cheque+cadeau cheques+cadeaux bon+cadeau coffret+cadeau offrir+un+voyage cadeau offrir coffret idee+cadeau carte+kdo
fidelite programme+de+fidelite points point recompense recompenses fidele fideles carte+de+fidelite statut niveau niveaux cumuler parrainage
reclamation reclamer plainte plaindre mecontent mecontente insatisfait insatisfaite litige porter+plainte pas+content pas+satisfait decu decue
mediateur mediation tribunal
representant representante correspondant sur+place guide accompagnateur hotesse referent equipe+locale
probleme souci soucis pepin ennui galere
urgence urgences urgent joindre+la+nuit la+nuit nuit astreinte 24h 24+h 24+heures jour+et+nuit h24 dimanche+soir
numero telephone tel appeler joindre joignable coup+de+fil telephoner contacter
ouvert ouverture ouvrir ouvre ouvrez ferme fermeture fermer fermez fermes horaire horaires
agence agences boutique magasin bureau bureaux point+de+vente local
adresse ou+etes+vous ou+se+trouve localisation situe situee plan se+garer trouve+votre
metro tram bus parking acces venir
rendez+vous rdv rencontrer rencontre entretien
visio video visioconference distance
conseiller conseillere specialiste expert
contact contacter coordonnees joindre joignable ecrire
> joindre votre+mail votre+email votre+adresse+mail votre+adresse+email votre+numero votre+telephone numero+de+telephone vous+appeler vous+ecrire vous+contacter
! fuseau decalage+horaire
! climat quel+temps+fait quel+temps+fera fait+chaud fait+froid
! emploi recrutez recrutement travailler+chez+vous candidature
! location louer+une+voiture location+de+voiture louer+un
> animaux mon+chien mon+chat
mail e+mail email courriel adresse+electronique
whatsapp messagerie messenger chat+en+ligne
donnees donnee rgpd informations+personnelles vie+privee confidentialite dpo infos+personnelles
effacer supprimer suppression effacement droit+a+l+oubli
conserver conservation garder stocker
facture factures justificatif attestation duplicata recu+de+paiement note+de+frais
attestation+de+sejour certificat attester preuve
cse ce comite+d+entreprise comite+social salaries salarie employeur comite employes
noces lune+de+miel voyage+de+noces jeunes+maries mariage maries marier mari+et+femme anniversaire+de+mariage epouser
liste+de+mariage cagnotte
pluie pleut pleuvoir meteo mauvais+temps intemperies pluvieux soleil+garanti averse
vaccin vaccins vaccination vacciner vaccine piqure fievre+jaune
sante medical medecin docteur paludisme moustique moustiques
medicament medicaments traitement ordonnance insuline seringue seringues diabete diabetique pilule cachets comprimes frigo+medicament
devise devises monnaie change changer+de+l+argent changer+des+euros bureau+de+change dollars dirhams euros argent+local argent+liquide
retirer retrait distributeur dab
pourboire pourboires
taxe taxes taxe+de+sejour impot
reserver+tot a+l+avance tres+tot premiere+minute m+y+prends m+y+prendre+a+l+avance early+booking avance reserver+en+avance longtemps+avant plusieurs+mois+avant
> derniere minute derniere+minute dernier+moment depart+la+semaine+prochaine partir+la+semaine+prochaine depart+imminent last+minute
liste+d+attente attente complet complete plus+de+place
confirmation confirmer mail+de+confirmation accuse
spam spams indesirable indesirables
appli application mobile smartphone
compte espace+client espace+personnel compte+client mot+de+passe connexion connecter identifiant
newsletter lettre+d+information lettre+d+info infolettre abonnement desabonner desinscrire desabonnement abonner
minimum participants pas+assez+de+monde pas+assez+d+inscrits nombre+minimum nombre+insuffisant inscrits participant
> annulation agence vous+annulez vous+annuliez annule+par+l+agence agence+annule vous+qui+annulez si+vous+annulez
> annulation participants pas+assez+rempli groupe+pas+complet pas+assez+de+participants faute+de+participants trop+peu+de+monde
depart partir
sejour voyage vacances circuit periple
hotel hotels hebergement logement
voyageur voyageurs passager passagers client clients
delai delais temps combien+de+temps
age ans annee annees
repondre repondez reponse reponses repond
soir soiree nuit
week+end weekend samedi dimanche
midi pause+dejeuner
proche proches ami amis copain copains copine pote potes
famille familles familial
femme mari conjoint compagne epouse
nom prenom patronyme
emmener emporter amener apporter transporter prendre+avec
booker retenir sceller finaliser marche+a+suivre s+y+prend+comment comment+m+y+prendre m+y+prendre+comment comment+s+y+prendre s+y+prendre+comment comment+on+reserve concretiser souscrire+un+voyage reserver
inscrire inscription inscriptions reserver
option figer+le+prix bloquer+le+prix bloquez+le+prix geler+le+prix bloquer garder+les+places garder+nos+places garder+une+place tenir+les+places mettre+de+cote retenir+les+places reflexion reflechir hesite hesitons poser+des+options
acompte commande a+la+commande pourcentage avance debourser pour+bloquer premiere+somme
solde restant restant+du deuxieme+moitie seconde+moitie dernier+paiement regler+la+fin payer+la+fin fin+du+paiement reliquat solder solde+du+voyage le+reste+a+payer
oublie+de+payer zappe+de+payer retard+de+paiement paiement+en+retard payer+en+retard solde
> moyen paiement moyens+de+paiement mode+de+paiement modes+de+paiement apple+pay google+pay comment+payer comment+regler payer+par regler+par payer+avec regler+avec payer+en vous+prenez+la+carte vous+acceptez+la
paypal crypto bitcoin
especes billets+en+main argent+liquide payer+en+billets
mensualiser petit+a+petit au+fur+et+a+mesure mensuellement echelonne tous+les+mois chaque+mois plusieurs+mois en+deux+fois en+trois+fois en+quatre+fois en+10+fois 10x 2x 5x dix+fois paiement+fractionne par+mois plusieurs+fois
desiste desister desistement annuler retracter retractation me+retirer renonce renoncer tout+annuler laisser+tomber+le+voyage ne+pas+partir
perdre perds perd perdons garder gardez retenez retenir retenue frais penalite penalites bareme
> annulation agence vous+annulez+le vous+supprimez voyage+n+a+pas+lieu n+a+pas+lieu voyage+annule+par annulation+de+votre+part annule+de+votre+part vous+annulez+le+voyage vous+annulez+notre pas+maintenu est+maintenu depart+garanti pas+assez+nombreux
> participants minimum faute+de+monde manque+de+monde pas+assez+de+gens faire+partir+le+circuit partir+le+circuit circuit+complet+minimum
greve greves catastrophe seisme ouragan volcan conflit guerre attentat situation+exceptionnelle
reprogrammer echanger modifie modifier changee changer autre+date dates
faute+de+frappe lettre lettres prenom nom orthographe mal+orthographie mauvais+nom mauvais+prenom nom+de+jeune+fille tromper erreur
> nom correction erreur+dans+le+nom erreur+sur+le+nom erreur+de+nom erreur+dans+mon+nom erreur+sur+mon+nom erreur+de+prenom faute+dans+le+nom faute+dans+mon+nom
> place ceder prendre+ma+place prenne+ma+place prend+ma+place partir+a+ma+place parte+a+ma+place donner+ma+place ceder+ma+place revendre+mon+voyage vendre+mon+voyage
ajouter+un+voyageur ajouter+une+personne rajouter+une+personne enlever+une+personne retirer+un+voyageur ajouter
assurance multirisque multirisques mutuelle police souscrire prise+en+charge prend+en+charge prenez+en+charge assures frais+medicaux
assureur sinistre dossier+d+assurance justificatifs piece+justificative
casse+la+jambe casser+la+jambe cheville entorse fracture blesse blessure opere operation hospitalisee hospitalisation malade malades accident
perimee perime perimes expire expiree expirer validite
passeport esta autorisation+de+voyage papiers+a+avoir entrer+dans+le+pays entree ressortissant nationalite formalite
1+an 2+ans 3+ans 4+ans 5+ans 6+ans 7+ans 8+ans 9+ans 10+ans 11+ans 12+ans jumeaux jumelles enfant enfants bambins petiot petiots fillette petits gosse reduction+enfant tarif+enfant
chaise+haute lit+parapluie baby couche couches biberon bebe rehausseur
club activites animateur animateurs occuper+les+enfants occuper+les+gamins club+ados pataugeoire baby+club garde+d+enfants baby+sitter
petit+fils petite+fille petits+enfants filleul filleule mineur
signer signature signe signent autorisation autorisations formulaire attestation+parentale permission
parent parents ses+parents leurs+parents sans+son+pere sans+sa+mere mineur
veuf veuve celibataires solos toute+seule tout+seul par+moi+meme sans+personne sans+compagnon supplement+single chambre+seule chambre+individuelle chambre+simple solo
groupe chorale notre+equipe club+de association asso collegues seminaire evjf evg ecole paroisse randonneurs copains bande famille+nombreuse cousinade vingtaine trentaine quinzaine dizaine organisateur a+partir+de+combien+de+personnes combien+de+participants tarif+groupe
bagage sacs trolley bagages dimension dimensions taille+cabine valoche malle roue roulette roulettes poignee etiquette tapis sacoche
perdu egarer retrouvee introuvable pas+arrivee pas+arrives pas+livre manque+ma+valise manquante disparaitre
abime arrachee arrache fissure fissuree roue+cassee endommages degat degats deteriorer bousille bousillee
! objet+trouve objets+trouves oublie+dans oublie+a
vol decollage decolle aerien appareil atterrissage correspondance escale charter avion
retarde avance avancee horaire+change change+d+horaire changement+d+horaire heure+change nouvel+horaire vol+annule avion+annule decale modifie
indemnite indemnites indemnisation reglement+europeen 261 dedommage dommages+et+interets compensation
siege jambes grandes+jambes issue+de+secours devant rangee sieges separes separe a+cote+de ensemble+dans+l+avion voisins place+dans+l+avion places+dans+l+avion assises
> siege choisir choisir+mes+places choisir+nos+places choisir+sa+place choisir+ma+place
repas nourris petit+dej souper plat plats plateau restau resto bouffe mange collation gouter
allergie coeliaque cacahuete cacahuetes noix lait oeuf poisson crustaces allergene
regime porc diabetique+repas sans+sel sans+sucre alimentaire alimentation vege vegetarien
boisson biere vin cocktail cocktails eau alcoolise alcoolisees soda sodas
handicap deambulateur canne cannes marcher+difficilement ne+peut+plus+marcher peut+plus+marcher mal+a+marcher difficultes+a+marcher paralyse aveugle sourd malentendant amputee autiste platre fauteuil mobilite
fauteuil chaise+roulante pousser douche+italienne plain+pied rampe ascenseur
chien chiot caniche teckel labrador bouledogue berger yorkshire chihuahua chihuahuas lapin furet hamster oiseau perroquet felin minou siamois
puce vaccin+antirabique rage veterinaire caisse cage muselière laisse animal
navette minibus bus car cars autocar vehicule prise+en+charge+a+l+aeroport transfert prive comment+rejoindre rejoint+l+hotel aller+de+l+aeroport de+l+aeroport+a+l+hotel aeroport+hotel vient+nous+prendre nous+prendre recuperer+a+l+arrivee emmener+a+l+hotel conduire+a+l+hotel chauffeurs pancarte panneau
> transfert arrivee pas+de+navette navette+absente chauffeur+absent chauffeur+n+est pas+la+a+l+aeroport personne+avec personne+a+l+aerogare aucun+chauffeur personne+pour+nous attend+devant on+nous+attend viennent+d+atterrir vient+d+atterrir viens+d+atterrir venons+d+atterrir
aeroport aerogare terminal
enregistrer s+enregistrer enregistrement+en+ligne carte+d+acces pass+d+embarquement porte+d+embarquement embarquer
> enregistrement aeroport arriver+combien+de+temps combien+de+temps+a+l+avance combien+d+heures+avant quelle+heure+faut+il+etre avance+a+l+aeroport avant+le+vol avant+le+decollage
etoile classe noter notes evaluer evaluation evaluez bareme+hotel qualite categorie
carnet carnet+de+voyage papiers+du+voyage convocations pochette+de+voyage billets+d+avion bons+d+echange bon+d+echange pas+recu+mes+billets programme+du+voyage itineraire feuille+de+route
> voyage carnet documents+pas+recus toujours+pas+de+billet toujours+aucun+billet toujours+pas+mes+billets toujours+rien+recu+pour+le+depart recevoir+mes+billets recevoir+les+documents recevoir+nos+billets
avoir+de bon+d+achat bons+d+achat avoir+valable avoir+sur avoir+suite un+avoir avoir+d avoir+non code+avoir voucher
cadeau offrir surprise anniversaire noel coffret+voyage carte+cadeau bons+cadeaux faire+plaisir offre+un+voyage retraite
fidelite membre membres points+fidelite cumul cumule paliers palier privilege privileges vip habitue habitues bons+clients bon+client deja+voyage+avec+vous plusieurs+voyages+avec+vous fois+chez+vous voyage+chez+vous voyages+chez+vous ancien+client anciens+clients
reclamation deception deplorable lamentable lamentables inadmissible scandaleux honteux catastrophique decevant mecontentement protester protestation doleance courrier+de+reclamation geste+commercial catastrophe+de+sejour horrible nul rate ratees gache gachees mediateur recours avocat
representant interlocuteur+sur+place climatisation clim bruit bruyant bruyante bruyants sale propre cafards panne en+panne changer+de+chambre contact+local relais+local quelqu+un+sur+place a+qui+s+adresser+sur+place
urgence grave agression agresse vole voles volee vole+mon+passeport accident secours danger pleine+nuit heures+du+matin au+milieu+de+la+nuit 3h+du a+toute+heure urgente urgentes evacuation evacuer
ouvrir ouverts ouverte ouvertes fermez fermees jours+feries ferie feries dimanche midi pause entre+midi+et+deux horaires+d+ouverture nocturne
agence implantation implantations succursale rue quartier ville parking garer stationner stationnement pres+de
rencontrer creneau creneaux agenda planning asseoir+avec voir+un+conseiller voir+une+conseillere rendez entrevue passer+en+agence passer+a+l+agence prendre+rendez+vous visioconference teams skype
> contacter reponse combien+de+temps+pour+repondre temps+de+reponse delai+de+reponse repondez+vous repondez+en+combien
courrier poste adresse+postale postal ecrire+a
donnees infos+sur+moi informations+sur+moi fichier fichiers fiche dossier+personnel vos+fichiers revendre+mes vendez+mes conservez conserver perso+donnees donnees+perso consentement
facture comptable comptabilite tva societe entreprise nom+de+la+societe nom+de+ma+boite siret factures recus
attestation sejour+attestation attestation+de+presence attestation+de+voyage attestations
cse elu elue elus comite+entreprise ce+de+ma+boite salariee personnel partenaire partenariat convention amicale
noces fiance fiances fiancailles lune miel invites contribution contribuer participer+au+voyage marions marient mariee mariés romantique attention attentions cagnotte
pluie pleuvait pleuve orage orages tempete cyclone temps+pourri temps+degueulasse temps+de+chien temps+de+cochon gris deluge mousson sans+soleil pas+de+soleil beau+temps flotte meteo mauvais
vaccin vaccins antipaludeen palu hepatite typhoide rougeole rage+vaccin covid test sanitaire sanitaires risque+sanitaire precaution precautions
medicament pilules cachet comprime stylo stylos injection injections aiguille aiguilles seringue inhalateur ventoline epipen adrenaline apnee glacon froid frais+medicament conserver+au+froid refrigerateur frigo glaciere ordonnances
devise dinars dinar dirham yen baht roubles livres liquide+sur+place taux retirer+sur+place payer+sur+place changer+de+la+monnaie frais+bancaires banque argent carte+a+l+etranger
pourboire pourboires bakchich donner+au+guide donne+au+guide donner+au+chauffeur donne+au+chauffeur laisser+au+guide laisse+au+guide donne+combien+au combien+au+guide porteur bagagiste laisser+au+personnel donner+au+personnel
taxe taxes+aeroport surcharge+carburant taxe+locale taxe+touristique city+tax
tot precoce anticipe anticiper primo+reservation mois+avant mois+a+l+avance ans+a+l+avance un+an+avant un+an+a+l+avance en+avance+reduction m+y+prends+tot
> derniere minute dernier+minute bon+plan bons+plans bonne+affaire bonnes+affaires braderie brade bradés promos depart+demain depart+ce dans+trois+jours dans+deux+jours dans+3+jours partir+demain partir+ce partir+vite ce+week+end ce+weekend
> attente complet plus+de+disponibilite plus+de+disponibilites plus+de+places plus+aucune+place tout+complet affiche+complet si+une+place+se+libere place+qui+se+libere desistement+de+quelqu
confirmation confirme confirmer rien+recu pas+recu pas+recus aucun+mail pas+de+mail mail+recu jamais+recu boite+mail recap recapitulatif
> adresse mail correction mauvaise+adresse+mail mauvais+mail mauvaise+adresse erreur+dans+mon+mail erreur+dans+mon+adresse trompe+d+adresse trompe+d+adresse+mail change+d+adresse+mail changer+mon+adresse+mail changer+mon+mail
appli telecharger iphone android hors+ligne
compte mot+de+passe+oublie oublie+mon+mot mdp identifier identifiants me+connecter se+connecter connecte espace+perso login
newsletter pub pubs publicite publicites spamme harcelement+mail mails+commerciaux mail+commercial desabonne plus+recevoir plus+vos+mails arreter+les+mails prospectus lettre+hebdomadaire
! wifi internet connexion+internet
! croisiere croisieres paquebot ferry bateau voilier peniche
! louer location locations scooter moto velo velos permis
! piscine piscines spa hammam massage gym fitness sport chauffee jacuzzi
! meteo+prevue temperature temperatures saison climat climatique baleines mousson+periode
! emploi recruter recrutez recrute stage stages stagiaire stagiaires embauche candidature salaire alternance gagne metier
! restaurant restaurants bar pizza pizzeria boite+de+nuit discotheque
! train trains tgv sncf eurostar ter gare
! sim esim forfait roaming itinerance reseau 4g 5g
! plongee plonger surf ski skis golf rando randonnee randonnees kayak voile snorkeling escalade tennis yoga parapente
! musee musees concert spectacle spectacles festival match theatre opera cinema film exposition
! adaptateur adaptateurs prise+electrique prise+de+courant chargeur
! fuseau fuseaux decalage+horaire
! potable robinet
! requin requins meduse meduses
! immobilier villa villas appartement appartements camping mobil+home gite
! chenil pension+pour+chien
! salon+vip lounge salons duty+free
! miles flying+blue miles+air
! airbnb abritel
! carbone ecologique empreinte compenser+le+vol
! franchiser franchise franchises investir actions bourse
! livre roman guide+papier lonely routard lire
! traducteur traduction assermente interprete
! photo photos camera drone gopro
! cremes creme+solaire
! laverie pressing lessive repasser
! coffre+fort coffre
! fumer fumeur tabac cigarettes
! langue langues parle+t
! conduite route peage essence voiture voitures garage
! check+out liberer+la+chambre rendre+la+chambre
! cours lecon lecons apprendre
! mairie prefecture renouveler
! demenagement menage nourrice plante plantes
! pret preter emprunter
> modifier reservation changer+d+hotel changer+hotel changer+de+date changer+de+dates changer+les+dates changer+de+destination changer+notre+reservation changer+ma+reservation decaler+mon+depart decaler+mon+sejour decaler+notre+sejour decaler+notre+voyage decaler+mon+voyage reporter+mon+voyage reporter+notre+voyage reporter+le+sejour partir+plus+tard semaine+plus+tard mois+plus+tard avancer+mon+depart avancer+notre+depart repousser+mon repousser+notre ajouter+une+nuit prolonger+le+sejour prolonger+mon+sejour rajouter+quelqu+un ajouter+un+participant
> ceder voyage prendre+sa+place recuperer+ma+place remplacer+par mon+remplacant quelqu+un+d+autre+a+ma+place laisser+ma+place transferer+ma+reservation transferer+mon+voyage partir+a+sa+place
> annuler frais annuler+sans+perdre annuler+mon+voyage annuler+notre+voyage annuler+mon+sejour annuler+notre+sejour annuler+la+veille si+j+annule j+annule annuler+combien combien+si+j+annule licencie licencier perdu+mon+travail perte+d+emploi deces+dans+la+famille
> annule agence avez+supprime avez+annule vous+avez+supprime vous+avez+annule annulez+vous+meme c+est+vous+qui depart+annule circuit+annule voyage+annule sejour+annule annule+notre annulez+notre
> acompte solde verser+combien payer+tout+de+suite payer+maintenant combien+a+la+reservation combien+a+l+inscription payer+a+la+commande totalite+a+la tout+payer+d+un+coup payer+l+integralite payer+en+totalite date+butoir date+limite+de+paiement avant+quand+payer quand+payer quand+faut+il+payer quand+dois+je+payer quand+regler finir+de+payer
> payer plusieurs fois payer+chaque+mois payer+en+x en+plusieurs+mois sur+plusieurs+mois sur+6+mois sur+3+mois sur+10+mois sur+12+mois sur+trois+mois sur+un+an facilites credit+conso
> joindre mail vous+envoyer+un+mail vous+ecrire+par+mail envoyer+un+mail ecrire+un+mail votre+courriel adresse+mail+de+l+agence
> joindre telephone vous+telephoner appeler+l+agence vous+joindre+par+telephone numero+de+l+agence numero+du+service
> confirmation recu pas+eu+de+mail pas+eu+de+confirmation aucune+confirmation pas+de+confirmation rien+recu+apres+ma attends+la+confirmation
> garantie pluie rembourse+s+il+pleut mauvais+temps temps+est+mauvais temps+degueu fait+pas+beau fait+mauvais ne+fait+pas+beau soleil+garanti garantie+meteo garantie+soleil
> mineur parents niece+de+12 neveu+de part+avec+moi emmene+ma+niece emmene+mon+neveu emmene+mon+petit sans+etre+accompagne ses+grands+parents avec+ses+grands+parents avec+sa+tante avec+son+oncle avec+sa+grand+mere autorisation+de+sortie quitter+le+territoire sortie+du+territoire
> enfant tarif combien+pour+un+enfant prix+enfant prix+pour+un+enfant reduction+pour+les+enfants gratuit+pour+les+petits gratuit+pour+les+enfants gratuit+pour+les+moins gratuit+pour+les+bebes moins+de+2+ans moins+de+12+ans moins+de+deux+ans tarif+bebe
> supplement seul seul+dans+une+chambre chambre+pour+moi chambre+pour+une+personne chambre+pour+moi+seul chambre+a+moi pour+une+seule+personne voyage+toute+seule partir+toute+seule voyager+tout+seul voyage+tout+seul
> groupe groupe+de prix+de+groupe prix+pour+un+groupe prix+groupe pour+#+personnes on+est+# on+sera+# nous+sommes+# nous+serons+# #+personnes #+participants #+voyageurs #+copains #+amis groupe+de+# tarif+degressif bande+de association+de
> vol modifie retarde vol+repousse vol+decale vol+deplace vol+reporte vol+change avion+decale avion+repousse changer+l+heure+du+vol heure+de+mon+vol correspondance+ratee rater+mon+vol rate+mon+vol rate+l+avion louper+l+avion louper+mon+avion
> representant hotel eau+chaude ne+marche+pas+dans marche+pas+dans fuite chambre+sale chambre+bruyante pas+la+chambre+demandee sur+place+pendant probleme+sur+place probleme+a+l+hotel souci+sur+place souci+a+l+hotel chambre+pas+conforme
> reclamation sejour+gache vacances+gachees vacances+ratees sejour+rate sejour+horrible porter+reclamation me+plaindre se+plaindre nous+plaindre faire+une+plainte pas+a+la+hauteur pas+conforme
> monnaie argent liquide+emporter combien+d+argent combien+de+liquide argent+sur+place argent+emporter quelle+monnaie payer+en+euros carte+marche carte+fonctionne carte+a+l+etranger retirer+de+l+argent retirer+des frais+a+l+etranger frais+de+carte
> avoir bon+d+avoir bons+d+avoir mon+avoir avoir+expire avoir+voyage un+avoir+de utiliser+mon+avoir utiliser+un+avoir utiliser+l+avoir
> carte cadeau bon+cadeau bons+cadeau cheque+cadeau carte+kado offrir+un+sejour offrir+des+vacances carte+cadeau+voyage
> reserver voyage valider+une+reservation valider+une+resa valider+ma+resa valider+un+devis passer+commande comment+reserver reserver+chez+vous acheter+mon+voyage prendre+ce+voyage prendre+ce+sejour reserver+un+voyage reserver+un+circuit reserver+un+sejour reserver+par+telephone reserver+en+ligne
> ouverture horaires ouvert+jusqu a+quelle+heure+ouvrez a+quelle+heure+fermez a+quelle+heure+ferme quelle+heure+fermez quelle+heure+ouvrez vous+fermez+a ferme+a fermez+a ouvrez+a jour+ferie pont+du+1er ouverts+le ouvert+le ouverts+pendant fermes+le ferme+le ouvrez+vous fermez+vous heures+d+ouverture heure+de+fermeture heure+d+ouverture permanence
> rendez conseiller rdv+en+agence rdv+a+l+agence rendez+vous+en+agence fixer+un+rendez caler+un+rendez caler+un+rdv
> application espace pas+a+me+connecter impossible+de+me+connecter arrive+plus+a+me+connecter reinitialiser reinitialiser+mon+mot changer+mon+mot+de+passe creer+un+compte creer+mon+compte telecharger+l+application
> siege avion assis+a+cote assis+ensemble places+ensemble places+cote voyager+cote voyager+ensemble choisir+nos+sieges choisir+mon+siege choisir+les+places
> repas petit+dejeuner+compris petit+dej+compris petit+dejeuner+inclus repas+compris repas+inclus diner+compris
> bagages franchise poids+maximum combien+de+kilos combien+de+kg combien+de+bagages combien+de+valises quel+poids deuxieme+valise seconde+valise valise+supplementaire bagage+supplementaire bagage+en+plus valise+en+plus kilos+en+plus valise+plus+lourde
> transfert hotel de+l+aeroport+a jusqu+a+l+hotel aller+jusqu+a+l+hotel taxi+rembourse rembourser+le+taxi trouver+le+chauffeur
> carnet billets mes+billets+d+avion nos+billets+d+avion billets+pas+recus documents+de+voyage recevoir+les+billets recevoir+mon+carnet recevoir+le+carnet recois+les+billets recois+le+carnet recoit+les+billets recoit+le+carnet recevrons+nous+les recoit+on+les
> remises tot reserver+a+l+avance reserve+a+l+avance reserver+longtemps reserver+des+maintenant reserve+maintenant reserver+maintenant+pour reserve+6+mois reserver+6+mois
> fidelite points utiliser+mes+points mes+points convertir+mes+points perdre+mes+points solde+de+points nombre+de+points avantages+fidelite clients+fideles client+fidele
> donnees effacer+mon+dossier effaciez+mon supprimer+mon+dossier supprimer+mon+compte supprimez+mes effacer+mes supprimer+mes+informations droit+d+acces droit+a+l+effacement mes+informations mes+infos+personnelles
> animal voyager+avec+mon voyager+avec+un+chien prendre+mon+chien prendre+mon+chat emmener+mon+chien emmener+mon+chat emmener+mon+animal emmener+un+animal mon+lapin notre+chien notre+chat
> etoiles soleils trois+soleils 3+soleils 4+soleils 5+soleils nombre+de+soleils classez+vous notez+vous
> pourboires usage+pour+les+pourboires laisser+un+pourboire donner+un+pourboire
> urgence nuit accident+la+nuit en+pleine+nuit appeler+la+nuit joindre+en+pleine+nuit numero+la+nuit en+cas+d+accident en+cas+d+urgence en+cas+de+pepin en+cas+de+gros
> medicaments cabine avec+mon+traitement mon+traitement ma+ventoline mes+medicaments medicaments+en+cabine
> sante vaccins vaccins+obligatoires vaccin+obligatoire se+faire+vacciner moustique+tigre
> reserver voyage s+engager nous+engager m+engager craque+pour confirmer+le+voyage confirmer+notre+voyage etapes+de+la+reservation faire+une+reservation infos+a+fournir+pour+reserver
> option places mettre+une+option poser+une+option option+dessus option+sur delai+pour+se+decider temps+de+reflechir temps+de+reflexion tarif+garanti+combien
> acompte solde somme+sortir prelever preleve prelevement quelle+somme montant+a+verser premier+paiement deuxieme+paiement paiement+final rappel+de+paiement quel+montant+pour+reserver combien+pour+reserver
> moyen paiement cheque+vacance ticket+restaurant tickets+restaurant ticket+resto vous+prenez+les vous+acceptez+les accepte+les+cheques carte+prepayee carte+virtuelle
> annuler frais deceder decede deces mourir mort enterrement retracte retractation droit+de+retractation change+d+avis changer+d+avis tomber+malade tombe+malade tombee+malade suis+malade est+malade enceinte divorce separation ne+partira+pas ne+partirons+pas ne+viendra+pas ne+viendrons+pas plus+envie+de+partir
> modifier reservation nom+d+epouse nom+de+jeune nom+marital mon+nom+de+famille passager+supplementaire passager+en+plus troisieme+passager 3eme+passager rajouter+un+passager ajouter+un+passager enlever+un+passager supprimer+un+passager retirer+un+passager ajouter+un+enfant rajouter+un+enfant changer+de+pension changer+de+formule changer+de+chambre+avant changer+de+circuit changer+d+aeroport
> passeport identite passeport+bebe passeport+de+mon passeport+pour+mon propre+passeport passeport+enfant passeport+a+part son+passeport validite+du+passeport valide+combien carte+identite
> bagage poids combien+pese poids+de+la+valise poids+des poids+valise poids+de+bagage
> siege avion pres+du+hublot cote+hublot cote+couloir a+l+avant au+fond etage+avion rang+devant
> mobilite reduite malvoyante malvoyant non+voyant non+voyante sourde malentendante accompagnement+a+l+aeroport prise+en+charge+particuliere assistance+a+l+aeroport pied+casse jambe+dans+le+platre beaucoup+marcher
> transfert hotel bus+pour+l+hotel navette+pour trajet+jusqu+a+l taxi+pour+l+hotel vers+l+hotel jusqu+au+club
> representant sejour accueille+a+l+hotel accueil+sur+place nous+accueille qui+nous+accueille quelqu+un+de+chez+vous+sur+place correspondant+local interlocuteur+pendant
> ouverture horaires telephone+est+ouvert ligne+ouverte standard+ouvert jusqu+a+quelle+heure+peut heures+d+appel appeler+le+samedi appeler+le+dimanche ouverts+quand vous+ouvrez+quand ouvrez+vous+le samedi+matin samedi+apres
> agence adresse parking+devant devant+l+agence garer+a+l+agence venir+a+l+agence venir+en+agence boutique+a magasin+a agence+a agence+la+plus+proche
> donnees personnelles vendez+vous+mes vendez+mes mes+coordonnees a+d+autres+societes vie+privee mes+photos+effacees
> joindre reponse repondez+vous+sur sur+facebook sur+instagram reseaux+sociaux messenger+facebook
> reclamation mediateur aucune+reponse+a+ma+reclamation pas+de+reponse+a+ma sans+reponse+a+ma reponse+a+ma+reclamation reponse+a+ma+plainte
> assurance garanties garanties+de+l+assurance que+couvre couvre+t+elle ce+que+couvre trop+tard+pour+l+assurance prendre+l+assurance souscrire+l+assurance souscrire+une+assurance ajouter+l+assurance ajouter+une+assurance
> avoir valable bon+encore donne+un+bon m+a+donne+un+bon utiliser+le+bon bon+utilisable voyage+annule+bon
> pourboire guide service+compris service+inclus laisser+quelque laisser+qqch gratifier+le faut+laisser
> remises tot sortent+les+promos promos+ete promo+ete promos+hiver catalogue+ete catalogue+hiver sortie+du+catalogue ouverture+des+ventes
> mail adresse changer+d+adresse adresse+mail+a+change nouvelle+adresse+mail nouveau+mail ancienne+adresse+mail ancien+mail modifier+mon+mail modifier+mon+adresse
> application bug plante plante+l+appli appli+plante application+plante bugue
> groupe nombre tarif+reduit+a+partir tarif+reduit+groupe combien+de+participants+pour
! toboggan toboggans aquapark
! mariage+sur+la+plage organiser+un+mariage organisez+des+mariages se+marier+sur se+marier+a+l+etranger nous+marier+a mariages+sur
! meteo+a quel+temps+fera temps+fera+t temps+fait+il temps+qu+il+fait previsions+meteo bulletin
! boire+l+eau eau+du+robinet l+eau+potable
! essence diesel carburant+prix station+service
! piste pistes remontees teleski
! vendre+ma acheter+une+maison maison+a+vendre
! climatise climatises climatisee clim+dans climatisation+dans
! distance+de+la plage+est+a metres+de+l+hotel metres+de+la+plage kilometres+de loin+de+la+mer pieds+dans+l+eau bord+de+mer vue+mer
! seche+cheveux bouilloire minibar fer+a+repasser serviettes draps televison tele chaines
! lit+king lit+double lits+jumeaux grand+lit king+size
! plage plages privee sable lac riviere montagne montagnes foret desert dune dunes cascade cascades volcan port marina quai centre+ville
! pharmacie dentiste supermarche supermarches marche+local boulangerie coiffeur eglise mosquee temple temples ambassade consulat police mairie poste+locale ecole universite bibliotheque
! chateau palais ruines monument monuments cathedrale zoo aquarium parc parcs jardin jardins casino marionnettes feu artifice carnaval
! balcon terrasse cuisine+equipee kitchenette baignoire machine+a+laver television radio ventilateur chauffage ascenseurs barbecue transat transats parasol parasols bouee
! equitation cheval chevaux chameau dromadaire quad montgolfiere parachute trampoline petanque+terrain basket volley foot football rugby+match baleine dauphins dauphin tortues
! recette cafe the+vert fromage chocolat sushi paella tapas couscous epices souvenir souvenirs tapis+berbere parfum bijoux
! dictionnaire alphabet monnaie+ancienne histoire president population superficie capitale drapeau religion
! quelle+heure+est heure+est+il jour+ferie+local
! ordinateur tablette+tactile telephone+portable ecouteurs batterie piles jumelles tente sac+de+couchage chaussures+de+marche maillot combinaison tuba
! salaire salaires syndicat actionnaire actionnaires chiffre+d+affaires concurrent concurrents histoire+de+l+agence fondateur directeur+general pdg
! petit+dejeuner+servi servi+jusqu service+en+chambre room+service heures+des+repas
! hotel+pas+cher hotels+pas+chers auberge auberges hostel couchsurfing colocation bungalow yourte
! vendez+vous+des vous+vendez+des louez+vous+des pretez+vous
! impots impot visa+de+travail permis+de+travail retraite+complementaire securite+sociale carte+vitale caf
! vendre vendez vendent
! servi servis servie servies
`
/** Words that say little wherever they stand: missing from the knowledge, they are no sign that it has no answer. */
export const FRENCH_FAINT = `
voyage voyages sejour sejours vacances agence client clients marche marcher fonctionne fonctionner passe passer procedure procede proceder
demarche deroule derouler conditions condition regle regles politique savoir connaitre trouver donner mettre prendre demander demande
obtenir avoir recevoir envoyer proposez proposer offrez type genre style cas situation maniere facon moyen solution truc gens monde quelqu
maximum max minimum min environ exact total prevu prevue prevoir proposee compris comprise inclus incluse inclure comprend necessaire
obligatoire obligatoires oblige faisable permis autorise autorisee accepte acceptez acceptee acceptent disponible actuellement finalement
apparemment bientot demain hier fin debut mois annee prochain prochaine bonne bon mauvais grand grande nouveau nouvelle normal normalement
coup point part personne personnes partir aller aller-retour venir arriver rester reste rentrer sortir attendre cherche chercher prevenu
prevenir parler tomber compter devoir arrive savez connaissez peu moment pouvait semble vite rapidement simple simplement facile facilement
directement propre avis possibilite possibilites option options service services marchent rends rendre mettez prenez prend prends donne donnez
valider faites pensez penser croire vois voir regarder comprendre compris suivre suite lieu quoi eviter utiliser sert servir valoir vaut
etape etapes laisser laisse droit droits charge special speciale speciaux particulier particuliere ensuite apres faire devenir charger importe
importante important differents different pareil meme tant autant quelqu'un mere pere parents soeur frere cousin cousine femme epouse epoux jour jours semaine semaines minute
compagnon compagne niece neveu beau belle voisin voisine
maroc tunisie egypte grece crete espagne portugal lisbonne italie rome sicile malte turquie croatie chypre madere canaries baleares majorque
thailande japon chine vietnam inde bali indonesie mexique cuba canada usa etats unis amerique bresil perou kenya senegal tanzanie maurice
reunion guadeloupe martinique londres angleterre irlande ecosse norvege islande allemagne autriche dubai emirats jordanie marrakech athenes paris
tokyo york rejoindre acheter achat interesse interesser montrer indiquer indiquez preciser precise precisez
alors voila site web page vu vue aimer plaire dire dit passer mari patron conges congé travail boulot exact exactement moment normal normale habitude
general generale enfin commence commencer stresser stress debut semaine semaines mois an ans cote besoin utile heureux content chercher recherche
question reponse arreter arretez svp vraiment regle cher chere monsieur madame messieurs mesdames bonne soiree journee salutations notre dernier
derniere premier premiere second seconde deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante cent mille
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi printemps ete automne hiver
noel paques toussaint petit petite petits petites gros grosse long longue court courte beau belle vieux vieille jeune jeunes nouveau meilleur
meilleure pire bizarre super genial chouette maman papa mamie papy oncle tante grand-mere homme femme copine meuf mec gars type famille gens adulte
adultes couple rentrer rentrons rentre partis revenir revenu revenons retour vient venu tombe devenir rester dormir arrive arrivons envie envisager
prevoir prevoit prefere preferer accepter refuser essayer continuer finir finit terminer decider choisir choix hesiter comprendre comprends expliquer
apprendre oublie oublier utiliser servir sert signaler valoir vaut vouloir remplir fournir fournissez presenter porter poser pose amener tenir garder
lever laisser sortir entrer toujours longtemps souvent parfois hier demain bientot tard matin apres-midi soir week-end exemple chose truc machin
bidule sorte espece niveau bout milieu cas suite raison cause but idee avis sujet point facon facilement finalement obligatoirement rien aucune chaque
plusieurs certains certaine autre autres quelques beaucoup trop assez tellement plutot presque peut-etre sinon surtout seulement completement
intégralement totalement serieusement franchement honnetement justement evidemment normalement pareil pareille marche fonctionne montant somme euros
euro argent sous plein pot vite rapide rapidement attendre attend attends patienter demander demande reclame trouver trouve manquer manque faisable
envisageable disponible existe exister proposer proposez offrez organise organiser prepare preparer occupez occuper charge chargez gerer aide aider
savez sais connait special speciale speciales speciaux particulier particuliere condition conditions modalite modalites detail details procedure regle
emporter emmener apporter amener recuperer veille valider club
hotel hotels cher chers
`
