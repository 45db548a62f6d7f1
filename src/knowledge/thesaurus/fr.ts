/**
 * Words that customers use for one another when they ask a business, one group a line; `a+b` is an expression. After `>` the words
 * of a line do not stand for one another: an expression of that line asks for all of them. General French of
 * customer service and travel, not any business's own words: those stand in its files (`words:` in the front matter).
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
mineur mineurs ado adolescent adolescente ados moins+de+18+ans moins+de+dix+huit+ans pas+majeur lyceen
sans+ses+parents sans+parents sans+nous sans+leurs+parents non+accompagne seul mineur sans+adulte
grands+parents grand+mere grand+pere papi mamie papy tonton oncle tante
autorisation+de+sortie ast autorisation+parentale
club+enfants mini+club miniclub animation animations garderie
seul seule solo celibataire voyager+seul voyage+seul partir+seul personne+seule individuel individuelle single
partager+une+chambre colocataire partage+de+chambre partager+la+chambre chambre+double
groupe groupes collectif a+plusieurs association bande+d+amis entre+amis clan tribu
bagage bagages valise valises sac bagagerie bagage+a+main
soute en+soute enregistre+en+soute
cabine bagage+a+main sac+a+dos
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
demi+pension pension+complete formule
tout+compris all+inclusive all+in tout+inclus
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
> fuseau decalage+horaire
> climat quel+temps+fait quel+temps+fera fait+chaud fait+froid
> emploi recrutez recrutement travailler+chez+vous candidature
> location louer+une+voiture location+de+voiture louer+un
> animaux mon+chien mon+chat
mail e+mail email courriel adresse+electronique
whatsapp messagerie messenger chat+en+ligne
donnees donnee rgpd informations+personnelles vie+privee confidentialite dpo infos+personnelles
effacer supprimer suppression effacement droit+a+l+oubli
conserver conservation garder stocker
facture factures justificatif attestation duplicata recu+de+paiement note+de+frais
attestation+de+sejour certificat attester preuve
cse ce comite+d+entreprise comite+social salaries salarie employeur comite employes boite
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
derniere+minute dernier+moment depart+la+semaine+prochaine partir+la+semaine+prochaine depart+imminent last+minute
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
tokyo york rejoindre acheter achat vendre interesse interesser montrer indiquer indiquez preciser precise precisez
`
