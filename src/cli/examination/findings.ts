/** What `relais doctor` itself can find, in words. What only a connector can know stands with the connector. */
import { CATALOGUE, type RelaisError } from '../../core/errors.ts'
import { type FindingEntry, say, withDetail } from '../../core/finding.ts'
import type { Finding, Place } from '../../core/ports.ts'

const FINDINGS = {
  'examination-timeout': say(
    'error',
    'Cet examen n’a pas abouti à temps.',
    'This examination did not end in time.',
    'Vérifiez le réseau et la charge de la machine, puis réessayez.',
    'Check the network and the machine’s load, then try again.',
  ),
  'examination-failed': say(
    'error',
    'Cet examen s’est arrêté sur une erreur imprévue.',
    'This examination ended with an error nobody foresaw.',
    'Réessayez ; si cela dure, signalez-le avec ce qui précède.',
    'Try again; if it lasts, report it with what stands above.',
  ),
  'demo-asleep': say(
    'error',
    'C’est l’espace de la démonstration, et elle ne tourne pas.',
    'This is the demo’s workspace, and the demo does not run.',
    'Lancez « npm start » dans un autre terminal : il définit lui-même les variables de cet espace.',
    'Run “npm start” in another terminal: it sets the variables of this workspace itself.',
  ),
  'public-url-unusable': say(
    'error',
    'PUBLIC_URL n’est pas une adresse http(s).',
    'PUBLIC_URL is not an http(s) address.',
    'Donnez l’adresse sous laquelle Internet voit Relais, par exemple https://relais.example.fr.',
    'Give the address by which the internet sees Relais, such as https://relais.example.fr.',
  ),

  'channel-placeholder': say(
    'error',
    'Ce canal porte encore les valeurs d’exemple : il n’est relié à aucun numéro.',
    'This channel still has the placeholder values: it belongs to no number.',
    'Mettez ici les vôtres (docs/going-live.fr.md dit où les trouver), ou retirez ce canal de relais.yaml.',
    'Put your own here (docs/going-live.md says where to find them), or take this channel out of relais.yaml.',
  ),
  'channel-cut': say(
    'error',
    'Ce canal est coupé : rien n’en part.',
    'This channel is cut: nothing leaves by it.',
    'Coupé pour ce que Relais a vu, il est essayé de nouveau tout seul. Sinon, une fois la restriction passée : relais resume <canal>.',
    'Cut for what Relais saw, it is tried again by itself. Otherwise, once the restriction is over: relais resume <channel>.',
  ),
  'channel-paused': say(
    'warning',
    'Ce canal est en pause : rien n’en part.',
    'This channel is paused: nothing leaves by it.',
    'Reprenez quand vous voulez : relais resume <canal>.',
    'Resume when you like: relais resume <channel>.',
  ),
  'automation-paused': say(
    'warning',
    'Tout l’automatisme est en pause : seuls les conseillers répondent.',
    'All automation is paused: only agents answer.',
    'Reprenez quand vous voulez : relais resume ai.',
    'Resume when you like: relais resume ai.',
  ),
  'engine-paused': say(
    'warning',
    'Ce moteur est en pause : les suivants de ses plans répondent.',
    'This engine is paused: the next of its plans answer.',
    'Reprenez quand vous voulez : relais resume <moteur>.',
    'Resume when you like: relais resume <engine>.',
  ),
  'webhook-off': say(
    'error',
    'Ce webhook est éteint : plus rien ne lui est dit.',
    'This webhook is switched off: it is told nothing any more.',
    'Réparez son adresse, puis : relais resume <webhook>. Il reprend où il en était.',
    'Mend its address, then: relais resume <webhook>. It goes on where it was.',
  ),
  'webhook-failing': say(
    'warning',
    'Ce webhook ne prend pas ce qu’on lui dit ; Relais réessaie.',
    'This webhook does not take what it is told; Relais tries again.',
    'Il doit répondre 2xx en 15 secondes, sans redirection ; après cinq jours il est éteint.',
    'It must answer 2xx within 15 seconds, without a redirect; after five days it is switched off.',
  ),
  'templates-unreadable': say(
    'error',
    'La plateforme ne donne pas la liste des modèles de message.',
    'The platform does not give the list of message templates.',
    'Vérifiez les droits du jeton, puis réessayez.',
    'Check the token’s rights, then try again.',
  ),
  'templates-none': say(
    'warning',
    'Aucun modèle de message approuvé n’est dans templates/.',
    'No approved message template is in templates/.',
    'Ajoutez-en au moins un : sans modèle, rien ne part une fois la fenêtre de réponse refermée.',
    'Add at least one: without a template nothing leaves once the window for answers has closed.',
  ),
  'template-missing': say(
    'error',
    'La plateforme ne connaît pas ce modèle de message.',
    'The platform does not know this message template.',
    'Créez-le chez elle sous ce nom et dans ces langues, ou retirez-le de templates/.',
    'Make it there under this name and in these languages, or take it out of templates/.',
  ),
  'template-pending': say(
    'warning',
    'La plateforme n’a pas encore approuvé ce modèle de message.',
    'The platform has not approved this message template yet.',
    'Attendez son accord : d’ici là, ce modèle ne part pas.',
    'Wait for its approval: until then this template does not leave.',
  ),
  'template-unusable': say(
    'error',
    'La plateforme refuse ce modèle de message : il ne part plus.',
    'The platform refuses this message template: it no longer leaves.',
    'Corrigez-le chez elle d’après ce qu’elle lui reproche, ou retirez-le de templates/ et des parcours.',
    'Repair it there by what it is reproached with, or take it out of templates/ and the journeys.',
  ),
  'template-differs': say(
    'error',
    'Ce modèle de message n’a pas le même nombre de variables sur la plateforme : l’envoi serait refusé.',
    'This message template has another number of variables on the platform: sending it would be refused.',
    'Recopiez dans templates/ le texte approuvé.',
    'Copy the approved text into templates/.',
  ),
  'template-category': say(
    'warning',
    'La plateforme a rangé ce modèle de message dans une autre catégorie : son prix et ses règles en dépendent.',
    'The platform has put this message template into another category: its price and its rules depend on it.',
    'Mettez cette catégorie dans templates/, ou faites-la réviser chez elle.',
    'Put that category into templates/, or have it reviewed there.',
  ),

  'engine-not-allowed': say(
    'warning',
    'Ce moteur n’est jamais interrogé : sa fiche ne permet pas de lui confier ce qu’écrit un client.',
    'This engine is never asked: its entry does not permit giving it what a customer writes.',
    'Si le contrat avec son fournisseur le permet, mettez personalData: pseudonyms (ou all) et trainsOnData: false.',
    'If the contract with its provider permits it, set personalData: pseudonyms (or all) and trainsOnData: false.',
  ),
  'engine-unreachable': say(
    'error',
    'Ce moteur ne répond pas.',
    'This engine does not answer.',
    'Vérifiez baseUrl, que le serveur tourne, et le réseau sortant.',
    'Check baseUrl, that the server runs, and the outgoing network.',
  ),
  'engine-key-refused': say(
    'error',
    'Ce moteur refuse la clé.',
    'This engine refuses the key.',
    'Recopiez la clé du fournisseur dans la variable que nomme apiKey, et vérifiez qu’elle n’est pas révoquée.',
    'Copy the provider’s key into the variable that apiKey names, and check that it is not revoked.',
  ),
  'engine-request-refused': say(
    'error',
    'Ce moteur refuse la demande : le modèle n’existe sans doute pas chez lui.',
    'This engine refuses the request: it probably has no such model.',
    'Vérifiez model et baseUrl.',
    'Check model and baseUrl.',
  ),
  'engine-overloaded': say(
    'warning',
    'Ce moteur est saturé, ou son crédit est épuisé.',
    'This engine is overloaded, or its credit is used up.',
    'Vérifiez le crédit et les quotas chez le fournisseur ; d’ici là, le moteur suivant répond.',
    'Check credit and quotas at the provider; until then the next engine answers.',
  ),
  'engine-broken': say(
    'error',
    'Ce moteur répond par une erreur.',
    'This engine answers with an error.',
    'Voyez l’état du fournisseur ou le journal du serveur ; le moteur suivant répond à sa place.',
    'See the provider’s status or the server’s log; the next engine answers in its place.',
  ),
  'engine-slow': say(
    'error',
    'Ce moteur n’a pas fini de répondre à temps.',
    'This engine did not finish its answer in time.',
    'Choisissez un modèle plus léger, ou vérifiez la charge du serveur.',
    'Choose a lighter model, or check the server’s load.',
  ),
  'engine-cut': say(
    'error',
    'La réponse de ce moteur s’arrête avant sa fin : aucune ne peut servir.',
    'This engine’s answer stops before its end: none can be used.',
    'Vérifiez le mandataire entre Relais et lui (il ne doit pas couper un flux), ou mettez stream: false.',
    'Check the proxy between Relais and it (it must not cut a stream), or set stream: false.',
  ),
  'engine-filtered': say(
    'warning',
    'Le filtre du fournisseur a arrêté une réponse anodine.',
    'The provider’s filter stopped a harmless answer.',
    'Assouplissez son filtre dans sa console.',
    'Loosen its filter in its console.',
  ),
  'knowledge-none': say(
    'warning',
    'Ce moteur n’a rien d’où répondre : knowledge/ est vide.',
    'This engine has nothing to answer from: knowledge/ is empty.',
    'Mettez-y ce que vos clients demandent : horaires, prix, conditions.',
    'Put in what customers ask: hours, prices, conditions.',
  ),

  'store-none': say(
    'warning',
    'Il n’y a pas encore de base de données : Relais n’a jamais démarré ici.',
    'There is no database yet: Relais was never started here.',
    'Lancez « relais start », puis recommencez. Si Relais tourne ailleurs, donnez-lui et à cette commande les mêmes DATABASE_URL ou RELAIS_DATA.',
    'Run “relais start”, then ask again. If Relais runs elsewhere, give it and this command the same DATABASE_URL or RELAIS_DATA.',
  ),
  'store-refused': say(
    'error',
    'La base de données refuse la connexion.',
    'The database refuses the connection.',
    'Vérifiez DATABASE_URL : la base, l’utilisateur et le mot de passe.',
    'Check DATABASE_URL: database, user and password.',
  ),
  'store-not-migrated': say(
    'warning',
    'La base de données est d’une version antérieure de Relais.',
    'The database is of an earlier version of Relais.',
    'Redémarrez Relais : il la met à jour de lui-même.',
    'Restart Relais: it brings the database up to date by itself.',
  ),
  'store-too-old': say(
    'error',
    'Cette version de PostgreSQL est trop ancienne.',
    'This version of PostgreSQL is too old.',
    'Passez à PostgreSQL 15 ou plus récent.',
    'Move to PostgreSQL 15 or newer.',
  ),
  'store-read-only': say(
    'error',
    'Cette base de données est une copie en lecture seule.',
    'This database is a read-only copy.',
    'Donnez dans DATABASE_URL l’adresse du serveur principal.',
    'Give the primary server’s address in DATABASE_URL.',
  ),
  'worker-none': say(
    'error',
    'Personne ne travaille sur cette base : les messages n’ont pas de réponse.',
    'Nobody works on this database: messages get no answer.',
    'Lancez « relais start » (ou un processus --role worker).',
    'Run “relais start” (or a process with --role worker).',
  ),
  'queue-stuck': say(
    'error',
    'Des événements attendent depuis trop longtemps.',
    'Events have been waiting for too long.',
    'Lisez le journal de Relais ; si la machine est saturée, ajoutez un processus --role worker.',
    'Read Relais’s log; if the machine is busy, add a process with --role worker.',
  ),
  'events-set-aside': say(
    'warning',
    'Des événements ont été mis de côté après plusieurs échecs.',
    'Events were set aside after failing several times.',
    'Voyez-les par GET /api/v1/poison et signalez l’erreur qu’ils portent ; les autres messages continuent.',
    'See them by GET /api/v1/poison and report the error they bear; other messages go on.',
  ),
  'disk-full': say(
    'error',
    'Le disque des données est presque plein.',
    'The disk of the data is almost full.',
    'Libérez de la place : sans elle, Relais refuse les messages plutôt que d’en perdre.',
    'Make room: without it Relais refuses messages rather than lose them.',
  ),
  'disk-low': say(
    'warning',
    'Il reste peu de place sur le disque des données.',
    'There is little room left on the disk of the data.',
    'Prévoyez de la place : pièces jointes et historique grandissent.',
    'Plan for room: attachments and history grow.',
  ),
} as const satisfies Record<string, FindingEntry>

export type FoundId = keyof typeof FINDINGS

/** `detail` names the thing in any language: a code, a number, a name. Never a secret. */
export const found = (id: FoundId, subject: string, detail = '', place?: Place): Finding => {
  const { level, words, remedy }: FindingEntry = FINDINGS[id]
  return { id, level, subject, place, words: withDetail(words, detail), remedy }
}

/** An error of the catalogue, as something found. */
export const foundError = (error: RelaisError, subject: string): Finding => {
  const { says, remedy } = CATALOGUE[error.code]
  return { id: error.code, level: 'error', subject, words: withDetail(says, error.detail.replace(/:$/, '')), remedy }
}
