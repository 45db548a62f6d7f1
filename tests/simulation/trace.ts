/** What happened, as a digest: two runs of one seed that differ anywhere differ here. The last lines are kept to be read. */
import { createHash } from 'node:crypto'

export type Trace = {
  add(at: number, ...words: readonly (string | number | boolean | null | undefined)[]): void
  digest(): string
  lines(): readonly string[]
}

export const createTrace = (keep: number): Trace => {
  const hash = createHash('sha256')
  const last: string[] = []
  return {
    add: (at, ...words) => {
      const line = `${at} ${words.join(' ')}`
      hash.update(line)
      hash.update('\n')
      last.push(line)
      if (last.length > keep * 2) last.splice(0, keep)
    },
    digest: () => hash.copy().digest('hex'),
    lines: () => last.slice(-keep),
  }
}
