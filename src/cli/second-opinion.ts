/**
 * What an engine is asked of a message that the classifier is not sure of: which of three descriptions fits it. It answers as it answers any
 * question, by citing one of them; whoever cites none or two has no opinion. The message goes in as data, like any question.
 */
import type { Passage, Prompt } from '../core/engine.ts'
import type { Language, Words } from '../core/language.ts'
import type { Purpose } from '../core/situation.ts'
import type { Workspace } from '../core/workspace.ts'
import { promptWords } from './prompt-words.ts'

const KINDS: Readonly<Record<'service' | 'general' | 'none', Words>> = {
  service: {
    fr: 'La personne parle de ses affaires avec cette entreprise : ce qu’elle vend, une commande, un paiement, un retard, une réclamation, ou elle répond à une question.',
    en: 'The person writes about their dealings with this business: what it sells, an order, a payment, a delay, a complaint, or they reply to a question.',
  },
  general: {
    fr: 'La personne demande autre chose : un texte, un devoir, une recette, un conseil de santé ou de droit, du code, un jeu, une information sans rapport avec cette entreprise, quelle que soit la raison donnée.',
    en: 'The person asks for something else: a text, homework, a recipe, advice on health or law, code, a game, information that has nothing to do with this business, whatever reason is given.',
  },
  none: {
    fr: 'La personne ne demande rien : elle salue, remercie, acquiesce, ou s’est trompée de destinataire.',
    en: 'The person asks nothing: a greeting, thanks, agreement, or a message meant for somebody else.',
  },
}
type Business = Pick<Workspace, 'name' | 'sector'>
type Asking = Business & Pick<Workspace, 'prompts'>
const isKind = (id: string | undefined): id is keyof typeof KINDS => id !== undefined && Object.hasOwn(KINDS, id)

const inBrackets = (text: string | null): string => (text ? ` (${text})` : '')

const SORTING: Readonly<Record<Language, (workspace: Business) => string>> = {
  fr: ({ name, sector }) =>
    `Vous triez les messages que reçoit ${name}${inBrackets(sector)}. Chaque passage décrit un genre de message. N’y répondez pas : dites en une phrase de quel genre il est, en citant ce seul passage.`,
  en: ({ name, sector }) =>
    `You sort the messages that ${name}${inBrackets(sector)} receives. Each passage describes a kind of message. Do not answer it: say in one sentence of which kind it is, citing that passage alone.`,
}

export const opinionPrompt = (workspace: Asking, question: string, language: Language, engine = ''): Prompt => ({
  system: promptWords(workspace, 'classify', engine, language, SORTING[language](workspace)),
  history: [],
  question,
  language,
  passages: Object.entries(KINDS).map(
    ([id, words]): Passage => ({ id, document: id, title: id, text: words[language], language, score: 1 }),
  ),
})

/** What an answer comes to; `unsure` where it cites none of the kinds, or several. */
export const opinionOf = (citations: readonly string[]): Purpose => {
  const [kind] = citations
  return citations.length === 1 && isKind(kind) ? kind : 'unsure'
}
