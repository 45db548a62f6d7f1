/** Words that several pages share. */
import type { Language } from '../../src/core/language.ts'

type Named = Readonly<Record<string, string>>

const fr = {
  /** Media, and the names that channels of them mostly have. */
  media: {
    whatsapp: 'WhatsApp',
    sms: 'SMS',
    email: 'e-mail',
    mail: 'e-mail',
    voice: 'rappel',
    calls: 'rappel',
    web: 'chat web',
    site: 'chat web',
  } as Named,
  retry: 'Réessayer',
  source: 'source',
  newTab: '(nouvel onglet)',
  agents: 'Conseillers',
  passesTo: 'passe la main à',
  movesTo: 'puis, faute d’être remis, par',
  late: (time: string) =>
    `Remis après coup, à ${time} : le client l’avait déjà par un autre canal. Rien ne lui est redemandé, et le double coût est compté.`,
  moved: 'passé à un autre canal',
  offline: 'Connexion perdue. La page se remet à jour dès que Relais répond.',
  failed: 'Relais n’a pas pu répondre.',
  status: {
    received: 'reçu',
    queued: 'attend son tour',
    postponed: 'remis à plus tard',
    held: 'retenu',
    sending: 'en train de partir',
    unknown: 'sort incertain',
    accepted: 'accepté',
    sent: 'envoyé',
    delivered: 'remis',
    read: 'lu',
    failed: 'échec',
    refused: 'refusé',
    cancelled: 'annulé',
  },
  author: {
    customer: 'Client',
    journey: (name: string) => `Parcours « ${name} »`,
    engine: (name: string) => `Moteur « ${name} »`,
    api: (name: string) => `Programme « ${name} »`,
    system: 'Relais',
    platform: 'Agent de la plateforme',
  },
  owner: {
    journey: 'automatique',
    engine: 'moteur IA',
    agents: 'attend un conseiller',
    platform: 'tenue par la plateforme',
    mine: 'à vous',
    agent: (name: string) => `tenue par ${name}`,
  },
  what: {
    image: 'Photo',
    video: 'Vidéo',
    document: 'Document',
    audio: 'Message vocal',
    sticker: 'Autocollant',
    location: 'Lieu',
    contacts: 'Contact',
    reaction: 'Réaction',
    unreact: 'Réaction retirée',
    form: 'Formulaire rempli',
    order: 'Commande',
    unsupported: 'Contenu que la plateforme ne transmet pas',
    empty: 'Message sans texte',
    revoked: 'Message supprimé par le client',
    edited: 'modifié',
  },
}

const en: typeof fr = {
  media: {
    whatsapp: 'WhatsApp',
    sms: 'SMS',
    email: 'e-mail',
    mail: 'e-mail',
    voice: 'call-back',
    calls: 'call-back',
    web: 'web chat',
    site: 'web chat',
  },
  retry: 'Try again',
  source: 'source',
  newTab: '(new tab)',
  agents: 'Agents',
  passesTo: 'hands over to',
  movesTo: 'then, as it was not delivered, by',
  late: (time) =>
    `Delivered after all, at ${time}: the customer already had it by another channel. They are asked nothing again, and the double cost is counted.`,
  moved: 'moved to another channel',
  offline: 'Connection lost. The page updates itself as soon as Relais answers.',
  failed: 'Relais could not answer.',
  status: {
    received: 'received',
    queued: 'waits its turn',
    postponed: 'put off',
    held: 'held',
    sending: 'leaving',
    unknown: 'fate uncertain',
    accepted: 'accepted',
    sent: 'sent',
    delivered: 'delivered',
    read: 'read',
    failed: 'failed',
    refused: 'refused',
    cancelled: 'cancelled',
  },
  author: {
    customer: 'Customer',
    journey: (name) => `Journey “${name}”`,
    engine: (name) => `Engine “${name}”`,
    api: (name) => `Program “${name}”`,
    system: 'Relais',
    platform: 'Platform’s agent',
  },
  owner: {
    journey: 'automatic',
    engine: 'AI engine',
    agents: 'waits for a person',
    platform: 'held by the platform',
    mine: 'yours',
    agent: (name) => `held by ${name}`,
  },
  what: {
    image: 'Picture',
    video: 'Video',
    document: 'Document',
    audio: 'Voice message',
    sticker: 'Sticker',
    location: 'Place',
    contacts: 'Contact',
    reaction: 'Reaction',
    unreact: 'Reaction taken back',
    form: 'Filled-in form',
    order: 'Order',
    unsupported: 'Something the platform does not pass on',
    empty: 'Message without text',
    revoked: 'Deleted by the customer',
    edited: 'edited',
  },
}

export const SHARED = { fr, en }
export type Shared = typeof fr

/** A vowel, or an h that French does not breathe: "Hélène", "Hugo"; "Hassan" and "Yasmine" keep their "de". */
const ELIDES = /^(?:[aeiouàâäéèêëîïôöùûüæœ]|h(?:[eéèêi]|o(?!u)|u[bg]|y)|y(?![aeiouéè]))/iu
/** "d’Emily", "de Claire". */
export const ofName = (name: string): string => `${ELIDES.test(name.normalize('NFC')) ? 'd’' : 'de '}${name}`

/** A medium as people call it; a channel that is called something else stays as it is. */
export const mediumName = (name: string, words: Shared): string => words.media[name] ?? name

/** "agent:claire" → "Claire". */
export const agentName = (author: string): string => {
  const id = author.split(':').slice(1).join(':')
  return id.charAt(0).toUpperCase() + id.slice(1)
}

/** Who wrote a message, in a few words. */
export const authorName = (author: string, words: Shared): string => {
  const [kind = '', name = ''] = [author.split(':')[0], author.split(':').slice(1).join(':')]
  if (kind === 'agent') return agentName(author)
  if (kind === 'journey' || kind === 'engine' || kind === 'api') return words.author[kind](name)
  return kind === 'customer' || kind === 'platform' ? words.author[kind] : words.author.system
}

/** Who speaks in a conversation, and how that stands: `waits` where a person is waited for. */
export const ownerWords = (
  owner: string,
  me: string,
  words: Shared,
): { readonly text: string; readonly state: '' | 'waits' | 'flows' | 'unknown' } => {
  if (owner === 'agents') return { text: words.owner.agents, state: 'waits' }
  if (owner === `agent:${me}`) return { text: words.owner.mine, state: 'flows' }
  if (owner.startsWith('agent:')) return { text: words.owner.agent(agentName(owner)), state: '' }
  if (owner === 'platform') return { text: words.owner.platform, state: 'unknown' }
  return { text: owner === 'engine' ? words.owner.engine : words.owner.journey, state: '' }
}

/** Text in the person's language. */
export const inLanguage = (words: { readonly fr: string; readonly en: string }, language: Language): string => words[language]
