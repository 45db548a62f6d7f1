import { expect, it } from 'vitest'
import { createMeters } from './meters.ts'

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
