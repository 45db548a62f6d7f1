/** What `relais doctor` may find about an SMS service at OVHcloud. */
import { type FindingEntry, say, withDetail } from '../../core/finding.ts'
import type { ChannelId } from '../../core/ids.ts'
import type { Finding } from '../../core/ports.ts'

const FINDINGS = {
  'keys-refused': say(
    'error',
    'OVHcloud refuse les clés.',
    'OVHcloud refuses the keys.',
    'Vérifiez applicationKey, applicationSecret et consumerKey ; recréez-les sur eu.api.ovh.com/createToken avec GET et POST sur /sms/*.',
    'Check applicationKey, applicationSecret and consumerKey; make them anew at eu.api.ovh.com/createToken with GET and POST on /sms/*.',
  ),
  'service-unknown': say(
    'error',
    'Ce service SMS n’existe pas sous ces clés, ou n’est pas actif.',
    'There is no such SMS service under these keys, or it is not active.',
    'Reprenez serviceName dans l’espace client (Télécom > SMS).',
    'Take serviceName from the control panel (Telecom > SMS).',
  ),
  'no-credit': say(
    'error',
    'Le compte n’a plus de crédits SMS.',
    'The account is out of SMS credits.',
    'Rechargez-le, ou activez le rechargement automatique.',
    'Recharge it, or turn automatic recharging on.',
  ),
  'little-credit': say(
    'warning',
    'Il reste peu de crédits SMS.',
    'Few SMS credits are left.',
    'Rechargez le compte : un plan de secours sans crédits n’en est pas un.',
    'Recharge the account: a plan B without credits is none.',
  ),
  'sender-refused': say(
    'error',
    'OVHcloud n’a pas validé cet expéditeur.',
    'OVHcloud did not validate this sender.',
    'Demandez sa validation dans l’espace client, ou ôtez sender pour un numéro court.',
    'Ask for its validation in the control panel, or leave sender out for a short code.',
  ),
  'no-replies': say(
    'notice',
    'Un nom d’expéditeur ne reçoit pas de réponse : STOP n’arrive qu’au numéro que l’opérateur ajoute.',
    'A sender name receives no answers: STOP arrives only at the number that the operator adds.',
    'Ôtez sender pour un numéro court, auquel les clients peuvent répondre.',
    'Leave sender out for a short code, which customers can answer.',
  ),
  'statuses-elsewhere': say(
    'error',
    'Les accusés ne sont pas annoncés à Relais.',
    'Receipts are not told to Relais.',
    'Dans l’espace client, sous Options > Options générales, donnez cette adresse comme URL de callback.',
    'In the control panel, under Options > General options, give this address as the callback URL.',
  ),
  'answers-elsewhere': say(
    'error',
    'Les réponses des clients ne sont pas annoncées à Relais.',
    'Customers’ answers are not told to Relais.',
    'Par PUT /sms/<serviceName>, donnez smsResponse { responseType: cgi, cgiUrl: cette adresse }.',
    'By PUT /sms/<serviceName>, give smsResponse { responseType: cgi, cgiUrl: this address }.',
  ),
  'stops-elsewhere': say(
    'warning',
    'Les STOP que reçoit OVHcloud ne sont pas annoncés à Relais.',
    'STOP answers that OVHcloud receives are not told to Relais.',
    'Par PUT /sms/<serviceName>, donnez cette adresse comme stopCallBack.',
    'By PUT /sms/<serviceName>, give this address as stopCallBack.',
  ),
  'seal-unknown': say(
    'warning',
    'Le sceau de la maison n’existe pas encore, ou n’est pas ici : les adresses à saisir chez OVHcloud ne sont pas connues.',
    'The house’s seal does not exist yet, or is not here: the addresses to enter at OVHcloud are not known.',
    'Donnez RELAIS_SECRET, ou démarrez Relais une fois, et relancez doctor avec le même RELAIS_DATA.',
    'Set RELAIS_SECRET, or start Relais once, then run doctor again with the same RELAIS_DATA.',
  ),
  'webhook-unknown': say(
    'warning',
    'L’adresse publique n’est pas connue : aucun accusé n’arrivera.',
    'The public address is not known: no receipt will arrive.',
    'Donnez PUBLIC_URL : l’adresse https sous laquelle Internet voit Relais.',
    'Set PUBLIC_URL: the https address by which the internet sees Relais.',
  ),
  'webhook-unreachable': say(
    'error',
    'Le webhook ne répond pas à son adresse publique.',
    'The webhook does not answer at its public address.',
    'Vérifiez PUBLIC_URL, le certificat et le serveur placé devant Relais, qui doit garder l’adresse entière.',
    'Check PUBLIC_URL, the certificate and the server in front of Relais, which must keep the whole address.',
  ),
  'webhook-unsealed': say(
    'error',
    'Le webhook prend un appel sans le sceau.',
    'The webhook takes a call without the seal.',
    'Un autre programme répond à cette adresse : corrigez le serveur placé devant Relais.',
    'Another program answers at that address: correct the server in front of Relais.',
  ),
  'clock-skew': say(
    'error',
    'L’horloge de cette machine est fausse : OVHcloud refuse ce qui est signé avec elle.',
    'This machine’s clock is wrong: OVHcloud refuses what is signed by it.',
    'Synchronisez-la (NTP).',
    'Synchronise it (NTP).',
  ),
  'api-unreachable': say(
    'error',
    'L’API d’OVHcloud ne répond pas.',
    'OVHcloud’s API does not answer.',
    'Vérifiez le réseau, le DNS et apiUrl.',
    'Check the network, DNS and apiUrl.',
  ),
} as const satisfies Record<string, FindingEntry>

export type FindingId = keyof typeof FINDINGS

/** `detail` names the thing: an address to be entered in the control panel holds the house's seal, as it must. */
export const finding = (id: FindingId, channel: ChannelId, detail = ''): Finding => {
  const { level, words, remedy } = FINDINGS[id]
  return { id: `ovhcloud/${id}`, level, subject: channel, words: withDetail(words, detail), remedy }
}
