import { expect, it } from 'vitest'
import { createMeters } from './meters.ts'

it('metrics tell while the last good rules stand in for new ones that do not fit', async () => {
  let kept = true
  const meters = createMeters(
    () => [],
    () => kept,
  )
  expect(await meters.render(null)).toContain('relais_rules_kept 1')
  kept = false
  expect(await meters.render(null)).toContain('relais_rules_kept 0')
})

it('metrics tell how old the sources of each rule file are, and how many are too old', async () => {
  let days = 90
  const meters = createMeters(() => [
    { file: 'eu/ai-disclosure.yaml', days, stale: days > 90 },
    { file: 'sms/quiet.yaml', days: 3, stale: false },
  ])
  expect(await meters.render(null)).toContain('relais_rule_files_stale 0')
  days = 91
  const told = await meters.render(null)
  expect(told).toContain('relais_rule_files_stale 1')
  expect(told).toContain('relais_rule_file_age_days{file="eu/ai-disclosure.yaml"} 91')
})

it('metrics tell nothing of rule files that are gone', async () => {
  let file = 'rules/evening.yaml'
  const meters = createMeters(() => [{ file, days: 1, stale: false }])
  await meters.render(null)
  file = 'rules/night.yaml'
  const told = await meters.render(null)
  expect([told.includes('evening'), told.includes('night')]).toEqual([false, true])
})
