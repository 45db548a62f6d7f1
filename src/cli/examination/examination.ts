/** What `relais doctor` is made of: examinations that run side by side, each bounded in time, each with what it found. */
import type { Words } from '../../core/language.ts'
import type { Finding } from '../../core/ports.ts'
import { found } from './findings.ts'

/** `says` is what is told where nothing is wrong. */
export type Examined = { readonly findings: readonly Finding[]; readonly says: Words }

export type Examination = {
  /** A channel's name, `store`…: a stable word for programs. */
  readonly subject: string
  readonly title: Words
  /** Must end soon after `signal` does; changes nothing and writes to no customer. */
  examine(signal: AbortSignal): Promise<Examined>
}

export type Check = Examined & { readonly subject: string; readonly title: Words; readonly ok: boolean }

export const isError = ({ level }: Finding): boolean => level === 'error'

export const NOTHING: Words = { fr: '', en: '' }
/** What an examination gets to tell its own time-out before it is given up. */
const GRACE_MS = 500

const giveUpAfter = (ms: number, subject: string): { readonly given: Promise<Examined>; stop(): void } => {
  const { promise, resolve } = Promise.withResolvers<Examined>()
  const timer = setTimeout(
    () => resolve({ findings: [found('examination-timeout', subject, `${ms / 1000} s`)], says: NOTHING }),
    ms + GRACE_MS,
  )
  return { given: promise, stop: () => clearTimeout(timer) }
}

/** All of them at once, none longer than `limitMs`. An examination that throws is a finding too: `examination-failed`. */
export const runExaminations = (examinations: readonly Examination[], limitMs: number): Promise<readonly Check[]> =>
  Promise.all(
    examinations.map(async ({ subject, title, examine }) => {
      const limit = giveUpAfter(limitMs, subject)
      const examined = examine(AbortSignal.timeout(limitMs)).catch(
        (error: unknown): Examined => ({
          findings: [found('examination-failed', subject, error instanceof Error ? error.name : '')],
          says: NOTHING,
        }),
      )
      const { findings, says } = await Promise.race([examined, limit.given])
      limit.stop()
      return { subject, title, findings, says, ok: !findings.some(isError) }
    }),
  )
