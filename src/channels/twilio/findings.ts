/** What `relais doctor` may find about a sender at Twilio. */
import { type FindingEntry, say, withDetail } from '../../core/finding.ts'
import type { ChannelId } from '../../core/ids.ts'
import type { Finding } from '../../core/ports.ts'

const FINDINGS = {
  'login-refused': say(
    'error',
    'Twilio refuse accountSid et authToken.',
    'Twilio refuses accountSid and authToken.',
    'Reprenez-les dans la console de Twilio ; un jeton remplacé ne vaut plus.',
    'Take them from Twilio’s console; a token that was replaced is void.',
  ),
  'account-inactive': say(
    'error',
    'Le compte Twilio n’est pas actif : rien ne partira.',
    'The Twilio account is not active: nothing will leave.',
    'Voyez la console de Twilio et son assistance.',
    'See Twilio’s console and its support.',
  ),
  'number-unknown': say(
    'error',
    'Le numéro de from n’appartient pas à ce compte.',
    'The number in from does not belong to this account.',
    'Corrigez from, ou achetez ce numéro dans la console de Twilio.',
    'Correct from, or buy that number in the console of Twilio.',
  ),
  'number-without-sms': say(
    'error',
    'Le numéro de from n’envoie pas de SMS.',
    'The number in from sends no SMS.',
    'Choisissez un numéro qui porte SMS.',
    'Choose a number that carries SMS.',
  ),
  'webhook-elsewhere': say(
    'error',
    'Les SMS reçus par ce numéro ne sont pas annoncés à Relais.',
    'SMS that come to this number are not told to Relais.',
    'Dans la console de Twilio, donnez au numéro cette adresse sous « A message comes in », en HTTP POST.',
    'In Twilio’s console, give the number this address under “A message comes in”, by HTTP POST.',
  ),
  'no-replies': say(
    'notice',
    'Un nom d’expéditeur ne reçoit pas de réponse : STOP n’arrive jamais par ce canal.',
    'A sender name receives no answers: STOP never arrives on this channel.',
    'Dites dans chaque publicité où se désinscrire (un lien, un numéro court), ou prenez un numéro qui reçoit.',
    'Say in each piece of marketing where to unsubscribe (a link, a short code), or take a number that receives.',
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
    'Vérifiez PUBLIC_URL, le certificat et le serveur placé devant Relais.',
    'Check PUBLIC_URL, the certificate and the server in front of Relais.',
  ),
  'webhook-unsigned': say(
    'error',
    'Le webhook prend un appel mal signé.',
    'The webhook takes a call that is badly signed.',
    'Un autre programme répond à cette adresse : corrigez le serveur placé devant Relais.',
    'Another program answers at that address: correct the server in front of Relais.',
  ),
  'clock-skew': say(
    'error',
    'L’horloge de cette machine est fausse.',
    'This machine’s clock is wrong.',
    'Synchronisez-la (NTP) : les règles datées en dépendent.',
    'Synchronise it (NTP): dated rules depend on it.',
  ),
  'api-unreachable': say(
    'error',
    'L’API de Twilio ne répond pas.',
    'Twilio’s API does not answer.',
    'Vérifiez le réseau, le DNS et apiUrl.',
    'Check the network, DNS and apiUrl.',
  ),
} as const satisfies Record<string, FindingEntry>

export type FindingId = keyof typeof FINDINGS

/** `detail` names the thing, never a secret. */
export const finding = (id: FindingId, channel: ChannelId, detail = ''): Finding => {
  const { level, words, remedy } = FINDINGS[id]
  return { id: `twilio/${id}`, level, subject: channel, words: withDetail(words, detail), remedy }
}
