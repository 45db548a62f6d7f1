import { describe, expect, it } from 'vitest'
import { makeVirtualClock } from '../clocks.ts'
import { makeRandom } from '../random.ts'
import { createSmsSimulator } from './index.ts'

const START = Date.UTC(2026, 10, 22, 9)
const ALICE = '+33644000001'
const codeIn = async (answer: Response): Promise<unknown> => Reflect.get(Object(await answer.json()), 'code')

const open = () => {
  const clock = makeVirtualClock(START)
  const calls: { url: string; form: URLSearchParams; signature: string | undefined }[] = []
  let answer = 200
  const operator = createSmsSimulator({
    clock,
    random: makeRandom(7),
    fetch: async (url, { headers, body = '' }) => {
      calls.push({ url, form: new URLSearchParams(body), signature: headers['x-twilio-signature'] })
      return new Response(null, { status: answer })
    },
    operator: 'twilio',
    accountSid: 'AC1',
    authToken: 'token',
    from: '+33170189900',
    webhookUrl: 'https://house.example/webhooks/sms',
    optOut: 'advanced',
  })
  const phone = operator.phone(ALICE)
  const send = (fields: Record<string, string> = {}) =>
    operator.fetch(
      new Request('https://api.example/2010-04-01/Accounts/AC1/Messages.json', {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from('AC1:token').toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({
          To: ALICE,
          From: '+33170189900',
          Body: 'Bonjour',
          StatusCallback: 'https://house.example/webhooks/sms?attempt=att_1',
          ...fields,
        }).toString(),
      }),
    )
  const told = () => calls.map(({ form }) => form.get('MessageStatus') ?? form.get('Body'))
  return {
    clock,
    operator,
    phone,
    calls,
    send,
    told,
    answerWith: (status: number) => {
      answer = status
    },
  }
}

describe('a send', () => {
  it('reaches the phone, and is told of in order, signed', async () => {
    const { clock, phone, calls, send, told, operator } = open()
    expect((await send()).status).toBe(201)
    await clock.advance(5_000)
    expect(phone.received().map(({ text }) => text)).toEqual(['Bonjour'])
    expect(told()).toEqual(['sent', 'delivered'])
    expect(calls.every(({ signature }) => (signature ?? '').length === 28)).toBe(true)
    expect(operator.ledger.shown().map(({ attempt }) => attempt)).toEqual(['att_1'])
  })

  it('waits in the network while the phone is off', async () => {
    const { clock, phone, send, told } = open()
    phone.goOffline()
    await send()
    await clock.advance(60_000)
    expect([told(), phone.received()]).toEqual([['sent'], []])
    phone.goOnline()
    await clock.advance(5_000)
    expect([told(), phone.unread()]).toEqual([['sent', 'delivered'], 1])
  })

  it.each([
    ['dropped', [], 0],
    ['claims-delivered', ['sent', 'delivered'], 0],
    ['undelivered', ['sent', 'undelivered'], 0],
    ['never', [], 1],
    ['twice', ['sent', 'sent', 'delivered', 'delivered'], 1],
    ['disordered', ['delivered', 'sent'], 1],
  ] as const)('(%s) is told as %j, and shown %i times', async (fault, statuses, shown) => {
    const { clock, operator, phone, send, told } = open()
    operator.faults.next(1, fault)
    await send()
    await clock.advance(90_000)
    expect([told(), phone.received().length]).toEqual([statuses, shown])
  })

  it('to a number that nobody has fails later; badly made, at once', async () => {
    const { clock, send, calls } = open()
    await send({ To: '+33600000009' })
    await clock.advance(5_000)
    expect(calls.at(-1)?.form.get('ErrorCode')).toBe('30005')
    const refused = await Promise.all([send({ To: '0612' }), send({ From: '+33999' })].map(async (answer) => codeIn(await answer)))
    expect(refused).toEqual([21211, 21659])
  })

  it('is refused, held back or not answered while the operator is cut, and comes late once it heals', async () => {
    const { clock, operator, phone, send } = open()
    for (const [cut, status] of [
      ['refuses', 400],
      ['banned', 400],
      ['down', 503],
      ['silent', 201],
    ] as const) {
      operator.cuts.turn(cut)
      expect([cut, (await send()).status]).toEqual([cut, status])
    }
    await clock.advance(600_000)
    expect(phone.received()).toEqual([])
    operator.cuts.turn(null)
    await clock.advance(5_000)
    expect(phone.received()).toHaveLength(1)
  })
})

describe('a customer', () => {
  it('is told to the house, again where it gave no yes', async () => {
    const { clock, phone, told, answerWith } = open()
    answerWith(503)
    phone.write('Allô ?')
    await clock.advance(1_000)
    answerWith(200)
    await clock.advance(20_000)
    expect(told()).toEqual(['Allô ?', 'Allô ?'])
  })

  it('who writes STOP gets nothing more, and START brings it back', async () => {
    const { clock, phone, send, calls } = open()
    phone.write('STOP')
    await clock.advance(1_000)
    expect([calls.at(-1)?.form.get('OptOutType'), phone.stopped]).toEqual(['STOP', true])
    expect(await codeIn(await send())).toBe(21610)
    phone.write('START')
    expect((await send()).status).toBe(201)
    // As after a restart: what was written once holds, and the house is not told again.
    const told = calls.length
    phone.recall('STOP')
    expect([phone.stopped, await codeIn(await send()), calls.length]).toEqual([true, 21610, told])
  })
})
