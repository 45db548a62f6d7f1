/** By law a customer is told when an AI speaks: at the latest when they ask. */
import { describe, expect, it } from 'vitest'
import { MINUTE, openPerson, TEN } from '../../../tests/support/deciding.ts'
import { wordsOf } from '../../core/content.ts'
import type { Change } from '../../core/store.ts'

const saidIn = (change: Change) => change.messages.filter(({ direction }) => direction === 'out').map(({ content }) => wordsOf(content))

describe('a customer who asks whether a machine answers', () => {
  it('is told so, and how to reach a person; no engine is asked and nobody is called', async () => {
    const person = await openPerson()
    const change = person.writes('t’es un robot ?', TEN)
    expect(saidIn(change)).toEqual([expect.stringMatching(/assistant IA de Voyages Lumière.*écrivez «.conseiller.»/s)])
    expect(change.jobs.filter(({ kind }) => kind === 'think')).toEqual([])
    expect(change.outbox).toHaveLength(1)
    expect(person.owner).toBe('journey')
  })

  it('is told in the language they ask in', async () => {
    const change = (await openPerson()).writes('Am I talking to a person?', TEN)
    expect(saidIn(change)).toEqual([expect.stringMatching(/AI assistant of Voyages Lumière.*write “adviser”/s)])
    expect(change.language).toBe('en')
  })

  it('is told before the step that waits is said again', async () => {
    const person = await openPerson()
    const question = saidIn(person.writes('voir ma réservation', TEN))
    const change = person.writes('qui es-tu ?', TEN + MINUTE)
    expect(saidIn(change)).toEqual([expect.stringContaining('assistant IA'), ...question])
    expect(change.state).toMatchObject({ journey: { awaits: 'answer', tries: 0 } })
  })

  it('is told at the menu too, which still counts and is not said again', async () => {
    const person = await openPerson()
    person.writes('bonjour', TEN)
    expect(saidIn(person.writes('qui es-tu ?', TEN + MINUTE))).toEqual([expect.stringContaining('assistant IA')])
    expect(saidIn(person.writes('Ma réservation', TEN + 2 * MINUTE))).toEqual([expect.stringContaining('référence')])
  })

  it('gets a person where that is the wish', async () => {
    const person = await openPerson()
    person.writes('je veux parler à un humain', TEN)
    expect(person.owner).toBe('agents')
  })

  it('gets no word from the machine where a person has the conversation', async () => {
    const person = await openPerson()
    person.writes('conseiller', TEN)
    expect(saidIn(person.writes('êtes-vous un robot ?', TEN + MINUTE))).toEqual([])
  })
})
