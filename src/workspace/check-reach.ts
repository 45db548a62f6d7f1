/** What is wrong with reach plans: channels that do not exist, rounds, waits that lead nowhere, success that nobody will ever tell. */
import { nearestName } from '../core/nearest.ts'
import type { Finding } from '../core/ports.ts'
import { mediumOf, type ReachStep, type Workspace } from '../core/workspace.ts'
import { CHANNEL, type CheckOptions, MAIN } from './check.ts'
import { fault } from './fault.ts'

/** From weak to strong: what tells the stronger tells the weaker. */
const TOLD = ['none', 'sent', 'delivered', 'read'] as const

export const checkReach = (workspace: Workspace, options: CheckOptions): readonly Finding[] =>
  Object.entries(workspace.plans.reach).flatMap(([plan, steps]) => {
    const ids: readonly string[] = workspace.channels.map(({ id }) => id)
    const found = steps.flatMap((step, index) => checkStep(workspace, options, plan, steps, step, index))
    const [only, ...others] = new Set(steps.map(({ channel }) => channel))
    if (!only || others.length > 0 || !ids.includes(only)) return found
    return [
      ...found.filter(({ id }) => id !== 'reach-round'),
      fault('one-channel-plan', options.place(MAIN, ['plans', 'reach'], plan), plan, only),
    ]
  })

const checkStep = (
  workspace: Workspace,
  { place, capabilities, conditionFault }: CheckOptions,
  plan: string,
  steps: readonly ReachStep[],
  step: ReachStep,
  index: number,
): readonly Finding[] => {
  const { channel, waitMs, success } = step
  const at = (key: string) => place(MAIN, ['plans', 'reach', plan, index, key])
  const setup = workspace.channels.find(({ id }) => id === channel)
  if (!setup) {
    const ids: readonly string[] = workspace.channels.map(({ id }) => id)
    return [fault('unknown-id', at('channel'), CHANNEL, channel, nearestName(channel, ids), ids)]
  }
  const last = index === steps.length - 1
  const strongest = capabilities[setup.kind]?.receipts
  const untold =
    waitMs !== null && !last && success !== 'accepted' && strongest !== undefined && TOLD.indexOf(strongest) < TOLD.indexOf(success)
  const wrong = step.if === null ? null : (conditionFault?.(step.if) ?? null)
  return [
    ...(steps.slice(0, index).some((former) => former.channel === channel) ? [fault('reach-round', at('channel'), plan, channel)] : []),
    ...(last && waitMs !== null && steps.length > 1 ? [fault('reach-last-wait', at('wait'), plan)] : []),
    ...(untold ? [fault('reach-untold', place(MAIN, ['plans', 'reach', plan, index]), channel, success)] : []),
    ...(wrong ? [fault('bad-condition', at('if'), wrong)] : []),
    ...(index > 0 && isNeverAsked(workspace, mediumOf(setup)) ? [fault('reach-unasked', at('channel'), channel)] : []),
  ]
}

/** Of somebody who never wrote there an address and their word are needed: no journey asks for them. */
const isNeverAsked = ({ journeys }: Workspace, medium: string): boolean =>
  (medium === 'sms' || medium === 'email') &&
  !journeys.some(({ steps }) => steps.some((one) => one.kind === 'collect' && one.collect === medium))
