/**
 * Every error of Relais: code, what happened, what to do, HTTP status. `docs/errors.md` is this table (tested).
 * What can happen to a message is a value (`SendResult`, `Decision`); a RelaisError is what should not have been asked, or cannot be done now.
 */
import type { Words } from './language.ts'

type Entry = { readonly status: number; readonly says: Words; readonly remedy: Words }

export const CATALOGUE = {
  'bad-signature': {
    status: 401,
    says: { fr: 'La signature de la requête est absente ou fausse.', en: 'The request’s signature is missing or wrong.' },
    remedy: { fr: 'Vérifiez le secret de l’application (appSecret) du canal.', en: 'Check the channel’s app secret (appSecret).' },
  },
  'bad-json': {
    status: 400,
    says: { fr: 'Le corps de la requête n’est pas du JSON valide.', en: 'The request’s body is not valid JSON.' },
    remedy: { fr: 'Envoyez un document JSON en UTF-8.', en: 'Send one JSON document in UTF-8.' },
  },
  'address-taken': {
    status: 409,
    says: { fr: 'Cette adresse est déjà celle d’un autre contact.', en: 'That address is another contact’s already.' },
    remedy: {
      fr: 'Vérifiez avec la personne à qui elle est : rien n’a été enregistré.',
      en: 'Check with the person whose it is: nothing was recorded.',
    },
  },
  'import-columns': {
    status: 422,
    says: {
      fr: 'Les colonnes de ce fichier ne se comprennent pas.',
      en: 'The columns of this file are not understood.',
    },
    remedy: {
      fr: 'Il faut une colonne d’adresses (sms, email…) et chaque champ une seule fois ; --map "Tête=champ" dit ce qu’est une colonne.',
      en: 'It needs a column of addresses (sms, email…) and each field once; --map "Head=field" says what a column is.',
    },
  },
  'import-unreadable': {
    status: 422,
    says: { fr: 'Ce fichier n’est pas une liste de contacts en CSV.', en: 'This file is no list of contacts in CSV.' },
    remedy: {
      fr: 'Dans le tableur : Enregistrer sous, CSV UTF-8 ; puis donnez ce fichier.',
      en: 'In the spreadsheet: Save as, CSV UTF-8; then give that file.',
    },
  },
  'body-too-large': {
    status: 413,
    says: { fr: 'Le corps de la requête dépasse 4 Mo.', en: 'The request’s body is over 4 MB.' },
    remedy: { fr: 'Envoyez moins à la fois.', en: 'Send less at a time.' },
  },
  'no-visit': {
    status: 401,
    says: { fr: 'Cette conversation n’est plus ouverte dans ce navigateur.', en: 'This conversation is no longer open in this browser.' },
    remedy: {
      fr: 'Rechargez la page : le prochain message en commence une nouvelle.',
      en: 'Reload the page: the next message begins a new one.',
    },
  },
  'chat-too-fast': {
    status: 429,
    says: { fr: 'C’est plus rapide que la page ne peut suivre.', en: 'That is faster than the page can follow.' },
    remedy: {
      fr: 'Patientez le temps qu’indique retry-after : rien de ce qui est déjà parti n’est perdu.',
      en: 'Wait as long as retry-after says: nothing that has already gone is lost.',
    },
  },
  'account-token': {
    status: 401,
    says: { fr: 'Ce jeton de connexion ne vaut pas, ou a déjà servi.', en: 'This sign-in token does not count, or was used already.' },
    remedy: {
      fr: 'Le site en signe un nouveau (iss, aud, sub, jti, exp à dix minutes au plus), par l’algorithme et la clé de signIn dans relais.yaml.',
      en: 'The site signs a new one (iss, aud, sub, jti, exp within ten minutes), by the algorithm and key of signIn in relais.yaml.',
    },
  },
  'chat-too-long': {
    status: 413,
    says: { fr: 'Ce message est trop long, en Ko au plus', en: 'This message is too long, in kB at most' },
    remedy: { fr: 'Envoyez-le en plusieurs fois.', en: 'Send it in several parts.' },
  },
  'file-too-large': {
    status: 413,
    says: { fr: 'Ce fichier est trop gros\u00a0: 10\u00a0Mo au plus.', en: 'This file is too large: at most 10 MB.' },
    remedy: {
      fr: 'Envoyez-en un plus petit, par exemple une image réduite.',
      en: 'Send a smaller one, such as a reduced picture.',
    },
  },
  'file-refused': {
    status: 415,
    says: {
      fr: 'Ce fichier n’est ni une image (JPEG, PNG, WebP, GIF), ni un PDF, ni du texte, ou il est aussi autre chose.',
      en: 'This file is neither a picture (JPEG, PNG, WebP, GIF) nor a PDF nor plain text, or it is something else as well.',
    },
    remedy: {
      fr: 'Enregistrez-le à nouveau dans l’un de ces formats, puis renvoyez-le.',
      en: 'Save it again in one of these formats, then send it once more.',
    },
  },
  'no-source': {
    status: 404,
    says: { fr: 'Cette source n’est plus là.', en: 'This source is no longer there.' },
    remedy: {
      fr: 'Posez la question à nouveau\u00a0: la réponse citera ce qui vaut aujourd’hui.',
      en: 'Ask the question again: the answer will cite what holds today.',
    },
  },
  'store-unavailable': {
    status: 503,
    says: { fr: 'La base de données ne répond pas.', en: 'The database does not answer.' },
    remedy: {
      fr: 'Rien n’est perdu : réessayez ; vérifiez la base et la place sur le disque.',
      en: 'Nothing is lost: try again; check the database and the disk’s free space.',
    },
  },
  'store-already-open': {
    status: 409,
    says: { fr: 'Un autre Relais tient déjà ces données.', en: 'Another Relais already has these data open.' },
    remedy: {
      fr: 'Arrêtez-le, ou choisissez un autre dossier avec RELAIS_DATA.',
      en: 'Stop it, or choose another folder with RELAIS_DATA.',
    },
  },
  'store-disk-full': {
    status: 503,
    says: { fr: 'Il n’y a plus de place sur le disque pour la base de données.', en: 'The disk has no room left for the database.' },
    remedy: {
      fr: 'Libérez de la place : Relais reprend de lui-même.',
      en: 'Make room: Relais goes on by itself.',
    },
  },
  'store-cannot-start': {
    status: 503,
    says: { fr: 'La base de données embarquée ne démarre pas.', en: 'The embedded database does not start.' },
    remedy: {
      fr: 'Lisez postgres.log dans le dossier des données, ou donnez votre propre PostgreSQL avec DATABASE_URL.',
      en: 'Read postgres.log in the data folder, or give your own PostgreSQL with DATABASE_URL.',
    },
  },
  'store-no-program': {
    status: 503,
    says: { fr: 'Il n’y a pas de PostgreSQL embarqué pour cette machine.', en: 'There is no embedded PostgreSQL for this machine.' },
    remedy: {
      fr: 'Réinstallez (npm ci), ou donnez votre propre PostgreSQL avec DATABASE_URL.',
      en: 'Install again (npm ci), or give your own PostgreSQL with DATABASE_URL.',
    },
  },
  'store-no-right': {
    status: 503,
    says: {
      fr: 'La base de données embarquée n’a pas le droit d’utiliser ce dossier.',
      en: 'The embedded database has no right to use this folder.',
    },
    remedy: {
      fr: 'Lancez Relais sous le compte qui a créé le dossier, ou choisissez-en un autre avec RELAIS_DATA.',
      en: 'Run Relais as the account that made the folder, or choose another with RELAIS_DATA.',
    },
  },
  'nothing-stored': {
    status: 404,
    says: { fr: 'Rien n’est encore enregistré ici.', en: 'Nothing is stored here yet.' },
    remedy: {
      fr: 'Lancez cette commande là où tourne Relais, ou nommez ses données par RELAIS_DATA ou DATABASE_URL\u00a0; «\u00a0relais start\u00a0» commence à enregistrer.',
      en: 'Run this command where Relais runs, or name its data by RELAIS_DATA or DATABASE_URL; “relais start” begins to store.',
    },
  },
  'not-found': {
    status: 404,
    says: { fr: 'Il n’y a rien à cette adresse.', en: 'There is nothing at this address.' },
    remedy: { fr: 'Vérifiez l’identifiant.', en: 'Check the id.' },
  },
  'no-reference': {
    status: 404,
    says: { fr: 'Aucun message n’a cette référence.', en: 'No message has this reference.' },
    remedy: {
      fr: 'Donnez la référence avec laquelle il a été envoyé, lettre pour lettre.',
      en: 'Give the reference it was sent with, letter for letter.',
    },
  },
  'no-message': {
    status: 404,
    says: { fr: 'Aucun message n’a cet identifiant.', en: 'No message has this id.' },
    remedy: {
      fr: 'Il commence par msg_ : POST /api/v1/messages le donne, et GET /api/v1/conversations/{id}/messages ceux d’un fil.',
      en: 'It begins with msg_: POST /api/v1/messages gives it, and GET /api/v1/conversations/{id}/messages those of a thread.',
    },
  },
  'no-file': {
    status: 404,
    says: { fr: 'Ce message n’a pas de fichier que l’on puisse montrer.', en: 'This message has no file that can be shown.' },
    remedy: {
      fr: 'S’il vient d’arriver, réessayez dans un instant ; sinon, demandez au client de le renvoyer.',
      en: 'If it has just come, try again in a moment; else ask the customer to send it again.',
    },
  },
  'too-many-codes': {
    status: 429,
    says: { fr: 'Cette personne a reçu assez de codes pour l’instant.', en: 'This person has been sent enough codes for now.' },
    remedy: {
      fr: 'Attendez le nombre de secondes indiqué (cinq codes par heure, un toutes les 30 secondes) ; le dernier code reste valable.',
      en: 'Wait for the seconds that are told (five codes an hour, one in 30 seconds); the last code is still valid.',
    },
  },
  'codes-limit': {
    status: 429,
    says: {
      fr: 'Il est parti cette heure autant de codes à usage unique que relais.yaml en permet.',
      en: 'As many one-time codes left this hour as relais.yaml permits.',
    },
    remedy: {
      fr: 'Voyez qui en demande : un robot, peut-être. Si tous sont voulus, relevez codes.hour ou codes.abroad dans relais.yaml.',
      en: 'See who asks for them: a robot, perhaps. If all are wanted, raise codes.hour or codes.abroad in relais.yaml.',
    },
  },
  'not-callable': {
    status: 409,
    says: { fr: 'On ne peut pas appeler cette personne maintenant.', en: 'This person may not be called now.' },
    remedy: {
      fr: 'Appelez dans les heures qu’elle a acceptées et que la loi permet : la liste dit quand.',
      en: 'Call within the hours they agreed to and the law allows: the list says when.',
    },
  },
  unauthorized: {
    status: 401,
    says: { fr: 'La clé d’accès manque ou n’est pas valable.', en: 'The access key is missing or not valid.' },
    remedy: {
      fr: 'Créez une clé avec « relais key create » et envoyez-la comme Bearer.',
      en: 'Make a key with “relais key create” and send it as Bearer.',
    },
  },
  forbidden: {
    status: 403,
    says: { fr: 'Cette clé n’a pas ce droit.', en: 'This key may not do that.' },
    remedy: { fr: 'Utilisez une clé d’un rôle qui le peut.', en: 'Use a key of a role that may.' },
  },
  'foreign-origin': {
    status: 403,
    says: { fr: 'La requête vient d’un autre site.', en: 'The request comes from another site.' },
    remedy: { fr: 'Agissez depuis la page de Relais, ou avec une clé Bearer.', en: 'Act from Relais’s own page, or with a Bearer key.' },
  },
  'not-json': {
    status: 415,
    says: { fr: 'Le corps de la requête n’est pas annoncé comme du JSON.', en: 'The request’s body is not declared as JSON.' },
    remedy: { fr: 'Envoyez l’en-tête Content-Type: application/json.', en: 'Send the header Content-Type: application/json.' },
  },
  'method-not-allowed': {
    status: 405,
    says: { fr: 'Cette adresse n’accepte pas cette méthode.', en: 'This address does not take this method.' },
    remedy: { fr: 'Voyez les méthodes permises dans /api/v1/docs.', en: 'See the methods it takes in /api/v1/docs.' },
  },
  'call-in-progress': {
    status: 409,
    says: { fr: 'Le même appel est en cours de traitement.', en: 'The same call is being handled.' },
    remedy: { fr: 'Réessayez dans un instant avec la même Idempotency-Key.', en: 'Try again in a moment with the same Idempotency-Key.' },
  },
  'idempotency-key-reused': {
    status: 422,
    says: {
      fr: 'Cette Idempotency-Key a déjà servi pour une autre requête.',
      en: 'This Idempotency-Key was already used for another request.',
    },
    remedy: { fr: 'Donnez une nouvelle clé à chaque nouvelle requête.', en: 'Give every new request a new key.' },
  },
  'no-engine': {
    status: 422,
    says: { fr: 'Aucun moteur n’est prévu pour cette tâche.', en: 'No engine is planned for this task.' },
    remedy: {
      fr: 'Nommez-en un sous plans.think dans relais.yaml, par exemple summarise: [main].',
      en: 'Name one under plans.think in relais.yaml, such as summarise: [main].',
    },
  },
  'no-effect': {
    status: 409,
    says: {
      fr: 'La conversation a changé entre-temps : rien n’a été fait.',
      en: 'The conversation has changed meanwhile: nothing was done.',
    },
    remedy: { fr: 'Relisez-la, puis décidez de nouveau.', en: 'Read it again, then decide anew.' },
  },
  'nothing-to-stop': {
    status: 404,
    says: { fr: 'Aucun canal, moteur ni webhook ne porte ce nom.', en: 'No channel, engine or webhook has this name.' },
    remedy: {
      fr: 'Donnez un nom de relais.yaml, ou « ai » pour tout l’automatisme ; Relais doit avoir démarré une fois avec ce fichier.',
      en: 'Give a name of relais.yaml, or “ai” for all automation; Relais must have started once with that file.',
    },
  },
  'no-channel': {
    status: 422,
    says: { fr: 'Aucun canal de cet espace ne joint cette adresse.', en: 'No channel of this workspace reaches this address.' },
    remedy: {
      fr: 'Ajoutez un canal dans relais.yaml, ou donnez une autre adresse.',
      en: 'Add a channel to relais.yaml, or give another address.',
    },
  },
  internal: {
    status: 500,
    says: { fr: 'Relais a rencontré une erreur imprévue.', en: 'Relais met an error it did not foresee.' },
    remedy: { fr: 'Réessayez ; si cela dure, lisez le journal (http.failed).', en: 'Try again; if it lasts, read the log (http.failed).' },
  },
  'invalid-request': {
    status: 422,
    says: { fr: 'La requête ne convient pas.', en: 'The request does not fit.' },
    remedy: { fr: 'Corrigez le champ indiqué.', en: 'Correct the field that is named.' },
  },
  'bad-rules': {
    status: 500,
    says: { fr: 'Une règle ne convient pas.', en: 'A rule does not fit.' },
    remedy: {
      fr: 'Corrigez le fichier à la ligne indiquée ; docs/rules.md montre comment une règle s’écrit.',
      en: 'Correct the file at the line that is named; docs/rules.md shows how a rule is written.',
    },
  },
  'rulebook-broken': {
    status: 422,
    says: { fr: 'Ce recueil de règles n’est pas lisible.', en: 'This rulebook cannot be read.' },
    remedy: { fr: 'Rien n’a changé ; demandez-le de nouveau à qui le publie.', en: 'Nothing was changed; ask its publisher for it again.' },
  },
  'rulebook-unsigned': {
    status: 422,
    says: {
      fr: 'Ce recueil de règles n’est pas signé, ou a été modifié depuis sa signature.',
      en: 'This rulebook is not signed, or was changed after it was signed.',
    },
    remedy: { fr: 'Rien n’a changé ; demandez-le de nouveau à qui le publie.', en: 'Nothing was changed; ask its publisher for it again.' },
  },
  'rulebook-untrusted': {
    status: 422,
    says: {
      fr: 'Ce recueil de règles est signé par une clé que relais.yaml ne nomme pas.',
      en: 'This rulebook is signed by a key that relais.yaml does not name.',
    },
    remedy: {
      fr: 'Si vous faites confiance à qui le publie, ajoutez sa clé publique à « rulebook: { trust: […] } ».',
      en: 'If you trust its publisher, add the public key to “rulebook: { trust: […] }”.',
    },
  },
  'rulebook-older': {
    status: 409,
    says: {
      fr: 'Ce recueil de règles n’est pas plus récent que celui qui est en usage.',
      en: 'This rulebook is not newer than the one in use.',
    },
    remedy: { fr: 'Rien n’a changé, et rien n’est à faire.', en: 'Nothing was changed, and nothing is to be done.' },
  },
  'rulebook-too-large': {
    status: 413,
    says: { fr: 'Ce recueil de règles dépasse 4 Mo.', en: 'This rulebook is over 4 MB.' },
    remedy: {
      fr: 'Vérifiez l’adresse : un recueil entier est bien plus petit.',
      en: 'Check the address: a whole rulebook is much smaller.',
    },
  },
  'rulebook-unreachable': {
    status: 502,
    says: { fr: 'Le recueil de règles n’a pas pu être lu à cette adresse.', en: 'The rulebook could not be read at this address.' },
    remedy: {
      fr: 'Vérifiez le chemin, ou une adresse en https:// joignable d’ici.',
      en: 'Check the path, or the https:// address and that it can be reached from here.',
    },
  },
  'key-unreadable': {
    status: 500,
    says: { fr: 'Cette clé de signature n’est pas lisible.', en: 'This signing key cannot be read.' },
    remedy: {
      fr: 'Restaurez le fichier d’une sauvegarde ; si vous l’effacez, une nouvelle clé sera faite et l’ancienne ne signera plus.',
      en: 'Restore the file from a backup; if you delete it, a new key is made and the old one signs no more.',
    },
  },
  'secret-too-short': {
    status: 500,
    says: { fr: 'Ce secret est trop court pour sceller des liens et des codes.', en: 'This secret is too short to seal links and codes.' },
    remedy: {
      fr: 'Donnez au moins 32 caractères tirés au hasard, ou laissez la variable vide : Relais en fait un et le garde.',
      en: 'Give at least 32 random characters, or leave the variable empty: Relais makes one and keeps it.',
    },
  },
  'database-newer': {
    status: 503,
    says: {
      fr: 'La base de données vient d’une version plus récente de Relais.',
      en: 'The database was made by a newer version of Relais.',
    },
    remedy: {
      fr: 'Lancez cette version-là, ou restaurez une sauvegarde d’avant la mise à jour.',
      en: 'Run that version, or restore a backup from before the upgrade.',
    },
  },
  'address-refused': {
    status: 422,
    says: {
      fr: 'Cette adresse n’est pas publique, ou son port n’est pas permis.',
      en: 'This address is not public, or its port is not allowed.',
    },
    remedy: {
      fr: 'Si c’est bien celle d’un de vos services, nommez-la dans relais.yaml.',
      en: 'If it is one of your own services, name it in relais.yaml.',
    },
  },
  'media-unavailable': {
    status: 502,
    says: {
      fr: 'Le fichier n’a pas pu être échangé avec le fournisseur du canal.',
      en: 'The file could not be exchanged with the channel’s provider.',
    },
    remedy: {
      fr: 'Réessayez ; si le fichier a plus de sept jours, demandez-le de nouveau au client.',
      en: 'Try again; if the file is over seven days old, ask the customer for it again.',
    },
  },
  'provider-refused': {
    status: 502,
    says: { fr: 'Le fournisseur du canal a refusé la demande.', en: 'The channel’s provider refused the request.' },
    remedy: { fr: 'Lancez « relais doctor », qui dit pourquoi.', en: 'Run “relais doctor”, which tells why.' },
  },
  'bad-workspace': {
    status: 422,
    says: { fr: 'Le dossier de l’entreprise ne peut pas être utilisé :', en: 'The workspace folder cannot be used:' },
    remedy: {
      fr: 'Lancez « relais check » : il dit quoi corriger, fichier et ligne.',
      en: 'Run “relais check”: it says what to correct, by file and line.',
    },
  },
  'bad-public-url': {
    status: 422,
    says: { fr: 'PUBLIC_URL n’est pas une adresse http(s) :', en: 'PUBLIC_URL is not an http(s) address:' },
    remedy: {
      fr: 'Donnez l’adresse sous laquelle Internet voit Relais, par exemple https://relais.example.fr.',
      en: 'Give the address by which the internet sees Relais, such as https://relais.example.fr.',
    },
  },
  'port-in-use': {
    status: 503,
    says: { fr: 'Un autre programme occupe le port', en: 'Another program uses port' },
    remedy: {
      fr: 'Arrêtez-le, ou choisissez un autre port : PORT=3001 ou --port 3001.',
      en: 'Stop it, or choose another port: PORT=3001 or --port 3001.',
    },
  },
  'cannot-listen': {
    status: 503,
    says: { fr: 'Relais ne peut pas écouter à l’adresse', en: 'Relais cannot listen at' },
    remedy: {
      fr: 'RELAIS_HOST nomme une adresse de cette machine (127.0.0.1, ou 0.0.0.0 pour toutes) ; un port au-dessous de 1024 demande un droit : choisissez-en un autre, PORT=3001.',
      en: 'RELAIS_HOST names an address of this machine (127.0.0.1, or 0.0.0.0 for all); a port below 1024 needs a right: choose another, PORT=3001.',
    },
  },
} as const satisfies Record<string, Entry>

export type ErrorCode = keyof typeof CATALOGUE

export class RelaisError extends Error {
  readonly code: ErrorCode
  /** What exactly: a place, a name, a number. Never a secret or a message text. */
  readonly detail: string
  readonly status: number

  constructor(code: ErrorCode, detail = '', cause?: unknown) {
    const entry: Entry = CATALOGUE[code]
    super(sentence(entry, detail, 'en'), cause === undefined ? undefined : { cause })
    this.name = 'RelaisError'
    this.code = code
    this.detail = detail
    this.status = entry.status
  }
}

/** One line in `language`: what, where, what to do. */
export const sentenceOf = (error: RelaisError, language: 'fr' | 'en'): string => sentence(CATALOGUE[error.code], error.detail, language)

/** "What happened: where. What to do." */
const sentence = ({ says, remedy }: Entry, given: string, language: 'fr' | 'en'): string => {
  const detail = given.replace(/[.:]$/u, '')
  if (detail === '') return `${says[language]} ${remedy[language]}`
  const colon = language === 'fr' ? '\u00a0: ' : ': '
  const what = says[language].replace(/\.$/u, detail.startsWith('(') ? ' ' : colon)
  return `${/\s$/u.test(what) ? what : `${what} `}${detail}${/[!?…]$/u.test(detail) ? '' : '.'} ${remedy[language]}`
}
