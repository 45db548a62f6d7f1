/** What a drill's report says, in both languages. */
import type { Language, Words } from '../core/language.ts'
import type { Failure } from './drill-report.ts'

type Telling = {
  readonly title: (cut: string, ok: boolean) => string
  readonly lead: (mode: 'shadow' | 'live', contacts: string, traffic: string) => string
  readonly traffic: Readonly<Record<'generated' | 'recorded' | 'cohort', string>>
  readonly when: (day: string, from: string, to: string) => string
  readonly how: Readonly<Record<string, string>>
  /** What is counted has the form for one, and for several. */
  readonly figures: Readonly<Record<'switched' | 'time' | 'price', string> & Record<'lost' | 'consent', readonly [string, string]>>
  readonly notes: {
    readonly switched: (switched: string, affected: string) => string
    readonly time: (slowest: string) => string
    readonly none: string
    readonly lost: (doubled: string, flagged: string) => string
    readonly consent: (seen: string) => string
    readonly price: (without: string) => string
    readonly priceUnknown: string
    readonly unpriced: (cut: string, uncut: string) => string
  }
  readonly head: Readonly<
    Record<
      | 'failed'
      | 'held'
      | 'checks'
      | 'check'
      | 'count'
      | 'verdict'
      | 'times'
      | 'where'
      | 'channel'
      | 'messages'
      | 'unreachable'
      | 'ruled'
      | 'rule'
      | 'why'
      | 'questions'
      | 'noticed'
      | 'cut'
      | 'signature'
      | 'conversations'
      | 'within'
      | 'authors'
      | 'author',
      string
    >
  >
  readonly checks: Readonly<Record<Failure['what'], string>>
  readonly ok: string
  readonly bad: string
  readonly within: (ms: string | null) => string
  readonly later: (count: string) => string
  readonly heldBack: (count: string) => string
  readonly overtaken: (count: string) => string
  readonly questions: Readonly<Record<'asked' | 'answered' | 'people' | 'nobody', string>>
  readonly noticed: (id: string, after: string | null) => string
  readonly byHand: (id: string) => string
  readonly allWell: string
  readonly verify: string
  readonly key: string
  readonly rulebook: string
  readonly oracle: string
}

export const DRILL_WORDS: Readonly<Record<Language, Telling>> = {
  fr: {
    title: (cut, ok) => `Exercice\u00a0: ${cut}. ${ok ? 'Le plan B a tenu' : 'Le plan B n’a pas tenu'}`,
    lead: (mode, contacts, traffic) =>
      mode === 'shadow'
        ? `Répétition à blanc avec ${contacts} clients inventés\u00a0: rien n’a quitté la machine. ${traffic}`
        : `Exercice réel avec ${contacts} personnes qui ont accepté d’y prendre part.`,
    traffic: {
      generated: 'Le trafic est tiré des parcours, des connaissances et des modèles de l’entreprise.',
      recorded:
        'Le trafic a la forme de celui des derniers jours\u00a0: adresses, accords et catégories, sans aucun texte ni aucune adresse réelle.',
      cohort: '',
    },
    when: (day, from, to) => `Coupure le ${day}, de ${from} à ${to}`,
    how: {
      cohort: 'pour ces personnes seulement',
      banned: 'le compte est fermé',
      refuses: 'le fournisseur refuse chaque envoi',
      silent: 'le fournisseur accepte et ne remet rien',
      down: 'le fournisseur ne répond plus',
    },
    figures: {
      switched: 'passés par un autre canal',
      time: 'pour changer de canal',
      lost: ['perdu', 'perdus'],
      consent: ['envoi sans accord', 'envois sans accord'],
      price: 'd’écart de prix',
    },
    notes: {
      switched: (switched, affected) => `${switched} messages sur les ${affected} que la coupure touchait`,
      time: (slowest) => `médiane par conversation\u00a0; la plus lente ${slowest}`,
      none: 'aucune conversation n’a changé de canal',
      lost: (doubled, flagged) => `en double\u00a0: ${doubled}\u00a0; peut-être en double et signalés\u00a0: ${flagged}`,
      consent: (seen) => `sur ${seen} messages que les clients ont vus`,
      price: (without) => `${without} sans la coupure`,
      priceUnknown: 'inconnu',
      unpriced: (cut, uncut) => `sans prix connu\u00a0: ${cut} envois, ${uncut} sans la coupure (rules/prices)`,
    },
    head: {
      failed: 'Ce qui n’a pas tenu, et que faire',
      held: 'Ce qui a tenu',
      checks: 'Les promesses, une à une',
      check: 'Promesse',
      count: 'Écarts',
      verdict: 'Verdict',
      times: 'Combien de temps a pris le changement de canal',
      where: 'Par où les messages sont passés',
      channel: 'Canal',
      messages: 'Messages',
      unreachable: 'Qui n’a pas été joint, et pourquoi',
      ruled: 'Ce qu’une règle a fait attendre ou a refusé',
      rule: 'Règle',
      why: 'Raison',
      questions: 'Questions posées pendant la coupure',
      noticed: 'Quand Relais a vu la coupure',
      cut: 'Ce qui a été coupé',
      signature: 'Vérifier ce rapport',
      conversations: 'Conversations',
      within: 'En moins de',
      authors: 'Qui a parlé pendant la coupure',
      author: 'Auteur',
    },
    checks: {
      lost: 'Rien de ce qui était reçu ou envoyé n’est perdu',
      doubled: 'Rien n’arrive deux fois sans être signalé',
      'out-of-order': 'Les messages d’un client arrivent dans l’ordre',
      'without-consent': 'Personne ne reçoit un message sur un canal sans l’avoir accepté',
      missed: 'Qui avait accepté un autre canal y est joint',
      'no-way': 'Un autre canal prend le relais',
      unanswered: 'Chaque question a une réponse ou un conseiller',
      unnoticed: 'Relais voit la coupure de lui-même',
    },
    ok: 'tenue',
    bad: 'rompue',
    within: (ms) => (ms === null ? 'plus long' : `${ms} ou moins`),
    later: (count) => `${count} ont attendu que le canal revienne.`,
    heldBack: (count) => `${count} attendent un conseiller, comme les règles le demandent.`,
    overtaken: (count) => `${count} ont été vus après un plus récent\u00a0: le fournisseur les avait retenus.`,
    questions: { asked: 'posées', answered: 'ont eu leur réponse', people: 'sont chez un conseiller', nobody: 'sont restées sans rien' },
    noticed: (id, after) => (after === null ? `${id}\u00a0: jamais` : `${id}\u00a0: après ${after}`),
    byHand: (id) => `Quand le fournisseur est revenu, il a fallu le reprendre à la main\u00a0: relais resume ${id}`,
    allWell: 'Toutes les promesses ont tenu. Refaites l’exercice dans un mois, et chaque fois que les canaux ou les plans changent.',
    verify:
      'Ce fichier est signé à sa dernière ligne\u00a0: «\u00a0relais evidence verify FICHIER\u00a0» dit si un octet a changé, et qui l’a signé.',
    key: 'Clé publique',
    rulebook: 'Recueil de règles',
    oracle:
      'Ce que les clients ont vu est compté d’après les registres des fournisseurs, et comparé aux nôtres\u00a0: ce que nous croyons avoir remis et que personne n’a vu compte comme perdu.',
  },
  en: {
    title: (cut, ok) => `Drill: ${cut}. ${ok ? 'The plan B held' : 'The plan B did not hold'}`,
    lead: (mode, contacts, traffic) =>
      mode === 'shadow'
        ? `A dry run with ${contacts} invented customers: nothing left the machine. ${traffic}`
        : `A live drill with ${contacts} people who agreed to take part.`,
    traffic: {
      generated: 'The traffic is made of the business’s journeys, knowledge and templates.',
      recorded: 'The traffic has the shape of the last days’: addresses, consents and categories, without any real text or address.',
      cohort: '',
    },
    when: (day, from, to) => `Cut on ${day}, from ${from} to ${to}`,
    how: {
      cohort: 'for these people only',
      banned: 'the account is closed',
      refuses: 'the provider refuses each send',
      silent: 'the provider accepts and delivers nothing',
      down: 'the provider does not answer',
    },
    figures: {
      switched: 'went by another channel',
      time: 'to change channels',
      lost: ['lost', 'lost'],
      consent: ['send without consent', 'sends without consent'],
      price: 'difference in price',
    },
    notes: {
      switched: (switched, affected) => `${switched} of the ${affected} messages that the cut touched`,
      time: (slowest) => `median of conversations; the slowest ${slowest}`,
      none: 'no conversation changed channels',
      lost: (doubled, flagged) => `doubled: ${doubled}; perhaps doubled, and flagged: ${flagged}`,
      consent: (seen) => `of ${seen} messages that customers saw`,
      price: (without) => `${without} without the cut`,
      priceUnknown: 'not known',
      unpriced: (cut, uncut) => `without a known price: ${cut} sends, ${uncut} without the cut (rules/prices)`,
    },
    head: {
      failed: 'What did not hold, and what to do',
      held: 'What held',
      checks: 'The promises, one by one',
      check: 'Promise',
      count: 'Breaches',
      verdict: 'Verdict',
      times: 'How long it took to change channels',
      where: 'Which way the messages went',
      channel: 'Channel',
      messages: 'Messages',
      unreachable: 'Who was not reached, and why',
      ruled: 'What a rule let wait, or refused',
      rule: 'Rule',
      why: 'Reason',
      questions: 'Questions asked during the cut',
      noticed: 'When Relais saw the cut',
      cut: 'What was cut',
      signature: 'Check this report',
      conversations: 'Conversations',
      within: 'Within',
      authors: 'Who spoke during the cut',
      author: 'Author',
    },
    checks: {
      lost: 'Nothing received or sent is lost',
      doubled: 'Nothing comes twice without being flagged',
      'out-of-order': 'A customer’s messages come in order',
      'without-consent': 'Nobody is written to on a channel they did not agree to',
      missed: 'Who agreed to another channel is reached there',
      'no-way': 'Another channel takes over',
      unanswered: 'Each question gets an answer or a person',
      unnoticed: 'Relais sees the cut by itself',
    },
    ok: 'kept',
    bad: 'broken',
    within: (ms) => (ms === null ? 'longer' : `${ms} or less`),
    later: (count) => `${count} waited until the channel was back.`,
    heldBack: (count) => `${count} wait for an agent, as the rules ask.`,
    overtaken: (count) => `${count} were seen after a later one: the provider had held them back.`,
    questions: { asked: 'asked', answered: 'got their answer', people: 'are with a person', nobody: 'got nothing' },
    noticed: (id, after) => (after === null ? `${id}: never` : `${id}: after ${after}`),
    byHand: (id) => `Once the provider was back, a person had to let it go on: relais resume ${id}`,
    allWell: 'All promises held. Rehearse again in a month, and whenever channels or plans change.',
    verify: 'This file is signed in its last line: “relais evidence verify FILE” says whether a byte was changed, and who signed it.',
    key: 'Public key',
    rulebook: 'Rulebook',
    oracle:
      'What customers saw is counted by the providers’ ledgers and held against ours: what we believe delivered and nobody saw counts as lost.',
  },
}

/** What to do about a promise that did not hold. */
export const REMEDIES: Readonly<Record<Failure['what'], Words>> = {
  lost: {
    fr: 'Ne vous fiez pas à ce plan\u00a0: envoyez ce rapport à qui tient Relais à jour chez vous, avec sa graine\u00a0; elle rejoue exactement la même répétition.',
    en: 'Do not rely on this plan: hand this report to whoever keeps Relais up to date, with its seed; it repeats exactly the same rehearsal.',
  },
  doubled: {
    fr: 'Allongez l’attente du premier canal dans plans.reach, ou demandez «\u00a0success: accepted\u00a0» où une remise tardive est courante.',
    en: 'Give the first channel a longer wait in plans.reach, or ask for “success: accepted” where late delivery is common.',
  },
  'out-of-order': {
    fr: 'Envoyez ce rapport à qui tient Relais à jour chez vous, avec sa graine.',
    en: 'Hand this report to whoever keeps Relais up to date, with its seed.',
  },
  'without-consent': {
    fr: 'Arrêtez le plan («\u00a0relais pause\u00a0» sur le canal de secours) et envoyez ce rapport à qui tient Relais à jour chez vous.',
    en: 'Stop the plan (“relais pause” on the second channel) and hand this report to whoever keeps Relais up to date.',
  },
  missed: {
    fr: 'Regardez la raison ci-dessous\u00a0: un refus du fournisseur, ou un plan qui n’a pas d’étape pour cette catégorie (plans.reach).',
    en: 'Look at the reason below: a provider’s refusal, or a plan without a step for this category (plans.reach).',
  },
  'no-way': {
    fr: 'Écrivez un plan dans relais.yaml (plans.reach) avec un second canal, et recueillez des adresses\u00a0: étape de parcours «\u00a0collect\u00a0».',
    en: 'Write a plan in relais.yaml (plans.reach) with a second channel, and collect addresses: the journey step “collect”.',
  },
  unanswered: {
    fr: 'Terminez chaque plan de moteurs par le moteur «\u00a0extractive\u00a0», et vérifiez que les connaissances couvrent ces questions.',
    en: 'End each plan of engines with the engine “extractive”, and see that the knowledge covers these questions.',
  },
  unnoticed: {
    fr: 'Ce fournisseur ne dit pas qu’il ne remet plus rien\u00a0: surveillez les alertes, et coupez à la main («\u00a0relais pause CANAL\u00a0»).',
    en: 'This provider does not say that it delivers nothing any more: watch the alerts, and cut by hand (“relais pause CHANNEL”).',
  },
}

/** Why somebody was not reached, where no rule and no provider's code says so. */
export const WHY_WORDS: Readonly<Record<string, Words>> = {
  'no-other-way': { fr: 'aucun autre canal qu’ils aient accepté', en: 'no other channel that they agreed to' },
  'no-address': { fr: 'aucune adresse sur un canal qui marche', en: 'no address on a channel that works' },
  queued: { fr: 'attend encore le canal coupé', en: 'still waits for the channel that is cut' },
  postponed: { fr: 'attend encore', en: 'still waits' },
  unknown: { fr: 'issue inconnue', en: 'outcome unknown' },
  accepted: { fr: 'accepté par le fournisseur, jamais vu', en: 'accepted by the provider, never seen' },
  sent: { fr: 'parti, jamais vu', en: 'sent, never seen' },
  failed: { fr: 'échec', en: 'failed' },
  refused: { fr: 'refusé', en: 'refused' },
}

/** Milliseconds as people say them: 0,4 s · 12 s · 2 min 5 s · 1 h 10 min. */
export const spanIn = (ms: number, language: Language): string => {
  const nbsp = '\u00a0'
  if (ms < 10_000) return `${(ms / 1000).toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 1 })}${nbsp}s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds}${nbsp}s`
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  if (hours) return `${hours}${nbsp}h${minutes ? `${nbsp}${minutes}${nbsp}min` : ''}`
  return `${minutes}${nbsp}min${rest ? `${nbsp}${rest}${nbsp}s` : ''}`
}
