/** How `relais start` ends, and that it runs once a folder. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { makeRandom } from '../../simulators/random.ts'
import { type Crew, openCrew, until } from './crew.ts'
import { compare, FAULTLESS } from './oracle.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

const openOwn = async (): Promise<Crew> => {
  const dataFolder = mkdtempSync('/tmp/relais-stop-')
  chmodSync(dataFolder, 0o755)
  undo.push(() => rmSync(dataFolder, { recursive: true, force: true }))
  const crew = await openCrew({ dataFolder })
  undo.push(() => crew.close())
  return crew
}

/** `relais start` on the crew's workspace and data folder. */
const startRelais = (crew: Crew): { process: ChildProcess; said(): string } => {
  const child = spawn(process.execPath, ['src/cli/main.ts', 'start', crew.workspace, '--port', '0'], {
    env: { ...process.env, ...crew.env, DATABASE_URL: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  undo.push(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (said += text))
  return { process: child, said: () => said }
}
const addressOf = (said: string): string | undefined => /^Relais: (http:\S+?)\/$/m.exec(said)?.[1]

describe('relais start', () => {
  it('on SIGTERM under load finishes what it has in hand, stops its server, and the next start goes on where it ended', async () => {
    const crew = await openOwn()
    const first = startRelais(crew)
    crew.aim(await until('its address', () => addressOf(first.said())))
    const writing = crew.write(makeRandom(5), 40)
    await until('some answers', () => crew.whatsapp.ledger.shown().length > 40)
    const began = performance.now()
    first.process.kill('SIGTERM')
    const [code] = await once(first.process, 'exit')
    expect(code, first.said().slice(-2000)).toBe(0)
    expect(performance.now() - began).toBeLessThan(15_000)

    const second = startRelais(crew)
    crew.aim(await until('its address', () => addressOf(second.said())))
    await until('more answers', () => crew.whatsapp.ledger.shown().length > 120)
    writing.stop()
    await crew.rest()
    const findings = await compare(crew.whatsapp, crew.connection)
    expect(findings).toMatchObject({ ...FAULTLESS, acknowledged: writing.sent() })
    // Drained: not one send of unknown end.
    expect(await crew.connection.query("select 1 from attempt where result = 'unknown' or result is null")).toEqual([])
  })

  it('a second time on the same folder is refused, and names the process that runs', async () => {
    const crew = await openOwn()
    const first = startRelais(crew)
    await until('its address', () => addressOf(first.said()))
    const second = startRelais(crew)
    const [code] = await once(second.process, 'exit')
    expect(code).not.toBe(0)
    expect(second.said()).toContain(String(first.process.pid))
    expect(second.said()).not.toMatch(/^\s+at /m)
    expect(first.process.exitCode).toBeNull()
  })
})
