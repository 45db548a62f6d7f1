/** The step that asks for a second address: what it says, what an answer means, and where it goes on. */
import { describe, expect, it } from 'vitest'
import type { JourneyAction, Step } from '../core/journey.ts'
import { journeyOf, talk, text } from './sample.ts'

const COLLECT: Step = {
  kind: 'collect',
  collect: 'email',
  say: { fr: 'Votre adresse e-mail ?', en: 'Your e-mail address?' },
  words: { fr: 'Voyages Lumière vous écrira au sujet de votre voyage.', en: 'Voyages Lumière will write to you about your trip.' },
  for: ['service'],
  expires: 86_400_000,
  go: 'thanks',
  else: 'without',
}
const SMS: Step = { ...COLLECT, collect: 'sms', say: { fr: 'Votre portable ?', en: 'Your mobile?' } }
const REST: readonly Step[] = [
  { kind: 'say', say: 'Merci : {{answers.email}}', at: 'thanks', go: 'end' },
  { kind: 'say', say: 'Comme vous voulez.', at: 'without' },
]
const asking = (step: Step = COLLECT) => talk(journeyOf([step, ...REST]), { national: 'FR' })
const saidIn = ({ actions }: { actions: readonly JourneyAction[] }) =>
  actions.flatMap((action) => (action.type === 'say' && 'text' in action.content ? [action.content.text] : []))
const verifies = ({ actions }: { actions: readonly JourneyAction[] }) => actions.filter((action) => action.type === 'verify')

describe('asking for an e-mail address', () => {
  it('shows what is agreed to with the question, and a way to say no', () => {
    const { actions } = asking().start()
    expect(actions[0]).toMatchObject({
      type: 'say',
      content: {
        type: 'buttons',
        text: 'Votre adresse e-mail ?\n\nVoyages Lumière vous écrira au sujet de votre voyage.',
        buttons: [{ label: 'Non, merci' }],
      },
    })
  })

  it('has the address proven, with the very words that were shown', () => {
    const talked = asking()
    talked.start()
    expect(verifies(talked.write('c’est Jeanne@Example.fr'))).toEqual([
      {
        type: 'verify',
        kind: 'email',
        address: { kind: 'email', value: 'jeanne@example.fr' },
        words: 'Voyages Lumière vous écrira au sujet de votre voyage.',
        for: ['service'],
      },
    ])
    expect(talked.state()?.awaits).toBe('code')
  })

  it('takes no address from the message that began it, which agreed to nothing yet', () => {
    const talked = asking()
    expect(verifies(talked.start('mon adresse est jeanne@example.fr'))).toEqual([])
    expect(talked.state()?.awaits).toBe('address')
  })

  it('goes on with the address once it is confirmed', () => {
    const talked = asking()
    talked.start()
    talked.write('jeanne@example.fr')
    const outcome = talked.give({ type: 'confirmed', address: { kind: 'email', value: 'jeanne@example.fr' } })
    expect(saidIn(outcome)).toEqual(['Merci : jeanne@example.fr'])
  })

  it('goes the other way where it is not', () => {
    const talked = asking()
    talked.start()
    talked.write('jeanne@example.fr')
    expect(saidIn(talked.give({ type: 'unconfirmed' }))).toEqual(['Comme vous voulez.'])
  })

  for (const no of ['non', 'Non merci', 'no thanks', 'plus tard'])
    it(`lets the person off at “${no}”`, () => {
      const talked = asking()
      talked.start()
      const outcome = talked.write(no)
      expect([verifies(outcome), saidIn(outcome)]).toEqual([[], ['Comme vous voulez.']])
    })

  it('lets them off by the button too, and while the code is awaited', () => {
    const talked = asking()
    talked.start()
    talked.write('jeanne@example.fr')
    expect(saidIn(talked.tap('collect:no'))).toEqual(['Comme vous voulez.'])
  })

  it('takes another address, or the same once more, while the code is awaited', () => {
    const talked = asking()
    talked.start()
    talked.write('jeanne@exemple.fr')
    expect(verifies(talked.write('renvoyer'))).toMatchObject([{ address: null }])
    expect(verifies(talked.write('jeanne@example.fr'))).toMatchObject([{ address: { value: 'jeanne@example.fr' } }])
  })

  it('asks again what does not fit, and goes on without after the second time: nobody need leave an address', () => {
    const talked = asking({ ...COLLECT, otherwise: 'Par exemple : jeanne@example.fr' } as Step)
    talked.start()
    expect(saidIn(talked.write('jeanne@'))).toEqual(['Par exemple : jeanne@example.fr'])
    expect(saidIn(talked.write('jeanne'))).toEqual(['Par exemple : jeanne@example.fr'])
    const third = talked.write('jeanne(at)')
    expect([saidIn(third), third.actions.some(({ type }) => type === 'hand')]).toEqual([['Comme vous voulez.'], false])
  })

  it('tells that words are no address, and leaves to knowledge what is plainly a question', () => {
    const talked = asking({ ...COLLECT, otherwise: 'Ce n’est pas une adresse.' } as Step)
    talked.start()
    expect(saidIn(talked.write('pas une adresse'))).toEqual(['Ce n’est pas une adresse.'])
    expect(talked.write('à quoi cela vous sert-il ?').actions).toEqual([{ type: 'unmatched' }])
    expect(talked.write('pourquoi voulez-vous mon adresse').actions).toEqual([{ type: 'unmatched' }])
  })

  it('says again what it waits for after a question in the middle', () => {
    const talked = asking()
    talked.start()
    talked.write('jeanne@example.fr')
    expect(talked.write('combien coûte un bagage en soute ?').actions).toEqual([{ type: 'unmatched' }])
    expect(saidIn(talked.give({ type: 'repeat' }))).toEqual([expect.stringContaining('code à six chiffres')])
  })

  it('hears nothing of a confirmation that comes once the run went on', () => {
    const talked = asking()
    talked.start()
    const before = talked.state()
    expect(talked.give({ type: 'confirmed', address: { kind: 'email', value: 'a@example.fr' } }).actions).toEqual([])
    expect(talked.state()).toEqual(before)
  })
})

describe('asking for a mobile number', () => {
  it('offers the number they write from, where they write from one', () => {
    const talked = talk(journeyOf([SMS, ...REST]), { national: 'FR', number: '+33612345678' })
    expect(talked.start().actions[0]).toMatchObject({ content: { buttons: [{ label: 'Ce numéro-ci' }, { label: 'Non, merci' }] } })
    expect(verifies(talked.write('le même'))).toMatchObject([{ address: { kind: 'sms', value: '+33612345678' } }])
  })
  it('knows of no such number elsewhere', () => {
    const talked = asking(SMS)
    expect(talked.start().actions[0]).toMatchObject({ content: { buttons: [{ label: 'Non, merci' }] } })
    expect(verifies(talked.write('le même'))).toEqual([])
  })
  it('reads a national number in the country of the business', () => {
    const talked = asking(SMS)
    talked.start()
    expect(verifies(talked.give({ type: 'message', content: text('06 12 34 56 78') }))).toMatchObject([
      { address: { value: '+33612345678' } },
    ])
  })
})
