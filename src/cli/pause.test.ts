import { describe, expect, it } from 'vitest'
import { NOON } from '../../tests/support/rooms.ts'
import { runCommand } from '../../tests/support/terminal.ts'
import type { Switches } from '../core/reading.ts'
import type { Switch, SwitchKind } from '../core/store.ts'
import { type OpenSwitches, pauseCommand, resumeCommand } from './pause.ts'

const KNOWN: Readonly<Record<string, SwitchKind>> = { ai: 'automation', whatsapp: 'channel', main: 'engine', crm: 'webhook' }
const ENGINE = {
  health: 'healthy',
  breaker: 'closed',
  reason: null,
  paused: false,
  pausedBecause: null,
  pausedSince: null,
  changedAt: 0,
} as const
const WEBHOOK = { failingSince: null, offAt: null, reason: null, tries: 0, dueAt: 0 }
const SWITCHES: Switches = {
  automation: { paused: false, reason: null, since: null },
  engines: [{ id: 'main', ...ENGINE }],
  webhooks: [{ id: 'crm', ...WEBHOOK }],
}

const open = (automation: Switches['automation'] = SWITCHES.automation, paused: string[] = ['main', 'whatsapp']) => {
  const turned: Omit<Switch, 'id'>[] = []
  let closed = 0
  const openSwitches: OpenSwitches = async () => ({
    turn: async (change) => {
      turned.push(change)
      return KNOWN[change.what] ?? null
    },
    read: async () => ({
      switches: { ...SWITCHES, automation, engines: SWITCHES.engines.map((one) => ({ ...one, paused: paused.includes(one.id) })) },
      channels: [{ id: 'whatsapp', health: 'healthy' as const, paused: paused.includes('whatsapp') }],
    }),
    close: async () => void closed++,
  })
  const io = { cwd: '/', now: () => NOON }
  return {
    turned,
    closed: () => closed,
    pause: (args: string | readonly string[], language: 'fr' | 'en' = 'en') =>
      runCommand(pauseCommand(openSwitches), args, { ...io, language }),
    resume: (args: string) => runCommand(resumeCommand(openSwitches), args, io),
  }
}

describe('relais pause and resume', () => {
  it('turn what is named, with its reason, and say what it was', async () => {
    const { pause, resume, turned, closed } = open(undefined, ['main'])
    expect(await pause(['ai', '--reason', 'Audit'])).toMatchObject({ code: 0, out: '', err: 'All automation is paused.\n' })
    expect(await pause('whatsapp')).toMatchObject({ code: 0, err: 'Channel whatsapp is paused.\n' })
    expect(await resume('main')).toMatchObject({ code: 0, err: 'Engine main goes on.\n' })
    expect((await pause('crm', 'fr')).err).toBe('Le webhook crm est en pause.\n')
    expect(turned).toMatchObject([
      { what: 'ai', paused: true, reason: 'Audit' },
      { what: 'whatsapp', paused: true, reason: 'by-hand' },
      { what: 'main', paused: false },
      { what: 'crm', paused: true },
    ])
    expect(closed()).toBe(4)
  })

  it('say where it was so already', async () => {
    const off = open({ paused: true, reason: 'by-hand', since: NOON })
    expect((await off.pause('ai')).err).toBe('All automation is paused already.\n')
    expect((await off.pause('whatsapp', 'fr')).err).toBe('Le canal whatsapp est déjà en pause.\n')
    const on = open(undefined, [])
    expect((await on.resume('ai')).err).toBe('All automation was not paused.\n')
    expect((await on.resume('whatsapp')).err).toBe('Channel whatsapp was not paused.\n')
  })

  it('give one JSON document', async () => {
    const { out, err } = await open().pause('main --json')
    expect([JSON.parse(out), err]).toEqual([{ id: 'main', kind: 'engine', paused: true, reason: 'by-hand' }, ''])
  })

  it('say of a name that nobody knows which there are', async () => {
    const { pause, closed } = open()
    const { code, err } = await pause('whatsap')
    expect(code).toBe(2)
    expect(err).toContain('whatsap (there are: ai, whatsapp, main, crm)')
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(closed()).toBe(1)
  })

  it('know nothing to stop where nobody started Relais yet', async () => {
    const { code, err } = await runCommand(
      pauseCommand(async () => null),
      'nothing',
      { cwd: '/', now: () => NOON, language: 'en' },
    )
    expect(code).toBe(2)
    expect(err).toContain('must have started once')
  })

  it.each([
    ['', 'argument is missing'],
    ['a b', 'one too many'],
    [['ai', '--reason', 'a\nb'], 'one line'],
    ['ai --why x', 'no option --why'],
  ] as const)('%j is wrong use', async (args, words) => {
    const { code, err } = await open().pause(args)
    expect(code).toBe(2)
    expect(err).toContain(words)
  })
})
