/** What `relais doctor` can find wrong with a WhatsApp number, in words. Each fault has an id of its own. */
import { type FindingEntry, say, withDetail } from '../../core/finding.ts'
import type { Finding } from '../../core/ports.ts'

const FINDINGS = {
  'api-unreachable': say(
    'error',
    'L’API de WhatsApp ne répond pas.',
    'WhatsApp’s API does not answer.',
    'Vérifiez apiUrl, le réseau sortant, le DNS et le pare-feu.',
    'Check apiUrl, the outgoing network, DNS and the firewall.',
  ),
  'api-fault': say(
    'error',
    'L’API de WhatsApp a répondu par une erreur.',
    'WhatsApp’s API answered with an error.',
    'Lisez le détail, puis réessayez dans quelques minutes.',
    'Read the detail, then try again in a few minutes.',
  ),
  'token-expired': say(
    'error',
    'Le jeton d’accès a expiré.',
    'The access token has expired.',
    'Créez un jeton permanent pour un utilisateur système, puis mettez accessToken à jour.',
    'Make a permanent token for a system user, then update accessToken.',
  ),
  'token-invalid': say(
    'error',
    'Le jeton d’accès n’est pas valable.',
    'The access token is not valid.',
    'Copiez de nouveau le jeton de l’utilisateur système dans accessToken.',
    'Copy the system user’s token into accessToken again.',
  ),
  'permission-missing': say(
    'error',
    'Le jeton n’a pas les droits nécessaires.',
    'The token lacks the rights it needs.',
    'Donnez à l’utilisateur système whatsapp_business_messaging, whatsapp_business_management et l’accès au compte.',
    'Give the system user whatsapp_business_messaging, whatsapp_business_management and access to the account.',
  ),
  'app-secret-wrong': say(
    'error',
    'appSecret n’est pas le secret de l’application du jeton.',
    'appSecret is not the secret of the token’s app.',
    'Copiez le secret depuis le tableau de bord de l’application (Paramètres, Général) : sans lui, chaque webhook est refusé.',
    'Copy the secret from the app’s dashboard (Settings, Basic): without it every webhook is refused.',
  ),
  'number-unknown': say(
    'error',
    'phoneNumberId ne désigne aucun numéro que ce jeton peut voir.',
    'phoneNumberId names no number this token can see.',
    'Copiez l’identifiant du numéro depuis WhatsApp Manager (ce n’est pas le numéro lui-même).',
    'Copy the number’s id from WhatsApp Manager (it is not the number itself).',
  ),
  'number-mismatch': say(
    'error',
    'phoneNumberId appartient à un autre numéro que number.',
    'phoneNumberId belongs to another number than number.',
    'Corrigez number ou phoneNumberId : ils doivent désigner le même numéro.',
    'Correct number or phoneNumberId: both must name the same number.',
  ),
  'number-not-connected': say(
    'error',
    'Le numéro n’est pas connecté.',
    'The number is not connected.',
    'Enregistrez-le auprès de l’API avec son code à six chiffres.',
    'Register it with the API, with its six-digit pin.',
  ),
  'account-unknown': say(
    'error',
    'businessAccountId ne désigne aucun compte que ce jeton peut voir.',
    'businessAccountId names no account this token can see.',
    'Copiez l’identifiant du compte WhatsApp Business depuis Meta Business.',
    'Copy the WhatsApp Business Account’s id from Meta Business.',
  ),
  'account-blocked': say(
    'error',
    'WhatsApp empêche ce numéro ou ce compte d’envoyer.',
    'WhatsApp keeps this number or account from sending.',
    'Ouvrez « Qualité du compte » dans Meta Business, corrigez ce qui y est dit et faites appel s’il y a lieu.',
    'Open Account Quality in Meta Business, correct what it says, and appeal if there is reason to.',
  ),
  'account-limited': say(
    'warning',
    'WhatsApp limite les envois de ce numéro ou de ce compte.',
    'WhatsApp limits what this number or account may send.',
    'Lisez le détail dans WhatsApp Manager et faites ce qu’il propose.',
    'Read the detail in WhatsApp Manager and do what it suggests.',
  ),
  'app-not-subscribed': say(
    'error',
    'Aucune application n’est abonnée au compte : aucun message n’arrivera.',
    'No app is subscribed to the account: no message will arrive.',
    'Abonnez l’application : POST /<businessAccountId>/subscribed_apps avec le jeton.',
    'Subscribe the app: POST /<businessAccountId>/subscribed_apps with the token.',
  ),
  'quality-red': say(
    'error',
    'La qualité du numéro est rouge.',
    'The number’s quality is red.',
    'Arrêtez le marketing, revoyez vos modèles et vos consentements ; la note se refait en sept jours.',
    'Stop marketing, review your templates and consents; the rating is made over seven days.',
  ),
  'quality-yellow': say(
    'warning',
    'La qualité du numéro est jaune.',
    'The number’s quality is yellow.',
    'Envoyez moins de marketing et visez mieux.',
    'Send less marketing, and aim it better.',
  ),
  'throughput-too-high': say(
    'warning',
    'throughput dépasse ce qui est accordé à ce numéro.',
    'throughput is above what this number is granted.',
    'Mettez throughput à 80 tant que WhatsApp n’a pas relevé le débit.',
    'Set throughput to 80 until WhatsApp has raised the rate.',
  ),
  'clock-skew': say(
    'error',
    'L’horloge de cette machine est fausse.',
    'This machine’s clock is wrong.',
    'Synchronisez-la (NTP) : les fenêtres de 24 heures et les règles datées en dépendent.',
    'Synchronise it (NTP): 24-hour windows and dated rules depend on it.',
  ),
  'api-version-ended': say(
    'warning',
    'Cette version de l’API n’est plus servie.',
    'This version of the API is no longer served.',
    'Mettez apiVersion à la version indiquée, ou à une plus récente.',
    'Set apiVersion to the version named, or to a newer one.',
  ),
  'webhook-unknown': say(
    'warning',
    'L’adresse publique n’est pas connue : le webhook n’a pas été vérifié.',
    'The public address is not known: the webhook was not checked.',
    'Donnez PUBLIC_URL : l’adresse https sous laquelle Internet voit Relais.',
    'Set PUBLIC_URL: the https address by which the internet sees Relais.',
  ),
  'webhook-not-https': say(
    'error',
    'L’adresse du webhook n’est pas en https.',
    'The webhook’s address is not https.',
    'Placez Relais derrière un serveur qui porte un certificat public ; WhatsApp n’appelle rien d’autre.',
    'Put Relais behind a server with a public certificate; WhatsApp calls nothing else.',
  ),
  'webhook-unreachable': say(
    'error',
    'Le webhook ne répond pas à son adresse publique.',
    'The webhook does not answer at its public address.',
    'Vérifiez PUBLIC_URL, le certificat, le mandataire et que Relais tourne.',
    'Check PUBLIC_URL, the certificate, the proxy, and that Relais runs.',
  ),
  'webhook-handshake': say(
    'error',
    'Le webhook ne rend pas le mot attendu à la vérification.',
    'The webhook does not return the expected word when verified.',
    'Vérifiez que cette adresse mène à ce canal, et que verifyToken est le même des deux côtés.',
    'Check that this address leads to this channel, and that verifyToken is the same on both sides.',
  ),
  'webhook-signature': say(
    'error',
    'Le webhook refuse un appel bien signé.',
    'The webhook refuses a well-signed call.',
    'Relais tourne avec un autre appSecret, ou un mandataire change le corps des requêtes : il doit le laisser passer tel quel.',
    'Relais runs with another appSecret, or a proxy changes the bodies: it must pass them through untouched.',
  ),
  'webhook-unsigned': say(
    'error',
    'Le webhook accepte un appel mal signé.',
    'The webhook accepts a badly signed call.',
    'Cette adresse n’est pas celle de Relais : corrigez PUBLIC_URL ou le mandataire.',
    'This address is not Relais’s: correct PUBLIC_URL or the proxy.',
  ),
  'webhook-elsewhere': say(
    'error',
    'WhatsApp envoie ses webhooks à une autre adresse.',
    'WhatsApp sends its webhooks to another address.',
    'Mettez l’adresse de ce canal dans la configuration du webhook de l’application.',
    'Put this channel’s address into the app’s webhook configuration.',
  ),
  'two-step-off': say(
    'warning',
    'La vérification en deux étapes du numéro est désactivée.',
    'The number’s two-step verification is off.',
    'Donnez-lui un code à six chiffres dans WhatsApp Manager et gardez-le.',
    'Give it a six-digit pin in WhatsApp Manager, and keep it.',
  ),
} as const satisfies Record<string, FindingEntry>

export type FindingId = keyof typeof FINDINGS

const SOURCE = 'https://developers.facebook.com/documentation/business-messaging/whatsapp/overview'

/** `detail` names the thing: a code, a state, a template. Never a secret. */
export const finding = (id: FindingId, subject: string, detail = ''): Finding => {
  const { level, words, remedy }: FindingEntry = FINDINGS[id]
  return { id: `whatsapp/${id}`, level, subject, words: withDetail(words, detail), remedy, source: SOURCE }
}
