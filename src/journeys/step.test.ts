import { describe, expect, test } from 'vitest'
import { asId } from '../core/ids.ts'
import type { Step } from '../core/journey.ts'
import { journeyOf, ORDER, PLAIN, talk, text, timers, told } from './sample.ts'
import { begin, step } from './step.ts'

const HOUR = 3_600_000
const say = (words: string, more: object = {}): Step => ({ kind: 'say', say: words, ...more })
const ask = (name: string, more: object = {}): Step => ({ kind: 'ask', ask: name, say: `${name} ?`, expires: 24 * HOUR, ...more })
const remind = (times: number): Step => ({ kind: 'remind', after: 2 * HOUR, say: 'Toujours là ?', times })

describe('a journey from its start to its end', () => {
  test('asks, calls, says what came back, and ends by a choice', () => {
    const run = talk(ORDER)
    expect(told(run.start())).toEqual(['Quel est votre numéro ?', '[expire 24 h]'])
    expect(told(run.write('VL204518'))).toEqual([`[call \${ORDERS}/orders/VL204518]`])
    const found = run.give({ type: 'called', call: 'order', ok: true, value: { id: 'VL204518', status: 'confirmée' } })
    expect(told(found)).toEqual(['Commande VL204518 : confirmée.', 'Autre chose ?', '[expire 24 h]'])
    expect(run.tap('done')).toEqual({ state: null, actions: [], missing: [] })
  })
  test('speaks the customer’s language, else the workspace’s', () => {
    expect(told(talk(ORDER, { language: 'en' }).start())[0]).toBe('What is your number?')
    expect(told(talk(ORDER, { language: 'de' }).start())[0]).toBe('Quel est votre numéro ?')
  })
  test('hands over with its words where a step says so', () => {
    const run = talk(journeyOf([{ kind: 'hand', hand: 'agents', say: 'Un conseiller arrive, {{contact.name}}.' }]))
    expect(run.start().actions).toEqual([{ type: 'hand', say: 'Un conseiller arrive, Zoé.', reason: 'journey' }])
    expect(run.state()).toBeNull()
  })
  test('asks people to call back, with what was answered, and goes on', () => {
    const steps: Step[] = [
      ask('number'),
      { kind: 'callback', callback: 'Dossier de {{contact.name}}', number: '{{answers.number}}', hours: 'mon-fri 09:00-12:00' },
      say('Merci.'),
    ]
    const run = talk(journeyOf(steps))
    run.start()
    expect(run.write('06 12 34 56 78').actions).toEqual([
      { type: 'callback', about: 'Dossier de Zoé', number: '06 12 34 56 78', hours: 'mon-fri 09:00-12:00' },
      { type: 'say', content: text('Merci.'), category: 'service', purpose: null },
    ])
  })
  test('knows which appointment a tapped button was about', () => {
    const run = talk(journeyOf([say('Pour {{message.reference}} ?')]))
    const tapped = { type: 'choice', id: 'move', label: 'Déplacer', reference: 'appointment-7731' } as const
    expect(told(run.give({ type: 'start', content: tapped }))).toEqual(['Pour appointment-7731 ?'])
  })
  test('hands to the engine and ends', () => {
    expect(told(talk(journeyOf([{ kind: 'engine', engine: 'answer' }, say('jamais')])).start())).toEqual(['[engine]'])
  })
  test('goes to a label, and an unknown label goes to a person', () => {
    expect(told(talk(journeyOf([say('un', { go: 'c' }), say('deux'), say('trois', { at: 'c' })])).start())).toEqual(['un', 'trois'])
    expect(told(talk(journeyOf([say('un', { go: 'nulle-part' })])).start())).toEqual(['un', '[hand: journey]'])
  })
  test('keeps category and purpose of what it says', () => {
    const journey = journeyOf([say('Promo', { category: 'marketing', purpose: 'general' })])
    expect(talk(journey).start().actions).toEqual([{ type: 'say', content: text('Promo'), category: 'marketing', purpose: 'general' }])
  })
})

describe('an answer', () => {
  test('is taken as people write codes: small letters, spaces and hyphens', () => {
    const run = talk(ORDER)
    run.start()
    run.write('  vl 204-518 ')
    expect(run.state()?.answers).toEqual({ order: 'VL204518' })
  })
  test('is taken where a code is written in two words', () => {
    const run = talk(ORDER)
    run.start()
    expect(told(run.write('VL 204518'))).toEqual([`[call \${ORDERS}/orders/VL204518]`])
  })
  test('must match as a whole', () => {
    const run = talk(journeyOf([ask('n', { accept: '\\d+' })]))
    run.start()
    run.write('n12')
    expect(run.state()?.answers).toEqual({})
  })
  test('that does not fit gets `otherwise` twice, then a person', () => {
    const run = talk(ORDER)
    run.start()
    expect(told(run.write('VL20'))[0]).toBe('Par exemple VL204518.')
    expect(told(run.write('zut'))[0]).toBe('Par exemple VL204518.')
    expect(told(run.write('zut'))).toEqual(['[hand: otherwise]'])
    expect(run.state()).toBeNull()
  })
  test.each(['combien ça coûte', 'où ?', 'pourquoi', 'je veux annuler'])('that may be a question is unmatched: %s', (words) => {
    const run = talk(ORDER)
    run.start()
    expect(told(run.write(words))).toEqual(['[unmatched]'])
    expect(told(run.give({ type: 'repeat' }))[0]).toBe('Quel est votre numéro ?')
    expect(told(run.write(words))).toEqual(['[unmatched]'])
    expect(told(run.give({ type: 'otherwise' }))[0]).toBe('Par exemple VL204518.')
  })
  test('to what a journey opens with is not asked for again once another question was answered: it still counts', () => {
    const menu: Step = {
      kind: 'choose',
      say: 'Que puis-je faire ?',
      expires: 24 * HOUR,
      options: [
        { id: 'a', label: 'Ma réservation', go: 'more' },
        { id: 'b', label: 'Rien', go: 'end' },
      ],
    }
    const run = talk(journeyOf([menu, { ...menu, at: 'more', say: 'Et ensuite ?' }]))
    run.start()
    expect(told(run.write('combien coûte une annulation ?'))).toEqual(['[unmatched]'])
    expect(told(run.give({ type: 'repeat' }))).toEqual(['[expire 24 h]'])
    expect(told(run.write('1'))[0]).toBe('Et ensuite ?')
    expect(told(run.give({ type: 'repeat' }))[0]).toBe('Et ensuite ?')
  })
  test('that another journey would start on is unmatched', () => {
    const run = talk(ORDER)
    run.start()
    expect(told(run.give({ type: 'message', content: text('menu') }, { startsAnother: true }))).toEqual(['[unmatched]'])
  })
  test('that is a picture gets `otherwise`', () => {
    const run = talk(journeyOf([ask('name', { otherwise: 'En lettres.' })]))
    run.start()
    const picture = { type: 'media', kind: 'image', media: { mime: 'image/png' } } as const
    expect(told(run.give({ type: 'message', content: picture }))[0]).toBe('En lettres.')
  })
  test('is not a thumb up under an older message', () => {
    const run = talk(ORDER)
    const { state } = run.start()
    const thumb = { type: 'reaction', target: asId<never>('wamid.1'), emoji: '👍' } as const
    expect(run.give({ type: 'message', content: thumb })).toEqual({ state, actions: [], missing: [] })
  })
  test('meets a pattern that would take for ever elsewhere, in linear time', () => {
    const run = talk(journeyOf([ask('x', { accept: '^(a+)+$' })]))
    run.start()
    expect(told(run.write(`${'a'.repeat(3000)}!`))[0]).toBe('x ?')
  })
  test('expires', () => {
    const run = talk(ORDER)
    const [expiry] = timers(run.start(), 'expire')
    expect(run.ring(expiry)).toEqual({ state: null, actions: [], missing: [] })
  })
  test('is not ended by the expiry of an earlier question', () => {
    const run = talk(journeyOf([ask('a', { at: 'a' }), ask('b', { go: 'a' })]))
    const [expiry] = timers(run.start(), 'expire')
    run.write('1')
    run.write('2')
    expect(run.ring(expiry).state).toEqual(run.state())
    expect(run.state()?.awaits).toBe('answer')
  })
})

describe('an answer that the first message already holds', () => {
  const heard = (words: string, journey = ORDER) => {
    const run = talk(journey)
    return { told: told(run.start(words)), answers: run.state()?.answers }
  }
  const asks = (accept?: string) =>
    journeyOf([ask('n', accept === undefined ? {} : { accept }), say('merci')], [{ keyword: ['offre 20245'] }])

  test.each([
    'où en est ma réservation VL204518 ?',
    'Commande « vl204518 », svp',
    'ma réservation VL-204518.',
    'ma réservation VL 204518',
    'VL204518, je répète : vl204518',
  ])('is taken, and nothing asked: %s', (words) => {
    expect(heard(words)).toEqual({ told: [`[call \${ORDERS}/orders/VL204518]`], answers: { order: 'VL204518' } })
  })
  test('is taken behind what is said first', () => {
    expect(heard('ma réservation VL204518', journeyOf([say('Bonjour !'), ...ORDER.steps])).told).toEqual([
      'Bonjour !',
      `[call \${ORDERS}/orders/VL204518]`,
    ])
  })
  test.each([
    ['there are two', 'VL204518 ou VL204519 ?', '^[A-Z]{2}\\d{6}$'],
    ['it is part of a longer word', 'XVL204518', '[A-Z]{2}\\d{6}'],
    ['two words may just stand side by side', 'la réservation de 204518', '^[A-Z]{2}\\d{6}$'],
    ['it is a plain word, which fits by chance', 'bonjour', '[a-z]+'],
    ['it is so short that it may be anything', 'une table à 20 h', '\\d+'],
    ['it is of the keyword', 'votre offre 20245', '\\d+'],
    ['any text would do', 'VL204518', undefined],
    ['the pattern is broken', 'VL204518', '('],
  ])('is asked for where %s', (_, words, accept) => {
    expect(heard(words, asks(accept))).toMatchObject({ told: ['n ?', '[expire 24 h]'], answers: {} })
  })
  test('is given to the first question only', () => {
    const twice = journeyOf([ask('from', { accept: '\\d{5}' }), ask('to', { accept: '\\d{5}' })])
    expect(heard('livrer depuis 69001', twice)).toEqual({ told: ['to ?', '[expire 24 h]'], answers: { from: '69001' } })
  })
  test('is not given to a question behind another one, nor to one that comes later', () => {
    const choose: Step = { kind: 'choose', say: 'Quoi ?', options: [{ id: 'a', label: 'a' }], expires: HOUR }
    const run = talk(journeyOf([choose, ask('n', { accept: '\\d{5}' })]))
    run.start('depuis 69001')
    expect(told(run.tap('a'))).toEqual(['n ?', '[expire 24 h]'])
  })
  test('is not taken again where the journey comes back to its question', () => {
    const run = talk(journeyOf([ask('n', { accept: '\\d{5}', at: 'n' }), say('Non.', { go: 'n' })]))
    expect(told(run.start('depuis 69001'))).toEqual(['Non.', 'n ?', '[expire 24 h]'])
  })
})

describe('a choice', () => {
  const labels = (...names: string[]): Step => ({
    kind: 'choose',
    say: 'Quoi ?',
    options: names.map((label, index) => ({ id: `o${index + 1}`, label, go: 'end' })),
    expires: HOUR,
  })
  const shown = (choose: Step, world = {}) => talk(journeyOf([choose]), world).start().actions[0]
  test('is buttons where they fit', () => {
    expect(shown(labels('Oui', 'Non'))).toMatchObject({ content: { type: 'buttons', buttons: [{ id: 'o1', label: 'Oui' }, { id: 'o2' }] } })
  })
  test('is a list where there are more, or longer ones', () => {
    expect(shown(labels('a', 'b', 'c', 'd'))).toMatchObject({ content: { type: 'list', button: 'Choisir' } })
    expect(shown(labels('Vingt-trois caractères!', 'b'))).toMatchObject({ content: { type: 'list' } })
  })
  test('is numbered text where there is neither', () => {
    const long = 'Une étiquette beaucoup trop longue pour une liste'
    for (const choose of [labels(long, 'b'), labels('même', 'même')]) expect(shown(choose)).toMatchObject({ content: { type: 'text' } })
    expect(shown(labels('Oui', 'Non'), { capabilities: PLAIN })).toMatchObject({ content: text('Quoi ?\n\n1. Oui\n2. Non') })
  })
  test.each([
    ['2', 'hand'],
    ['2.', 'hand'],
    ['un CONSEILLER', 'hand'],
    ['conseiller', 'hand'],
    ['conseillé', 'otherwise'],
    ['un conseilller', 'hand'],
    ['A person', 'hand'],
    ['9', 'otherwise'],
  ])('takes “%s” as it was meant', (words, meant) => {
    const run = talk(journeyOf(ORDER.steps.slice(3)), { capabilities: PLAIN })
    run.start()
    const heard = told(run.write(words))
    if (meant === 'hand') expect(heard).toEqual(['[hand: journey]'])
    else expect(heard[0]).toContain('Autre chose ?')
  })
  test('whose answer could mean two options is asked again', () => {
    const run = talk(journeyOf([labels('Vol aller', 'Vol retour')]))
    run.start()
    expect(told(run.write('vol'))[0]).toBe('Quoi ?')
  })
  test('lets an older button be somebody else’s', () => {
    const run = talk(journeyOf([labels('Oui', 'Non')]))
    run.start()
    expect(told(run.tap('track'))).toEqual(['[unmatched]'])
  })
})

describe('a call', () => {
  const call = (more: object = {}): Step => ({
    kind: 'call',
    call: 'order',
    method: 'GET',
    url: 'https://a.example/o/{{answers.id}}',
    ...more,
  })
  const failed = { type: 'called', call: 'order', ok: false, value: null } as const
  test('that failed goes where the step says, else to a person', () => {
    const away = talk(journeyOf([call({ failed: { go: 'sorry' } }), { kind: 'end', end: 'ok' }, say('Désolé.', { at: 'sorry' })]))
    away.start()
    expect(told(away.give(failed))).toEqual(['Désolé.'])
    const lost = talk(journeyOf([call()]))
    lost.start()
    expect(told(lost.give(failed))).toEqual(['[hand: call-failed]'])
  })
  test.each([
    ['../../admin?x=1#y', 'https://a.example/o/..%2F..%2Fadmin%3Fx%3D1%23y'],
    ['..', 'https://a.example/o/'],
    ['{{contact.name}}', 'https://a.example/o/%7B%7Bcontact.name%7D%7D'],
  ])('is not led elsewhere by the answer %s', (answer, url) => {
    const run = talk(journeyOf([ask('id'), call()]))
    run.start()
    expect(run.write(answer).actions).toEqual([{ type: 'call', call: 'order', method: 'GET', url, body: null }])
  })
  test('ignores a result it does not wait for, and takes more than 64 KiB as a failure', () => {
    const run = talk(journeyOf([call(), say('fin')]))
    run.start()
    expect(told(run.give({ type: 'called', call: 'other', ok: true, value: 1 }))).toEqual([])
    expect(told(run.give({ type: 'called', call: 'order', ok: true, value: 'x'.repeat(70_000) }))).toEqual(['[hand: call-failed]'])
  })
  test('lets a question in the meantime be answered, and small talk pass', () => {
    const run = talk(journeyOf([call(), say('fin')]))
    run.start()
    expect(told(run.write('ok'))).toEqual([])
    expect(told(run.write('et les bagages ?'))).toEqual(['[unmatched]'])
  })
})

describe('waiting and reminding', () => {
  test('a wait goes on when its time has come', () => {
    const run = talk(journeyOf([{ kind: 'wait', wait: 48 * HOUR }, say('Alors ?')]))
    const [timer] = timers(run.start(), 'wait')
    expect(told(run.write('bonjour'))).toEqual(['[unmatched]'])
    expect(told(run.ring(timer))).toEqual(['Alors ?'])
  })
  test('a wait `unless: replied` ends the run at a reply', () => {
    const run = talk(journeyOf([{ kind: 'wait', wait: HOUR, unless: 'replied' }, say('Alors ?')]))
    run.start()
    expect(run.write('oui')).toMatchObject({ state: null, actions: [{ type: 'unmatched' }] })
  })
  test('a reminder after a question is said while nobody answers, as often as it says', () => {
    const run = talk(journeyOf([ask('name'), remind(2), say('Merci {{answers.name}}')]))
    const started = run.start()
    const first = run.ring(timers(started, 'remind')[0])
    expect(told(first)).toEqual(['Toujours là ?', '[remind 2 h]'])
    const second = run.ring(timers(first, 'remind')[0])
    expect(told(second)).toEqual(['Toujours là ?'])
    expect(told(run.ring(timers(first, 'remind')[0]))).toEqual([])
    expect(told(run.write('Léa'))).toEqual(['Merci Léa'])
  })
  test('a reminder elsewhere waits, says, and goes on; a reply ends the run', () => {
    const steps = [say('Votre devis.'), remind(1), { kind: 'hand', hand: 'agents' } as const]
    const run = talk(journeyOf(steps))
    expect(told(run.ring(timers(run.start(), 'remind')[0]))).toEqual(['Toujours là ?', '[hand: journey]'])
    const answered = talk(journeyOf(steps))
    answered.start()
    expect(answered.write('merci').state).toBeNull()
  })
  test('timers of another run, step or visit change nothing', () => {
    const run = talk(ORDER)
    run.start()
    const { state } = run.give({ type: 'timer', run: 0, step: 0, timer: 'expire', count: 1 })
    for (const stale of [
      { run: 1, step: 1, count: 1 },
      { run: 1, step: 0, count: 0 },
      { run: 2, step: 0, count: 1 },
    ]) {
      expect(run.give({ type: 'timer', timer: 'expire', ...stale })).toEqual({ state, actions: [], missing: [] })
    }
  })
})

test('a state of a step that is not there goes to a person', () => {
  const state = { ...begin(ORDER, 1), step: 99, awaits: 'answer' as const, version: asId<typeof ORDER.version>('v0') }
  expect(
    told(
      step(
        ORDER,
        state,
        { type: 'otherwise' },
        { language: 'fr', fallback: 'fr', contact: { name: null }, capabilities: PLAIN, templates: [], startsAnother: false },
      ),
    ),
  ).toEqual(['[hand: otherwise]'])
})
