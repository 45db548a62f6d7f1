import type { ErrorEntry } from './errors.ts'

/** What should not have been asked, or not now: of the API, the desk, the chat page, a command. */
export const OF_ASKING = {
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
} as const satisfies Record<string, ErrorEntry>
