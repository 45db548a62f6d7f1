/** What the evidence file says, in French and English. */
import type { Language } from '../core/language.ts'
import type { Asked, Author, Handled } from './tally.ts'

/** Of a hundred mentions of third persons those that masking saw: measured by its test, told in docs/evidence.md too. */
export const NAMES_OF_OTHERS = 52

type Names<K extends string> = Readonly<Record<K, string>>
export type EvidenceWords = {
  readonly title: (business: string) => string
  readonly period: (since: string, until: string) => string
  readonly made: (day: string) => string
  readonly declared: Names<'incidental' | 'primary'>
  readonly lead: string
  /** Under a share, and what it is of. */
  readonly figures: Names<'service' | 'general' | 'disclosed' | 'reachable'>
  readonly of: Readonly<Record<'questions' | 'first' | 'messages', (part: string, whole: string) => string>>
  readonly assumed: (count: string) => string
  readonly head: Names<
    | 'matters'
    | 'handling'
    | 'channels'
    | 'authors'
    | 'ai'
    | 'samples'
    | 'rules'
    | 'check'
    | 'matter'
    | 'questions'
    | 'share'
    | 'channel'
    | 'author'
    | 'messages'
    | 'fact'
    | 'number'
    | 'rulebook'
    | 'decisions'
  >
  readonly asked: Names<Asked>
  readonly handled: Names<Handled>
  readonly author: Names<Author>
  readonly ai: Names<'messages' | 'first' | 'firstDisclosed' | 'personReachable' | 'personOffered'>
  readonly how: readonly string[]
  readonly drawn: (each: number) => string
  readonly seed: Names<'given' | 'made'>
  readonly masked: string
  readonly noQuestions: string
  readonly customer: string
  readonly noWords: string
  readonly held: string
  readonly rules: (rules: string) => string
  readonly current: string
  readonly key: string
  readonly verify: string
}

export const EVIDENCE_WORDS: Readonly<Record<Language, EvidenceWords>> = {
  fr: {
    title: (business) => `Usage de l’IA par ${business} : dossier de preuve`,
    period: (since, until) => `Du ${since} au ${until}`,
    made: (day) => `fait le ${day}`,
    declared: {
      incidental: 'L’entreprise déclare que l’IA est un outil de son service, et non ce service lui-même.',
      primary: 'L’entreprise déclare que l’IA est son service principal.',
    },
    lead: 'Ce dossier est compté et tiré des conversations enregistrées ; personne n’en a choisi les exemples.',
    figures: {
      service: 'des questions portent sur l’activité de l’entreprise',
      general: 'portent sur un sujet général',
      disclosed: 'des premiers messages d’une IA disent qu’une IA parle',
      reachable: 'des messages d’une IA laissent joindre une personne dans le même fil',
    },
    of: {
      questions: (part, whole) => `${part} sur ${whole} questions classées`,
      first: (part, whole) => `${part} sur ${whole} premiers messages`,
      messages: (part, whole) => `${part} sur ${whole} messages`,
    },
    assumed: (count) =>
      `Rien n’avait classé ${count} autres questions : tenues pour l’activité de l’entreprise, elles n’entrent pas dans ces parts.`,
    head: {
      matters: 'Ce qui a été demandé',
      handling: 'Comment il y a été répondu',
      channels: 'Par canal',
      authors: 'Qui a écrit',
      ai: 'Ce que l’IA a dit d’elle-même',
      samples: 'Exemples tirés au sort',
      rules: 'Les règles qui ont décidé',
      check: 'Vérifier ce dossier',
      matter: 'Sujet',
      questions: 'Questions',
      share: 'Part',
      channel: 'Canal',
      author: 'Auteur',
      messages: 'Messages',
      fact: 'Fait',
      number: 'Nombre',
      rulebook: 'Recueil de règles (SHA-256)',
      decisions: 'Décisions',
    },
    asked: {
      service: 'l’activité de l’entreprise',
      general: 'un sujet général',
      none: 'ni l’un ni l’autre (bonjour, merci)',
      unsure: 'incertain',
      assumed: 'non classé : tenu pour l’activité de l’entreprise',
      unjudged: 'non classé : aucune réponse à juger',
    },
    handled: {
      ai: 'une IA a répondu',
      quoted: 'le texte de l’entreprise, cité sans modèle',
      journey: 'un parcours écrit par l’entreprise',
      person: 'une personne a répondu',
      elsewhere: 'adressé à un autre canal',
      'turned-away': 'écarté en une phrase',
      house: 'une phrase fixe de Relais',
      program: 'un programme de l’entreprise a écrit',
      held: 'retenu pour une personne',
      refused: 'refusé par une règle',
      unanswered: 'sans réponse',
    },
    author: {
      ai: 'une IA',
      quoted: 'le texte de l’entreprise, cité sans modèle',
      journey: 'un parcours écrit par l’entreprise',
      person: 'une personne',
      house: 'une phrase fixe de Relais',
      program: 'un programme de l’entreprise',
      platform: 'l’agent de la plateforme',
    },
    ai: {
      messages: 'Messages d’une IA qui sont partis',
      first: 'dont premiers messages à quelqu’un (depuis qu’une personne a parlé, ou depuis toujours)',
      firstDisclosed: 'dont premiers messages disant qu’une IA parle',
      personReachable: 'Messages d’une IA auxquels le client pouvait répondre en demandant une personne',
      personOffered: 'Messages d’une IA montrant eux-mêmes le chemin vers une personne',
    },
    how: [
      'Ce qu’un client écrit d’affilée est une question ; ce qui lui est dit avant qu’il écrive de nouveau en est la réponse.',
      'Le sujet est celui que la décision sur la réponse a enregistré ; la manière, la première de la liste qui est vraie de la réponse.',
    ],
    drawn: (each) =>
      `Tirage : ${each} questions au plus par sujet, celles dont l’empreinte SHA-256 de la graine et de l’identifiant est la plus petite.`,
    seed: { given: 'Graine, donnée par qui a demandé le dossier', made: 'Graine, tirée de la clé et de la période' },
    masked: `Ce qui est connu du client (nom, numéros, adresses, références) et les identifiants qui se vérifient d’eux-mêmes sont remplacés par un mot entre crochets. Le nom d’une autre personne, cité dans un message, peut subsister : dans nos propres essais, ${NAMES_OF_OTHERS} sur 100 ont été masqués.`,
    noQuestions: 'Aucune question dans cette période.',
    customer: 'Client',
    noWords: '(sans texte)',
    held: 'pas parti',
    rules: (rules) => `règles : ${rules}`,
    current: 'En usage quand ce dossier a été fait',
    key: 'La clé publique, telle que l’entreprise l’a imprimée',
    verify:
      'La dernière ligne de ce fichier signe tout ce qui la précède avec cette clé. Comparez-la à celle que l’entreprise a imprimée (« relais key show evidence »), puis vérifiez, sans réseau, par « relais evidence verify FICHIER --key CLÉ » ou par tout programme qui connaît Ed25519.',
  },
  en: {
    title: (business) => `How ${business} uses AI: evidence file`,
    period: (since, until) => `From ${since} to ${until}`,
    made: (day) => `made on ${day}`,
    declared: {
      incidental: 'The business declares that AI is a tool of its service and not that service itself.',
      primary: 'The business declares that AI is its main service.',
    },
    lead: 'This file is counted and drawn from the recorded conversations; nobody picked its examples.',
    figures: {
      service: 'of the questions are about the business’s own matters',
      general: 'are about a general matter',
      disclosed: 'of an AI’s first messages say that an AI speaks',
      reachable: 'of an AI’s messages let a person be reached in the same thread',
    },
    of: {
      questions: (part, whole) => `${part} of ${whole} questions classified`,
      first: (part, whole) => `${part} of ${whole} first messages`,
      messages: (part, whole) => `${part} of ${whole} messages`,
    },
    assumed: (count) =>
      `Nothing classified ${count} more questions: they were taken for the business’s own matters, and are not part of these shares.`,
    head: {
      matters: 'What was asked',
      handling: 'How it was handled',
      channels: 'By channel',
      authors: 'Who wrote',
      ai: 'What the AI said of itself',
      samples: 'Examples drawn by lot',
      rules: 'The rules that decided',
      check: 'Checking this file',
      matter: 'Matter',
      questions: 'Questions',
      share: 'Share',
      channel: 'Channel',
      author: 'Author',
      messages: 'Messages',
      fact: 'Fact',
      number: 'Number',
      rulebook: 'Rulebook (SHA-256)',
      decisions: 'Decisions',
    },
    asked: {
      service: 'the business’s own matters',
      general: 'a general matter',
      none: 'neither (hello, thanks)',
      unsure: 'unsure',
      assumed: 'not classified: taken for the business’s own',
      unjudged: 'not classified: no answer to judge',
    },
    handled: {
      ai: 'an AI answered',
      quoted: 'the business’s own text, quoted without a model',
      journey: 'a flow that the business wrote',
      person: 'a person answered',
      elsewhere: 'led to another channel',
      'turned-away': 'turned away in one sentence',
      house: 'a fixed sentence of Relais',
      program: 'a program of the business wrote',
      held: 'held for a person',
      refused: 'refused by a rule',
      unanswered: 'no answer',
    },
    author: {
      ai: 'an AI',
      quoted: 'the business’s own text, quoted without a model',
      journey: 'a flow that the business wrote',
      person: 'a person',
      house: 'a fixed sentence of Relais',
      program: 'a program of the business',
      platform: 'the platform’s own agent',
    },
    ai: {
      messages: 'Messages of an AI that left',
      first: 'of them first messages to somebody (since a person last spoke, or ever)',
      firstDisclosed: 'of them first messages that say an AI speaks',
      personReachable: 'Messages of an AI that the customer could answer by asking for a person',
      personOffered: 'Messages of an AI that show the way to a person themselves',
    },
    how: [
      'What a customer writes in a row is one question; what is said to them before they write again is its answer.',
      'The matter is the one that the decision on the answer recorded; the handling is the first of the list that is true of the answer.',
    ],
    drawn: (each) => `Drawn: at most ${each} questions of each matter, those for which the SHA-256 of seed and id is smallest.`,
    seed: { given: 'Seed, given by whoever asked for the file', made: 'Seed, made of the key and the period' },
    masked: `What is known of the customer (name, numbers, addresses, references) and identifiers that prove themselves stand as a word in brackets. The name of another person in a message may remain: in our own tests ${NAMES_OF_OTHERS} of 100 were masked.`,
    noQuestions: 'No question in this period.',
    customer: 'Customer',
    noWords: '(no text)',
    held: 'did not leave',
    rules: (rules) => `rules: ${rules}`,
    current: 'In use when this file was made',
    key: 'The public key, as the business printed it',
    verify:
      'The last line of this file signs all that stands before it with this key. Compare it with the one that the business printed (“relais key show evidence”), then check, offline, by “relais evidence verify FILE --key KEY” or by any program that knows Ed25519.',
  },
}
