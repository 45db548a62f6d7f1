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

  it('sums a thread up by what was said last, with who said it', () => {
    const thread = ['Le client\nBonjour', 'Nous\nComment vous aider ?', 'Le client\nJe veux partir le 3 mai. Est-ce possible ?']
    const passages = thread.map((text, n) => ({ number: String(n + 1), text }))
    const asked = { question: 'Où en est-on ? Résumez.', passages, abstention: 'NO_ANSWER' }
    expect(answerCarefully(asked)).toBe('Nous : Comment vous aider ? [2] Le client : Je veux partir le 3 mai. [3]')
    expect(answerCarefully({ ...asked, passages: [] })).toBe('NO_ANSWER')
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
