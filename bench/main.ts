/**
 * `npm run bench`: every row against its limit or its peer, in one run, written into docs/performance.md. `npm run bench -- quick` takes a
 * third of the time, prints, and writes nothing.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { measureEngines } from './engines.ts'
import { measureJudge } from './judge.ts'
import { measureMail } from './mail.ts'
import { median } from './median.ts'
import { measurePage } from './page.ts'
import { measurePages } from './pages.ts'
import { measurePurpose } from './purpose.ts'
import { measureReach } from './reach.ts'
import { measureRelay } from './relay.ts'
import { measureReplan } from './replan.ts'
import { measureShield } from './shield.ts'
import { measureSize } from './size.ts'
import { measureStart } from './start.ts'
import { measureWhatIf } from './whatif.ts'

type Row = { readonly what: string; readonly seen: string; readonly must: string; readonly aim: string; readonly met: boolean }

const DOC = join(import.meta.dirname, '..', 'docs', 'performance.md')
const [BEGIN, END] = ['<!-- bench:begin -->', '<!-- bench:end -->']
const quick = process.argv.includes('quick')

const round = (value: number, digits = 0): string =>
  value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits })
const say = (text: string) => process.stderr.write(`${text}\n`)

const relayRows = async (): Promise<Row[]> => {
  const figures = await measureRelay(quick ? { ms: 8_000, intakeMs: 4_000 } : { ms: 30_000, pairs: 3, intakeMs: 8_000 })
  const ratio = median(figures.house.map((one, n) => one.perSecond / (figures.bare[n]?.perSecond ?? Number.NaN)))
  const rate = median(figures.house.map((one) => one.perSecond))
  const all = [...figures.house, figures.steady]
  const sum = (pick: (one: (typeof all)[number]) => number) => all.reduce((total, one) => total + pick(one), 0)
  const [lost, doubled, disordered] = [sum((one) => one.lost), sum((one) => one.doubled), sum((one) => one.disordered)]
  const intake = median(figures.intake.durable.map((one, n) => one / (figures.intake.none[n] ?? Number.NaN)))
  return [
    {
      what: 'webhook → reply, with `sent` and `delivered` coming back, 5,000 contacts: against its bare SQL',
      seen: `${round(ratio, 2)} × (${round(rate)}/s against ${round(median(figures.bare.map((one) => one.perSecond)))}/s)`,
      must: '≥ 0.6 ×',
      aim: '1,000/s',
      met: ratio >= 0.6,
    },
    {
      what: 'the same at 400 messages a second: p50, p99',
      seen: `${round(figures.steady.p50)} ms, ${round(figures.steady.p99)} ms`,
      must: 'p99 ≤ 500 ms',
      aim: '',
      met: figures.steady.p99 <= 500,
    },
    {
      what: 'lost, doubled, out of order in both',
      seen: `${lost}, ${doubled}, ${disordered}`,
      must: '0, 0, 0',
      aim: '',
      met: lost + doubled + disordered === 0,
    },
    {
      what: 'durable intake, 64 connections: against the same without a store',
      seen: `${round(intake, 2)} × (${round(median(figures.intake.durable))}/s against ${round(median(figures.intake.none))}/s)`,
      must: '≥ 0.4 ×',
      aim: '≥ 0.5 ×',
      met: intake >= 0.4,
    },
  ]
}

const judgeRow = (): Row => {
  const { median: middle, p99, ratio } = measureJudge()
  return {
    what: 'judging one situation against the whole rulebook: median, p99; against that of a tenth of the rules',
    seen: `${round(middle, 1)} µs, ${round(p99, 1)} µs; ${round(ratio, 1)} ×`,
    must: '≤ 20 µs; ≤ 2 ×',
    aim: '≤ 10 µs; ≤ 1.5 ×',
    met: middle <= 20 && ratio <= 2,
  }
}

const purposeRow = async (): Promise<Row> => {
  const { median: middle, p99 } = await measurePurpose()
  return {
    what: 'finding whose matter a message is: median, p99',
    seen: `${round(middle, 2)} ms, ${round(p99, 2)} ms`,
    must: 'p99 ≤ 1 ms',
    aim: '',
    met: p99 <= 1,
  }
}

const engineRows = async (): Promise<readonly Row[]> => {
  const { whole, streamed, failover, timer } = await measureEngines()
  return [
    {
      what: 'engine chain over a direct call, p50: whole, streamed',
      seen: `${round(whole.overhead, 2)} ms, ${round(streamed.overhead, 2)} ms`,
      must: '≤ 1.5 ms, ≤ 3 ms',
      aim: '≤ 0.5 ms, ≤ 1.5 ms',
      met: whole.overhead <= 1.5 && streamed.overhead <= 3,
    },
    {
      what: 'from the end of a silent engine’s time-out until the next is asked, worst of 40; a timer alone',
      seen: `${round(failover, 1)} ms; ${round(timer, 1)} ms`,
      must: '≤ 20 ms',
      aim: '≤ 5 ms',
      met: failover <= 20,
    },
  ]
}

const pageRows = async (): Promise<readonly Row[]> => {
  const { pages, kilobytes, backMs, missed, firstWord } = await measurePages(quick ? { pages: 500, rounds: 60 } : {})
  return [
    {
      what: `${round(pages)} open chat pages: memory of the process for each; all back after a kill, and what they missed`,
      seen: `${round(kilobytes, 1)} kB; ${round(backMs / 1000, 1)} s; ${missed}`,
      must: '≤ 40 kB; ≤ 30 s; 0',
      aim: '',
      met: kilobytes <= 40 && backMs <= 30_000 && missed === 0,
    },
    {
      what: 'from the engine’s first word to the page that watches: p50, p99',
      seen: `${round(firstWord.p50, 1)} ms, ${round(firstWord.p99, 1)} ms`,
      must: 'p99 ≤ 50 ms',
      aim: '',
      met: firstWord.p99 <= 50,
    },
  ]
}

const shieldRow = (): Row => {
  const { out, back } = measureShield()
  return {
    what: 'shielding 1,000 characters of a customer’s: median, p99; an answer of as many, token by token: median, p99',
    seen: `${round(out.median, 2)} ms, ${round(out.p99, 2)} ms; ${round(back.median, 2)} ms, ${round(back.p99, 2)} ms`,
    must: 'median ≤ 2 ms; ≤ 2 ms',
    aim: 'p99 ≤ 2 ms',
    met: out.median <= 2 && back.median <= 2,
  }
}

const pageRow = async (): Promise<Row> => {
  const { ms, slowMs, bytes } = await measurePage({ rounds: quick ? 3 : 7 })
  return {
    what: 'the chat page, from its address until somebody can write, in a new Chromium at 400 kB/s, 40 ms away; on a processor 4 × slower; bytes until then',
    seen: `${round(ms)} ms; ${round(slowMs)} ms; ${round(bytes / 1000)} kB`,
    must: '≤ 1,000 ms',
    aim: '',
    met: ms <= 1_000,
  }
}

const sizeRow = async (): Promise<Row> => {
  const { small, large, ratio } = await measureSize(quick ? { rounds: 2, ms: 1_500 } : {})
  return {
    what: 'one message with 1,000,000 stored against 10,000',
    seen: `${round(ratio, 2)} × (${round(large, 1)} ms against ${round(small, 1)} ms)`,
    must: '≤ 1.2 ×',
    aim: '1.0 ×',
    met: ratio <= 1.2,
  }
}

const replanRow = async (): Promise<Row> => {
  const { perSecond, lastStartMs, moved, lost, doubled, disordered } = await measureReplan({ people: quick ? 500 : 2_000 })
  return {
    what: `a channel is cut with ${round(moved)} messages waiting: planned anew on another; last send started there; lost, doubled, out of order`,
    seen: `${round(perSecond)}/s; ${round(lastStartMs)} ms; ${lost}, ${doubled}, ${disordered}`,
    must: '≥ 200/s; ≤ 1,000 ms; 0, 0, 0',
    aim: '',
    met: perSecond >= 200 && lastStartMs <= 1_000 && lost + doubled + disordered === 0,
  }
}

const mailRow = async (): Promise<Row> => {
  const { seconds, mails, threads, lost } = await measureMail({ mails: quick ? 1_000 : 10_000 })
  return {
    what: `a mailbox with ${round(mails + lost)} answers: fetched by IMAP, parsed, durable and decided on in their threads; lost`,
    seen: `${round(seconds, 1)} s, ${round(threads)} threads; ${lost}`,
    must: '≤ 120 s for 10,000; 0',
    aim: '',
    met: seconds <= (120 * (mails + lost)) / 10_000 && lost === 0,
  }
}

const startRow = async (): Promise<Row> => {
  const { ms, megabytes } = await measureStart(quick ? { rounds: 1, restMs: 3_000 } : {})
  return {
    what: 'start to `/readyz`, data folder present; memory at rest with PostgreSQL',
    seen: `${round(ms / 1000, 1)} s; ${round(megabytes)} MB`,
    must: '≤ 3 s; ≤ 300 MB',
    aim: '≤ 1.5 s; ≤ 200 MB',
    met: ms <= 3_000 && megabytes <= 300,
  }
}

const whatIfRow = async (): Promise<Row> => {
  const { messages, seconds, own, database, megabytes, rest } = await measureWhatIf(quick ? 200_000 : 1_000_000)
  const most = quick ? 8 : 30
  return {
    what: `\`whatif\` over ${round(messages)} recorded situations, no two alike: time (of a processor: the command, PostgreSQL); memory above one with nothing to judge`,
    seen: `${round(seconds, 1)} s (${round(own, 1)} s, ${round(database, 1)} s); ${round(megabytes - rest)} MB`,
    must: `≤ ${most} s; ≤ 300 MB`,
    aim: '',
    met: seconds <= most && megabytes - rest <= 300,
  }
}

const reachRow = async (): Promise<Row> => {
  const { people, seconds, megabytes } = await measureReach(quick ? 200_000 : 1_000_000)
  const most = quick ? 6 : 20
  return {
    what: `\`reach report\` over ${round(people)} contacts: time; memory of the command`,
    seen: `${round(seconds, 1)} s; ${round(megabytes)} MB`,
    must: `≤ ${most} s; ≤ 300 MB`,
    aim: '',
    met: seconds <= most && megabytes <= 300,
  }
}

const rows: Row[] = []
for (const [name, measure] of [
  ['judge', judgeRow],
  ['whatif', whatIfRow],
  ['reach', reachRow],
  ['purpose', purposeRow],
  ['shield', shieldRow],
  ['engines', engineRows],
  ['pages', pageRows],
  ['page', pageRow],
  ['start', startRow],
  ['replan', replanRow],
  ['mail', mailRow],
  ['size', sizeRow],
  ['relay', relayRows],
] as const) {
  say(`… ${name}`)
  rows.push(...[await measure()].flat())
}

const table = [
  '| what | seen | must | aim | |',
  '| --- | --- | --- | --- | --- |',
  ...rows.map(({ what, seen, must, aim, met }) => `| ${what} | ${seen} | ${must} | ${aim} | ${met ? 'met' : '**not met**'} |`),
].join('\n')
const machine = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${round(totalmem() / 1e9)} GB, Node ${process.version}; load average at the end ${round(loadavg()[0] ?? 0, 1)} (the load generator, the imitation provider and PostgreSQL share the processors).`
process.stdout.write(`${table}\n\n${machine}\n`)
if (!quick) {
  const doc = await readFile(DOC, 'utf8')
  await writeFile(DOC, doc.replace(new RegExp(`${BEGIN}[\\s\\S]*${END}`), `${BEGIN}\n${table}\n\nMeasured ${machine}\n${END}`))
}
if (rows.some((row) => !row.met)) process.exitCode = 1
