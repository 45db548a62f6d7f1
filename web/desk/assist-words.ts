/** The words of the AI's help with a reply. */
const fr = {
  group: 'Aide de l’IA',
  act: { draft: 'Brouillon', suggest: 'Réponses', summarise: 'Résumé' },
  what: {
    draft: 'L’IA prépare une réponse\u00a0; vous la relisez et l’envoyez',
    suggest: 'L’IA propose jusqu’à trois réponses courtes',
    summarise: 'L’IA résume cette conversation, pour vous seul',
  },
  busy: {
    draft: 'L’IA prépare un brouillon…',
    suggest: 'L’IA cherche des réponses…',
    summarise: 'L’IA résume la conversation…',
  },
  title: { draft: 'Brouillon de l’IA', suggest: 'Réponses proposées par l’IA', summarise: 'Résumé de l’IA' },
  read: 'Écrit par une IA, rien n’est parti. Relisez avant d’envoyer.',
  use: 'Reprendre dans la réponse',
  useThis: (text: string) => `Reprendre\u00a0: ${text}`,
  shut: 'Fermer l’aide de l’IA',
  sources: 'D’après\u00a0:',
  used: 'Ce texte vient d’une IA\u00a0: relisez-le, il partira en votre nom.',
  help: { draft: 'demander un brouillon à l’IA', suggest: 'lui demander des réponses', summarise: 'lui demander un résumé' },
}
const en: typeof fr = {
  group: 'The AI’s help',
  act: { draft: 'Draft', suggest: 'Replies', summarise: 'Summary' },
  what: {
    draft: 'The AI prepares a reply; you read it and send it',
    suggest: 'The AI suggests up to three short replies',
    summarise: 'The AI sums this conversation up, for you alone',
  },
  busy: { draft: 'The AI prepares a draft…', suggest: 'The AI looks for replies…', summarise: 'The AI sums the conversation up…' },
  title: { draft: 'The AI’s draft', suggest: 'Replies the AI suggests', summarise: 'The AI’s summary' },
  read: 'Written by an AI; nothing has left. Read it before you send it.',
  use: 'Take into the reply',
  useThis: (text) => `Take: ${text}`,
  shut: 'Close the AI’s help',
  sources: 'From:',
  used: 'This text is an AI’s: read it, it leaves in your name.',
  help: { draft: 'ask the AI for a draft', suggest: 'ask it for replies', summarise: 'ask it for a summary' },
}
export const ASSIST = { fr, en }
