import { describe, expect, it } from 'vitest'
import { answerCarefully } from './careful.ts'

const fees = `Annuler son voyage : frais d’annulation
Combien cela coûte :
Les frais dépendent de la date à laquelle vous annulez. Nous gardons, sur le prix total :
- plus de 60 jours avant le départ : 10 % ;
- moins : 100 %.

Le reste vous est remboursé.`
const asking = (question: string, text = fees) => ({ question, passages: [{ number: '1', text }], abstention: 'NO_ANSWER' })

describe('the careful model', () => {
  it('says the passage’s first statements without its title and headings, and names the passage', () => {
    expect(answerCarefully(asking('Combien coûte une annulation ?'))).toBe(
      'Les frais dépendent de la date à laquelle vous annulez. Nous gardons, sur le prix total :\n- plus de 60 jours avant le départ : 10 % ;\n- moins : 100 %.\n\nLe reste vous est remboursé. [1]',
    )
  })

  it('abstains where the passage does not speak of what is asked', () => {
    expect(answerCarefully(asking('Mon hôtel a-t-il un sauna ?', 'Transferts\nLe bus passe à l’hôtel.'))).toBe('NO_ANSWER')
    expect(answerCarefully(asking('Où en est ma réservation ?', 'Réserver\nUne réservation se fait en ligne.'))).toBe('NO_ANSWER')
    expect(answerCarefully({ question: 'Bonjour', passages: [], abstention: undefined })).toBe('ABSTAIN')
  })

  it('sums a thread up in the language it is asked in, by what the customer wrote last and what answers that', () => {
    const thread = ['Le client\nBonjour', 'Nous\nJe suis l’assistant. Comment vous aider ?', 'Le client\nPuis-je partir le 3 mai ?']
    const asked = (texts: readonly string[]) => ({
      question: 'Où en est-on ? Résumez.',
      passages: texts.map((text, n) => ({ number: String(n + 1), text })),
      abstention: 'NO_ANSWER',
    })
    expect(answerCarefully(asked(thread))).toBe(
      'La dernière chose que le client nous a écrite est «\u00a0Puis-je partir le 3 mai ?\u00a0» [3]. La dernière chose que nous lui avons dite est «\u00a0Je suis l’assistant\u00a0» [2].',
    )
    expect(answerCarefully(asked(['The customer\nPuis-je payer en deux fois ?', 'We\nJe suis l’assistant. Oui, vous pouvez payer.']))).toBe(
      'The last thing that the customer wrote to us is “Puis-je payer en deux fois ?” [1]. The last thing that we told them is “Oui, vous pouvez payer” [2].',
    )
    expect(answerCarefully(asked(['Sinistre\nDégât des eaux. Payé.', 'Montant\n300 €']))).toBe(
      'Sinistre : Dégât des eaux. [1] Montant : 300 € [2]',
    )
    expect(answerCarefully(asked([]))).toBe('NO_ANSWER')
  })

  it('drafts no more than that somebody looks into it where only the thread is there to rest on', () => {
    const passages = [{ number: '1', text: 'Le client\nMon hôtel a-t-il un sauna ?' }]
    const asked = { question: 'Mon hôtel a-t-il un sauna ?', passages, abstention: 'NO_ANSWER' }
    const wanting = (content: string) => ({ messages: [{ role: 'system', content }] })
    expect(answerCarefully(asked, wanting('Répondez en dix phrases au plus'))).toBe(
      'Bonjour, vous nous avez écrit\u00a0: «\u00a0Mon hôtel a-t-il un sauna ?\u00a0». Je m’en occupe et je vous réponds ici. [1]',
    )
    expect(answerCarefully(asked, wanting('trois réponses possibles')).split('\n')).toHaveLength(3)
    expect(answerCarefully(asked, wanting('en trois phrases au plus'))).toBe('NO_ANSWER')
  })

  it('suggests whole statements, one on each line', () => {
    const messages = [{ role: 'system', content: 'Répondez par trois réponses possibles, chacune sur sa propre ligne' }]
    expect(answerCarefully(asking('Combien coûte une annulation ?'), { messages })).toBe(
      'Les frais dépendent de la date à laquelle vous annulez. [1]\nLe reste vous est remboursé. [1]',
    )
    expect(answerCarefully(asking('Mon hôtel a-t-il un sauna ?', 'Transferts\nLe bus passe à l’hôtel.'), { messages })).toBe('NO_ANSWER')
  })

  it('stops at a whole statement once it has said enough', () => {
    const long = `Bagages\n${Array.from({ length: 40 }, (_, n) => `Les bagages pèsent ${n} kg.`).join(' ')}`
    const said = answerCarefully(asking('Que pèsent les bagages ?', long))
    expect(said.length).toBeLessThan(440)
    expect(said).toMatch(/kg\. \[1\]$/)
  })
})
