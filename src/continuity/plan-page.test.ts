import { describe, expect, it } from 'vitest'
import type { ChannelCase, PlanB } from './plan.ts'
import { planPage } from './plan-page.ts'

const CALLS: ChannelCase = {
  id: 'calls',
  kind: 'callback',
  ownPeople: true,
  health: null,
  plans: [{ plan: 'default', waitMs: null, success: 'accepted', next: [] }],
  people: { all: 0, still: 0 },
  templates: [],
  plainOn: [],
  rehearsed: { state: 'never' },
  single: null,
}
const pageWith = (channel: ChannelCase): string => {
  const plan: PlanB = {
    format: 'relais-plan-1',
    language: 'en',
    business: 'Voyages',
    country: 'FR',
    timezone: 'Europe/Paris',
    made: '2026-11-22T11:00:00.000Z',
    channels: [channel],
    engines: [],
    told: { email: [], webhooks: [] },
    singles: [],
    rulebook: '',
    workspace: '',
    key: '',
  }
  return planPage(plan, '').split('<script')[0] ?? ''
}

describe('the written plan B', () => {
  it('speaks of no provider, and of no other channel, where the business’s own people call', () => {
    const page = pageWith(CALLS)
    for (const senseless of ['provider', 'status page', 'customers write', '0 of the 0', 'drill --cut'])
      expect(page).not.toContain(senseless)
    expect(page).toContain('Nobody uses it yet')
    expect(page).toContain('stay on the list')
  })

  it('tells nobody that customers write elsewhere where nothing comes next', () => {
    const page = pageWith({ ...CALLS, id: 'mail', kind: 'email', ownPeople: false, people: { all: 12, still: 0 } })
    expect(page).not.toContain('customers write')
    expect(page).toContain('status page')
    expect(page).toContain('0 of the 12')
  })
})
