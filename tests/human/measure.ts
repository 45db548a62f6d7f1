/**
 * Measures the recogniser of requests for a human.
 *   node tests/human/measure.ts --set seen|unseen [--out FILE] [--list]
 * Recall on phrasings per language, and the share of ordinary messages taken for one. Each file is a list of messages.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { asksForHuman } from '../../src/knowledge/human-request.ts'
import { readMessages } from './lines.ts'

export const measureHuman = (set: string) => {
  const judge = (file: string) => {
    const messages = readMessages(file)
    return { messages: messages.length, taken: messages.filter(asksForHuman), left: messages.filter((message) => !asksForHuman(message)) }
  }
  return { fr: judge(`${set}.fr.yaml`), en: judge(`${set}.en.yaml`), ordinary: judge(`ordinary.${set}.yaml`) }
}

const main = () => {
  const { values } = parseArgs({
    options: { set: { type: 'string', default: 'seen' }, out: { type: 'string' }, list: { type: 'boolean', default: false } },
  })
  const { fr, en, ordinary } = measureHuman(values.set)
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`
  for (const [name, one] of [
    ['fr', fr],
    ['en', en],
  ] as const) {
    process.stdout.write(
      `${name} ${one.taken.length} of ${one.messages} requests recognised (${percent(one.taken.length, one.messages)})\n`,
    )
  }
  process.stdout.write(
    `ordinary messages taken for a request: ${ordinary.taken.length} of ${ordinary.messages} (${percent(ordinary.taken.length, ordinary.messages)})\n`,
  )
  if (values.list) {
    for (const message of [...fr.left, ...en.left]) process.stdout.write(`missed: ${message}\n`)
    for (const message of ordinary.taken) process.stdout.write(`taken:  ${message}\n`)
  }
  const figures = {
    set: values.set,
    recall: { fr: fr.taken.length / fr.messages, en: en.taken.length / en.messages },
    requests: { fr: fr.messages, en: en.messages },
    falseOnOrdinary: ordinary.taken.length / ordinary.messages,
    ordinary: ordinary.messages,
  }
  if (values.out) writeFileSync(values.out, `${JSON.stringify(figures, null, 2)}\n`)
}

if (import.meta.main) main()
