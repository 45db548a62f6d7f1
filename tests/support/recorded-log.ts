import type { Log, LogFields } from '../../src/core/ports.ts'

export type Line = { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly event: string; readonly fields: LogFields }

/** A log to look into: `lines` holds what was told, `next(event)` waits for what is still to come. */
export const recordLog = (): Log & { readonly lines: Line[]; next(event: string): Promise<Line> } => {
  const lines: Line[] = []
  const waiting: { event: string; tell: (line: Line) => void }[] = []
  const at =
    (level: Line['level']) =>
    (event: string, fields: LogFields = {}) => {
      const line = { level, event, fields }
      lines.push(line)
      for (const who of waiting.filter((one) => one.event === event)) {
        waiting.splice(waiting.indexOf(who), 1)
        who.tell(line)
      }
    }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    lines,
    next: (event) => new Promise((tell) => waiting.push({ event, tell })),
  }
}
