/** Figures of the classifier of purposes. An abstention is an error. */
import type { Purpose } from '../../src/core/situation.ts'
import { KINDS, type Kind } from '../../src/purpose/index.ts'

export type Judged = { readonly kind: Kind; readonly purpose: Purpose }
export type Figures = {
  /** Mean over the kinds of the harmonic mean of precision and recall. */
  readonly f1: number
  /** Of general questions, those taken for service. */
  readonly taken: number
  /** Of all messages. */
  readonly unsure: number
  /** Kind -> purpose -> how many. */
  readonly table: Readonly<Record<Kind, Readonly<Record<Purpose, number>>>>
}

export const figuresOf = (judged: readonly Judged[]): Figures => {
  const count = (kind: Kind, purpose: Purpose) => judged.filter((one) => one.kind === kind && one.purpose === purpose).length
  const row = (kind: Kind) => ({
    service: count(kind, 'service'),
    general: count(kind, 'general'),
    none: count(kind, 'none'),
    unsure: count(kind, 'unsure'),
  })
  const table = { service: row('service'), general: row('general'), none: row('none') }
  const f1 = (kind: Kind) => {
    const of = judged.filter((one) => one.kind === kind).length
    const as = judged.filter((one) => one.purpose === kind).length
    return (2 * table[kind][kind]) / (of + as)
  }
  const general = judged.filter((one) => one.kind === 'general').length
  return {
    f1: KINDS.reduce((sum, kind) => sum + f1(kind), 0) / KINDS.length,
    taken: table.general.service / general,
    unsure: judged.filter(({ purpose }) => purpose === 'unsure').length / judged.length,
    table,
  }
}

export const tell = (name: string, { f1, taken, unsure, table }: Figures): void => {
  const lines = [
    `${name}: macro F1 ${f1.toFixed(3)}, general taken for service ${(100 * taken).toFixed(1)} %, unsure ${(100 * unsure).toFixed(1)} %`,
    '| labelled | service | general | none | unsure |',
    '| --- | --- | --- | --- | --- |',
    ...KINDS.map(
      (kind) => `| ${kind} | ${['service', 'general', 'none', 'unsure'].map((purpose) => table[kind][purpose as Purpose]).join(' | ')} |`,
    ),
  ]
  process.stdout.write(`${lines.join('\n')}\n\n`)
}
