import { expect, it } from 'vitest'
import { makeCuts } from './cut.ts'
import { makeBench } from './fixture.ts'

const open = () => {
  const bench = makeBench()
  const cuts = makeCuts(bench.simulator)
  const zoe = bench.simulator.user({ phone: '+33639980055', name: 'Zoé' })
  zoe.sendText('Bonjour')
  const write = (body: string) => bench.send({ to: '+33639980055', type: 'text', text: { body } })
  return { ...bench, cuts, zoe, write }
}

it('refuses every send until it is healed', async () => {
  const { cuts, write } = open()
  cuts.turn('refuses')
  expect((await write('a')).json.error?.code).toBe(131005)
  expect((await write('b')).json.error?.code).toBe(131005)
  cuts.turn(null)
  expect((await write('c')).status).toBe(200)
})

it('accepts and delivers nothing, to newcomers neither, and delivers late once it is healed', async () => {
  const { cuts, clock, zoe, write, simulator } = open()
  cuts.turn('silent')
  const late = simulator.user({ phone: '+33639980056', name: 'Noé' })
  cuts.meet(late)
  expect((await write('retenu')).status).toBe(200)
  await clock.advance(3_600_000)
  expect([zoe.received.length, late.person.online]).toEqual([0, false])
  cuts.turn(null)
  expect(zoe.received.map(({ text }) => text)).toEqual(['retenu'])
})

it('fails every call while it is down', async () => {
  const { cuts, write, call } = open()
  cuts.turn('down')
  expect((await write('a')).status).toBe(503)
  expect((await call('GET', '/v26.0/106540352242922')).status).toBe(503)
  cuts.turn(null)
  expect((await write('b')).status).toBe(200)
})

it('locks the account, says so, and says so again when it is given back', async () => {
  const { cuts, clock, write, changes } = open()
  cuts.turn('banned')
  expect((await write('a')).json.error?.code).toBe(131031)
  cuts.turn(null)
  expect((await write('b')).status).toBe(200)
  await clock.advance(1_000)
  expect(changes('account_update').map((one) => Object(one.ban_info).waba_ban_state)).toEqual(['DISABLE', 'REINSTATE'])
})
