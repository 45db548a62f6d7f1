import { expect, it } from 'vitest'
import { asId, type ChannelId, type EngineId } from './ids.ts'
import { enginesFor, isHedged } from './plan.ts'

const [A, B, C] = ['a', 'b', 'c'].map((id) => asId<EngineId>(id)) as [EngineId, EngineId, EngineId]
const [WHATSAPP, SITE] = ['whatsapp', 'site'].map((id) => asId<ChannelId>(id)) as [ChannelId, ChannelId]
const plans = {
  think: { default: [A], answer: [B], 'answer@whatsapp': [B, C], summarise: [C] },
  hedged: ['answer@whatsapp', 'default'],
  reach: {},
}

it('a plan is found by task and channel, else by task, else it is the default', () => {
  expect(enginesFor(plans, 'answer', WHATSAPP)).toEqual([B, C])
  expect(enginesFor(plans, 'answer', SITE)).toEqual([B])
  expect(enginesFor(plans, 'draft', WHATSAPP)).toEqual([A])
  expect(enginesFor(plans, 'answer', null)).toEqual([B])
})

it('nobody is asked for an opinion or a summary whom no plan names for it', () => {
  expect(enginesFor(plans, 'classify', WHATSAPP)).toEqual([])
  expect(enginesFor(plans, 'summarise', WHATSAPP)).toEqual([C])
})

it('a plan is hedged where it says so itself', () => {
  expect([isHedged(plans, 'answer', WHATSAPP), isHedged(plans, 'answer', SITE), isHedged(plans, 'suggest', SITE)]).toEqual([
    true,
    false,
    true,
  ])
  expect(isHedged(plans, 'classify', WHATSAPP)).toBe(false)
  expect(isHedged({ ...plans, hedged: undefined }, 'answer', WHATSAPP)).toBe(false)
})
