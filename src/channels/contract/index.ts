/**
 * What every connector must keep, whatever it connects to and however its provider speaks: JSON or forms, signed calls, sealed addresses or
 * no calls at all, HTTP or a socket. A connector's test calls `channelContract` with itself and its fixtures; a case it cannot keep is
 * skipped by name, with the reason.
 */
import { describe, it } from 'vitest'
import type { Tools } from '../../core/channel.ts'
import type { Log, LogFields } from '../../core/ports.ts'
import { loadFixtures } from './fixtures.ts'
import { checkInbound } from './inbound.ts'
import { checkOutbound } from './outbound.ts'
import type { Answer } from './provider.ts'
import type { Case, Subject } from './subject.ts'
import { toolsWith } from './tools.ts'

export type { Case, Subject } from './subject.ts'

export type Line = { readonly event: string; readonly fields: LogFields | undefined }
const recordLog = (lines: Line[]): Log => {
  const write = (event: string, fields?: LogFields) => void lines.push({ event, fields })
  return { debug: write, info: write, warn: write, error: write }
}

export type Rule = (name: Case, title: string, run: () => Promise<void> | void) => void

export const channelContract = <A = Answer>(subject: Subject<A>): void => {
  const fixtures = loadFixtures(subject.fixtures)
  const lines: Line[] = []
  const over = (fetch: Tools['fetch']): Tools => toolsWith({ fetch, log: recordLog(lines) })
  const rule: Rule = (name, title, run) => {
    const skipped = subject.skip?.find((one) => one.case === name)
    if (skipped) it.skip(`${title} (skipped: ${skipped.reason})`, run)
    else it(title, run)
  }
  const common = { fixtures, over, rule, lines }
  describe(`${subject.channel.kind}: what comes in`, () => checkInbound(subject, common))
  describe(`${subject.channel.kind}: what goes out`, () => checkOutbound(subject, common))
}
