/** What `relais doctor` can find wrong with a mailbox, in words. Each fault has an id of its own. */
import { type FindingEntry, say, withDetail } from '../../core/finding.ts'
import type { Finding } from '../../core/ports.ts'

const FINDINGS = {
  'smtp-unreachable': say(
    'error',
    'Le serveur d’envoi ne répond pas, ou pas en TLS.',
    'The outgoing server does not answer, or not by TLS.',
    'Vérifiez smtpHost et smtpPort (587 ou 465), le pare-feu et le certificat du serveur.',
    'Check smtpHost and smtpPort (587 or 465), the firewall and the server’s certificate.',
  ),
  'smtp-login': say(
    'error',
    'Le serveur d’envoi refuse l’identifiant ou le mot de passe.',
    'The outgoing server refuses the user or the password.',
    'Créez un mot de passe d’application pour Relais, puis mettez password (ou smtpPassword) à jour.',
    'Make an app password for Relais, then update password (or smtpPassword).',
  ),
  'no-delivery-reports': say(
    'notice',
    'Le serveur d’envoi ne confirme pas les remises (DSN) : un mail envoyé reste « accepté ».',
    'The outgoing server does not confirm deliveries (DSN): a mail sent stays “accepted”.',
    'Rien à faire ; un plan d’acheminement ne doit pas attendre « remis » sur ce canal.',
    'Nothing to do; a reach plan must not wait for “delivered” on this channel.',
  ),
  'imap-unreachable': say(
    'error',
    'Le serveur de réception ne répond pas, ou pas en TLS.',
    'The incoming server does not answer, or not by TLS.',
    'Vérifiez imapHost et imapPort (993 ou 143), le pare-feu et le certificat du serveur.',
    'Check imapHost and imapPort (993 or 143), the firewall and the server’s certificate.',
  ),
  'imap-login': say(
    'error',
    'Le serveur de réception refuse l’identifiant ou le mot de passe.',
    'The incoming server refuses the user or the password.',
    'Activez l’accès IMAP de la boîte et créez un mot de passe d’application pour Relais.',
    'Allow IMAP for the mailbox and make an app password for Relais.',
  ),
  'folder-missing': say(
    'error',
    'Un dossier à écouter n’existe pas.',
    'A folder to listen to does not exist.',
    'Corrigez folders : le nom est celui du serveur, avec ses majuscules.',
    'Correct folders: the name is the server’s own, with its capitals.',
  ),
  'no-idle': say(
    'warning',
    'Le serveur n’annonce pas les nouveaux mails (IDLE) : ils arrivent avec quelques minutes de retard.',
    'The server does not announce new mails (IDLE): they come some minutes late.',
    'Choisissez une boîte dont le serveur connaît IDLE.',
    'Choose a mailbox whose server knows IDLE.',
  ),
  'address-too-long': say(
    'warning',
    'L’adresse est trop longue pour porter la preuve de la réponse.',
    'The address is too long to carry the proof of an answer.',
    'Prenez une adresse d’au plus 21 caractères avant l’@, ou plusAddressing: false.',
    'Take an address of at most 21 characters before the @, or plusAddressing: false.',
  ),
  'spf-missing': say(
    'warning',
    'Le domaine de l’expéditeur ne publie pas de SPF.',
    'The sender’s domain publishes no SPF.',
    'Publiez l’enregistrement TXT « v=spf1 … » que donne le fournisseur d’envoi.',
    'Publish the TXT record “v=spf1 …” that the outgoing provider gives.',
  ),
  'dmarc-missing': say(
    'warning',
    'Le domaine de l’expéditeur ne publie pas de DMARC : les grandes messageries refusent ses envois en nombre.',
    'The sender’s domain publishes no DMARC: the large mail providers refuse its bulk mails.',
    'Publiez un enregistrement TXT sous _dmarc., au moins « v=DMARC1; p=none », et signez par DKIM.',
    'Publish a TXT record under _dmarc., at least “v=DMARC1; p=none”, and sign by DKIM.',
  ),
  'no-public-address': say(
    'notice',
    'Relais ne connaît pas son adresse publique : aucune offre ne peut partir par e-mail.',
    'Relais does not know its public address: no marketing can go by e-mail.',
    'Donnez PUBLIC_URL au démarrage : le lien de désinscription y mène.',
    'Give PUBLIC_URL at start: the unsubscribe link leads there.',
  ),
} as const satisfies Record<string, FindingEntry>

export type FindingId = keyof typeof FINDINGS

export const finding = (id: FindingId, subject: string, detail = ''): Finding => {
  const { level, words, remedy } = FINDINGS[id]
  return { id: `email/${id}`, level, subject, words: withDetail(words, detail), remedy }
}
