/** What the written plan B says, in both languages. */
import type { Language, Words } from '../core/language.ts'
import type { Single } from './plan.ts'

type Telling = {
  readonly title: (business: string) => string
  readonly lead: (day: string) => string
  /** The form for one, and for several. */
  readonly figures: Readonly<Record<'channels' | 'engines' | 'singles' | 'rehearsed', readonly [string, string]>>
  readonly notes: Readonly<Record<'channels' | 'engines' | 'singles' | 'rehearsed', string>>
  readonly head: Readonly<
    Record<
      | 'singles'
      | 'none'
      | 'channels'
      | 'engines'
      | 'plan'
      | 'next'
      | 'when'
      | 'rules'
      | 'price'
      | 'see'
      | 'people'
      | 'byHand'
      | 'told'
      | 'all'
      | 'signature',
      string
    >
  >
  readonly cut: (id: string) => string
  readonly end: string
  readonly atOnce: string
  readonly after: (span: string, success: string) => string
  readonly success: Readonly<Record<'accepted' | 'delivered' | 'read', string>>
  readonly if: (condition: string) => string
  readonly noRule: string
  readonly unknownPrice: string
  readonly see: {
    readonly next: (channels: string) => string
    readonly nothing: string
    readonly ownPeople: string
    readonly back: (id: string) => string
    readonly templates: (names: string) => string
    readonly plain: (channels: string) => string
    readonly engine: (next: string) => string
    readonly engineHome: string
    readonly engineNobody: string
  }
  readonly people: (all: string, still: string) => string
  readonly unused: string
  readonly uncounted: string
  readonly byHand: {
    readonly seen: string
    readonly telephones: string
    readonly pause: (id: string) => string
    readonly watch: string
    readonly person: string
    readonly resume: (id: string) => string
    readonly resumeOwn: (id: string) => string
    readonly rehearse: (id: string) => string
  }
  readonly told: (email: string, webhooks: string) => string
  readonly toldNobody: string
  readonly rehearsed: Readonly<Record<'held' | 'failed' | 'stale', (day: string) => string>> & { readonly never: string }
  readonly all: readonly string[]
  readonly verify: string
  readonly key: string
  readonly rulebook: string
}

export const PLAN_WORDS: Readonly<Record<Language, Telling>> = {
  fr: {
    title: (business) => `Plan B de ${business}`,
    lead: (day) =>
      `Ce qui se passe si un canal ou un moteur est coupé, et ce qu’il faut faire. Tiré de la configuration du ${day}\u00a0: refaites-le quand elle change, et gardez-en une copie sur papier.`,
    figures: {
      channels: ['canal', 'canaux'],
      engines: ['moteur', 'moteurs'],
      singles: ['point de défaillance unique', 'points de défaillance uniques'],
      rehearsed: ['coupure répétée avec succès', 'coupures répétées avec succès'],
    },
    notes: {
      channels: 'par lesquels vous joignez les clients',
      engines: 'qui répondent ou aident à répondre',
      singles: 'une seule panne y arrête quelque chose',
      rehearsed: 'depuis moins de 30 jours',
    },
    head: {
      singles: 'Là où une seule panne suffit',
      none: 'Aucun point de défaillance unique',
      channels: 'Si un canal est coupé',
      engines: 'Si un moteur est coupé',
      plan: 'Plan',
      next: 'Ensuite par',
      when: 'Quand',
      rules: 'Règles qui s’appliquent alors',
      price: 'Prix d’un message',
      see: 'Ce que voient les clients',
      people: 'Qui reste joignable',
      byHand: 'À faire à la main',
      told: 'Qui est prévenu',
      all: 'Si tout doit s’arrêter',
      signature: 'Vérifier ce plan',
    },
    cut: (id) => `${id} est coupé`,
    end: 'fin du plan\u00a0: le message attend, ou devient un brouillon pour un conseiller',
    atOnce: 'aussitôt',
    after: (span, success) => `après ${span} sans être ${success}\u00a0; aussitôt si le canal est coupé`,
    success: { accepted: 'accepté', delivered: 'remis', read: 'lu' },
    if: (condition) => `seulement si ${condition}`,
    noRule: 'aucune ne retient un message accepté par le client',
    unknownPrice: 'inconnu',
    see: {
      next: (channels) =>
        `Le message suivant leur arrive par ${channels}, à qui l’a accepté. S’ils y répondent, la conversation continue là\u00a0; c’est le même fil pour vos conseillers.`,
      nothing: 'Rien\u00a0: leurs messages et les vôtres attendent que le canal revienne.',
      ownPeople: 'Vos équipes les rappellent plus tard\u00a0: leurs demandes restent sur la liste.',
      back: (id) => `Dès qu’ils réécrivent par ${id}, la conversation y revient.`,
      templates: (names) => `Ces modèles n’existent que là\u00a0; ailleurs leurs mots partent comme un texte\u00a0: ${names}.`,
      plain: (channels) => `Les boutons deviennent une liste numérotée par ${channels}.`,
      engine: (next) => `Rien de visible\u00a0: la question passe à ${next}, en quelques secondes.`,
      engineHome:
        'Le dernier de la chaîne ne dépend de personne\u00a0: il cite vos connaissances mot pour mot, et passe la main à un conseiller quand il n’est pas sûr.',
      engineNobody: 'Sans réponse sûre, chaque question est passée à un conseiller.',
    },
    people: (all, still) => `${still} des ${all} contacts qui s’en servent ont accepté un autre canal.`,
    unused: 'Personne ne s’en sert encore.',
    uncounted: 'Personne ne les a comptés\u00a0: «\u00a0relais reach report\u00a0» les compte.',
    byHand: {
      seen: 'Vérifier que la panne vient bien du fournisseur\u00a0: relais doctor, et sa page d’état.',
      telephones: 'Vérifier les téléphones de vos équipes, et qui est là pour rappeler.',
      pause: (id) => `Si Relais ne l’a pas vue\u00a0: relais pause ${id}`,
      watch: 'Suivre les conversations qui attendent, et les brouillons retenus, sur le bureau des conseillers.',
      person: 'Prévenir vos équipes que les clients écrivent par un autre canal.',
      resume: (id) => `Quand le fournisseur est revenu\u00a0: relais resume ${id}`,
      resumeOwn: (id) => `Quand vos équipes peuvent rappeler\u00a0: relais resume ${id}`,
      rehearse: (id) => `Répéter la coupure une fois par mois\u00a0: relais drill --cut ${id}`,
    },
    told: (email, webhooks) => `Par alerte${email && `, par e-mail\u00a0: ${email}`}${webhooks && `, par webhook\u00a0: ${webhooks}`}.`,
    toldNobody: 'Personne\u00a0: les alertes ne paraissent que sur le bureau des conseillers.',
    rehearsed: {
      held: (day) => `répété le ${day}\u00a0: a tenu`,
      failed: (day) => `répété le ${day}\u00a0: n’a pas tenu`,
      stale: (day) => `répété le ${day}\u00a0: trop ancien`,
      never: 'jamais répété',
    },
    all: [
      'relais pause ai arrête partout et d’un coup tout ce qui parle sans qu’une personne l’ait écrit\u00a0; vos conseillers continuent d’écrire.',
      'relais resume ai reprend\u00a0; ce qui attendait repart, jugé de nouveau.',
    ],
    verify:
      'Ce fichier est signé à sa dernière ligne\u00a0: «\u00a0relais evidence verify FICHIER\u00a0» dit si un octet a changé, et qui l’a signé.',
    key: 'Clé publique',
    rulebook: 'Recueil de règles',
  },
  en: {
    title: (business) => `Plan B of ${business}`,
    lead: (day) =>
      `What happens if a channel or an engine is cut, and what to do. Made of the set-up of ${day}: make it anew when that changes, and keep a copy on paper.`,
    figures: {
      channels: ['channel', 'channels'],
      engines: ['engine', 'engines'],
      singles: ['single point of failure', 'single points of failure'],
      rehearsed: ['cut rehearsed with success', 'cuts rehearsed with success'],
    },
    notes: {
      channels: 'by which you reach customers',
      engines: 'that answer or help to answer',
      singles: 'one failure stops something there',
      rehearsed: 'in the last 30 days',
    },
    head: {
      singles: 'Where one failure is enough',
      none: 'No single point of failure',
      channels: 'If a channel is cut',
      engines: 'If an engine is cut',
      plan: 'Plan',
      next: 'Then by',
      when: 'When',
      rules: 'Rules that then apply',
      price: 'Price of a message',
      see: 'What customers see',
      people: 'Who stays reachable',
      byHand: 'To do by hand',
      told: 'Who is told',
      all: 'If everything has to stop',
      signature: 'Check this plan',
    },
    cut: (id) => `${id} is cut`,
    end: 'end of the plan: the message waits, or becomes a draft for an agent',
    atOnce: 'at once',
    after: (span, success) => `after ${span} without being ${success}; at once where the channel is cut`,
    success: { accepted: 'accepted', delivered: 'delivered', read: 'read' },
    if: (condition) => `only if ${condition}`,
    noRule: 'none keeps a message the customer agreed to',
    unknownPrice: 'not known',
    see: {
      next: (channels) =>
        `The next message reaches them by ${channels}, those who agreed to it. If they answer there, the conversation goes on there; to your agents it is the same thread.`,
      nothing: 'Nothing: their messages and yours wait until the channel is back.',
      ownPeople: 'Your people call them later: they stay on the list.',
      back: (id) => `As soon as they write by ${id} again, the conversation goes back there.`,
      templates: (names) => `These templates exist there only; elsewhere their words go as a text: ${names}.`,
      plain: (channels) => `Buttons become a numbered list by ${channels}.`,
      engine: (next) => `Nothing they would notice: the question goes to ${next}, within seconds.`,
      engineHome:
        'The last of the chain depends on nobody: it quotes your knowledge word for word, and hands over to a person when it is not sure.',
      engineNobody: 'Without a sure answer, each question is passed to a person.',
    },
    people: (all, still) => `${still} of the ${all} contacts who use it agreed to another channel.`,
    unused: 'Nobody uses it yet.',
    uncounted: 'Nobody counted them: “relais reach report” does.',
    byHand: {
      seen: 'See that the provider is at fault: relais doctor, and its status page.',
      telephones: 'See to your people’s telephones, and who is there to call.',
      pause: (id) => `If Relais has not seen it: relais pause ${id}`,
      watch: 'Follow the conversations that wait, and the drafts that are held, on the agents’ desk.',
      person: 'Tell your people that customers write by another channel.',
      resume: (id) => `When the provider is back: relais resume ${id}`,
      resumeOwn: (id) => `When your people can call again: relais resume ${id}`,
      rehearse: (id) => `Rehearse the cut once a month: relais drill --cut ${id}`,
    },
    told: (email, webhooks) => `By alert${email && `, by e-mail: ${email}`}${webhooks && `, by webhook: ${webhooks}`}.`,
    toldNobody: 'Nobody: alerts show on the agents’ desk only.',
    rehearsed: {
      held: (day) => `rehearsed on ${day}: it held`,
      failed: (day) => `rehearsed on ${day}: it did not hold`,
      stale: (day) => `rehearsed on ${day}: too long ago`,
      never: 'never rehearsed',
    },
    all: [
      'relais pause ai stops at once, everywhere, whatever speaks without a person having written it; your agents go on writing.',
      'relais resume ai lets it go on; what waited leaves then, judged anew.',
    ],
    verify: 'This file is signed in its last line: “relais evidence verify FILE” says whether a byte was changed, and who signed it.',
    key: 'Public key',
    rulebook: 'Rulebook',
  },
}

/** What is wrong about a single point of failure, and what to do about it. */
export const SINGLE_WORDS: Readonly<Record<Single, { readonly what: Words; readonly remedy: Words }>> = {
  'no-plan': {
    what: { fr: 'aucun plan ne dit par où continuer s’il est coupé', en: 'no plan says how to go on if it is cut' },
    remedy: {
      fr: 'Nommez-le dans plans.reach de relais.yaml, suivi d’un canal d’un autre fournisseur.',
      en: 'Name it in plans.reach of relais.yaml, followed by a channel of another provider.',
    },
  },
  'last-step': {
    what: { fr: 'son plan n’a pas d’étape suivante', en: 'its plan has no next step' },
    remedy: {
      fr: 'Ajoutez une étape à plans.reach, et recueillez des adresses avec une étape de parcours «\u00a0collect\u00a0».',
      en: 'Add a step to plans.reach, and collect addresses with a journey step “collect”.',
    },
  },
  'same-platform': {
    what: {
      fr: 'toutes les étapes suivantes dépendent de la même plateforme, qui peut fermer les deux à la fois',
      en: 'all next steps hang on the same platform, which can close both at once',
    },
    remedy: {
      fr: 'Ajoutez une étape par un autre moyen\u00a0: SMS, e-mail ou un rappel téléphonique.',
      en: 'Add a step by another means: text message, e-mail or a call back.',
    },
  },
  'no-other-engine': {
    what: { fr: 'aucun autre moteur ne prend sa suite', en: 'no other engine takes over from it' },
    remedy: {
      fr: 'Ajoutez le moteur «\u00a0extractive\u00a0» à la fin de chaque chaîne de plans.think\u00a0: il ne coûte rien et ne dépend de personne.',
      en: 'Add the engine “extractive” at the end of each chain of plans.think: it costs nothing and depends on nobody.',
    },
  },
  'no-home-engine': {
    what: { fr: 'toute la chaîne dépend de fournisseurs', en: 'the whole chain hangs on providers' },
    remedy: {
      fr: 'Terminez la chaîne par le moteur «\u00a0extractive\u00a0».',
      en: 'End the chain with the engine “extractive”.',
    },
  },
  'nobody-told': {
    what: { fr: 'personne n’est prévenu d’une coupure', en: 'nobody is told of a cut' },
    remedy: {
      fr: 'Écrivez qui réveiller dans «\u00a0alerts\u00a0» de relais.yaml\u00a0: des adresses, ou un webhook.',
      en: 'Write whom to wake in “alerts” of relais.yaml: addresses, or a webhook.',
    },
  },
}
