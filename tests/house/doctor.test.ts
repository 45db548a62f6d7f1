/** `relais doctor` beside a running house: each fault an operator meets gives its own finding with what to do; a healthy set-up none. */
import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peekDatabase } from '../../src/cli/database.ts'
import { silentLog } from '../../src/core/ports.ts'
import { connect } from '../../src/store/connection.ts'
import { migrate } from '../../src/store/migrate.ts'
import { WORKERS } from '../../src/store/postgres/workers.ts'
import { type Asked, DEAD, GB, openPatient, type Patient } from '../support/doctor.ts'
import type { TestHouse } from '../support/house.ts'
import { emptyDatabase, freshDatabase } from '../support/postgres.ts'
import { realClock } from '../support/real-clock.ts'

const HOUR = 3_600_000

let patient: Patient
let house: TestHouse
beforeAll(async () => {
  patient = await openPatient()
  house = patient.house
})
afterAll(() => patient.close())

const examine: Patient['examine'] = (asked) => patient.examine(asked)
const run: Patient['run'] = (asked) => patient.run(asked)
const workspaceWith: Patient['workspaceWith'] = (change) => patient.workspaceWith(change)

type Fault = {
  readonly name: string
  readonly finds: string
  readonly level?: 'error' | 'warning'
  /** Injects the fault; gives how to ask, and how to heal. */
  inject(): Promise<{ readonly asked?: Asked; heal?(): unknown }> | { readonly asked?: Asked; heal?(): unknown }
}

const FAULTS: readonly Fault[] = [
  {
    name: 'an expired token',
    finds: 'whatsapp/token-expired',
    inject: () => {
      house.stage.whatsapp.account.tokenValid = false
      return { heal: () => Object.assign(house.stage.whatsapp.account, { tokenValid: true }) }
    },
  },
  {
    name: 'a token without the right to manage',
    finds: 'whatsapp/permission-missing',
    inject: () => {
      const { account } = house.stage.whatsapp
      const { scopes } = account
      account.scopes = ['whatsapp_business_messaging']
      return { heal: () => Object.assign(account, { scopes }) }
    },
  },
  {
    name: 'an app secret that was reset at the platform',
    finds: 'whatsapp/app-secret-wrong',
    inject: () => {
      const { whatsapp } = house.stage
      const { appSecret } = whatsapp
      whatsapp.appSecret = 'reset-in-the-dashboard'
      return { heal: () => Object.assign(whatsapp, { appSecret }) }
    },
  },
  {
    name: 'the id of another number',
    finds: 'whatsapp/number-unknown',
    inject: async () => ({ asked: { folder: await workspaceWith((text) => text.replace('106540352242922', '106540352242923')) } }),
  },
  {
    name: 'an id that belongs to another number than the one written',
    finds: 'whatsapp/number-mismatch',
    inject: async () => ({ asked: { folder: await workspaceWith((text) => text.replace('+33465711000', '+33465711001')) } }),
  },
  {
    name: 'the id of another account',
    finds: 'whatsapp/account-unknown',
    inject: async () => ({ asked: { folder: await workspaceWith((text) => text.replace('102290129340398', '102290129340399')) } }),
  },
  {
    name: 'a number that is not registered',
    finds: 'whatsapp/number-not-connected',
    inject: () => {
      house.stage.whatsapp.account.registered = false
      return { heal: () => Object.assign(house.stage.whatsapp.account, { registered: true }) }
    },
  },
  {
    name: 'an app that is not subscribed to the account',
    finds: 'whatsapp/app-not-subscribed',
    inject: () => {
      house.stage.whatsapp.webhooks.subscribed = false
      return { heal: () => Object.assign(house.stage.whatsapp.webhooks, { subscribed: true }) }
    },
  },
  {
    name: 'webhooks that go to another address',
    finds: 'whatsapp/webhook-elsewhere',
    inject: () => {
      const { webhooks } = house.stage.whatsapp
      const { url } = webhooks
      webhooks.url = 'https://staging.example.fr/webhooks/whatsapp'
      return { heal: () => Object.assign(webhooks, { url }) }
    },
  },
  {
    name: 'a public address where nobody answers',
    finds: 'whatsapp/webhook-unreachable',
    inject: () => {
      const { webhooks } = house.stage.whatsapp
      const { url } = webhooks
      webhooks.url = `${DEAD}/webhooks/whatsapp`
      return { asked: { env: { PUBLIC_URL: DEAD } }, heal: () => Object.assign(webhooks, { url }) }
    },
  },
  {
    name: 'a house that runs with another verify token',
    finds: 'whatsapp/webhook-handshake',
    inject: () => ({ asked: { env: { WHATSAPP_VERIFY_TOKEN: 'changed-since-the-start' } } }),
  },
  {
    name: 'a proxy that changes the bodies of webhooks',
    finds: 'whatsapp/webhook-signature',
    inject: () => patient.behindProxy(patient.passOn((body) => JSON.stringify(JSON.parse(body), null, 1))),
  },
  {
    name: 'an address that takes calls with a wrong signature',
    finds: 'whatsapp/webhook-unsigned',
    inject: () =>
      patient.behindProxy(async (call) => ({
        status: 200,
        headers: { 'content-type': 'text/plain' },
        body: call.query.get('hub.challenge') ?? '',
      })),
  },
  {
    name: 'no public address',
    finds: 'whatsapp/webhook-unknown',
    level: 'warning',
    inject: () => ({ asked: { env: { PUBLIC_URL: undefined } } }),
  },
  {
    name: 'red quality',
    finds: 'whatsapp/quality-red',
    inject: () => {
      house.stage.whatsapp.account.setQuality('RED', { silent: true })
      return { heal: () => house.stage.whatsapp.account.setQuality('GREEN', { silent: true }) }
    },
  },
  {
    name: 'a number without its pin',
    finds: 'whatsapp/two-step-off',
    level: 'warning',
    inject: () => {
      house.stage.whatsapp.account.pinned = false
      return { heal: () => Object.assign(house.stage.whatsapp.account, { pinned: true }) }
    },
  },
  {
    name: 'a rate above what the number is granted',
    finds: 'whatsapp/throughput-too-high',
    level: 'warning',
    inject: async () => ({ asked: { folder: await workspaceWith((text) => text.replace('throughput: 80', 'throughput: 1000')) } }),
  },
  {
    name: 'a clock that is an hour ahead',
    finds: 'whatsapp/clock-skew',
    inject: () => ({ asked: { ahead: HOUR } }),
  },
  {
    name: 'a platform that is out of reach',
    finds: 'whatsapp/api-unreachable',
    inject: () => ({ asked: { env: { WHATSAPP_API_URL: DEAD } } }),
  },
  {
    name: 'a rejected template',
    finds: 'template-unusable',
    inject: () => {
      const { templates } = house.stage.whatsapp
      templates.setStatus('answer_ready', 'fr', 'REJECTED')
      return { heal: () => templates.setStatus('answer_ready', 'fr', 'APPROVED') }
    },
  },
  {
    name: 'a template the platform has never seen',
    finds: 'template-missing',
    inject: async () => {
      const folder = await workspaceWith((text) => text)
      await writeFile(
        join(folder, 'templates', 'new_offer.yaml'),
        'name: new_offer\ncategory: marketing\ntext: { fr: "Bonjour {{1}} !", en: "Hello {{1}}!" }\n',
      )
      return { asked: { folder } }
    },
  },
  {
    name: 'a template that was approved with other variables',
    finds: 'template-differs',
    inject: async () => {
      const folder = await workspaceWith((text) => text)
      const file = join(folder, 'templates', 'departure_reminder.yaml')
      await writeFile(file, (await readFile(file, 'utf8')).replace(/Dossier \{\{4\}\}\s*: vérifiez/, 'Vérifiez'))
      return { asked: { folder } }
    },
  },
  {
    name: 'an engine that is down',
    finds: 'engine-unreachable',
    inject: () => ({ asked: { env: { ENGINE_URL: DEAD } } }),
  },
  {
    name: 'an engine that refuses the key',
    finds: 'engine-key-refused',
    inject: () => {
      house.stage.engine.always({ kind: 'unauthorised' })
      return { heal: () => house.stage.engine.always({ kind: 'answer' }) }
    },
  },
  {
    name: 'an engine that has no such model',
    finds: 'engine-request-refused',
    inject: async () => ({ asked: { folder: await workspaceWith((text) => text.replace('model: demo', 'model: nobody-has-it')) } }),
  },
  {
    name: 'an engine whose answers stop half way',
    finds: 'engine-cut',
    inject: () => {
      house.stage.engine.always({ kind: 'cut', after: 3 })
      return { heal: () => house.stage.engine.always({ kind: 'answer' }) }
    },
  },
  {
    name: 'an engine that fails',
    finds: 'engine-broken',
    inject: () => {
      house.stage.engine.always({ kind: 'failing' })
      return { heal: () => house.stage.engine.always({ kind: 'answer' }) }
    },
  },
  {
    name: 'an engine that never answers',
    finds: 'engine-slow',
    inject: () => {
      house.stage.engine.always({ kind: 'silent' })
      return { asked: { tools: { limitMs: 700 } }, heal: () => house.stage.engine.always({ kind: 'answer' }) }
    },
  },
  {
    name: 'an engine that may not see what customers write',
    finds: 'engine-not-allowed',
    level: 'warning',
    inject: async () => ({ asked: { folder: await workspaceWith((text) => text.replace('personalData: all', 'personalData: none')) } }),
  },
  {
    name: 'a database that does not answer',
    finds: 'store-unavailable',
    inject: () => ({ asked: { env: { DATABASE_URL: 'postgresql://relais@127.0.0.1:1/relais' } } }),
  },
  {
    name: 'a database that does not exist',
    finds: 'store-refused',
    inject: () => ({ asked: { env: { DATABASE_URL: patient.databaseUrl.replace(/[^/]*$/, 'nobody_made_it') } } }),
  },
  {
    name: 'a database that a newer Relais has migrated',
    finds: 'database-newer',
    inject: async () => {
      await house.connection.query("insert into migration (name, at) values ('9999_of_tomorrow.sql', 0)")
      return { heal: () => house.connection.query("delete from migration where name = '9999_of_tomorrow.sql'") }
    },
  },
  {
    name: 'a database that was never migrated',
    finds: 'store-not-migrated',
    level: 'warning',
    inject: async () => {
      const database = await emptyDatabase()
      return { asked: { env: { DATABASE_URL: database.connectionString } }, heal: database.drop }
    },
  },
  {
    name: 'a database nobody works on',
    finds: 'worker-none',
    inject: async () => {
      const database = await emptyDatabase()
      const opened = await peekDatabase({ DATABASE_URL: database.connectionString }, tmpdir(), realClock, silentLog)
      if (opened) await migrate(opened.connection, 0)
      // One that was killed: its row stays, its lock went with it.
      await opened?.connection.query("insert into worker (id, started_at) values ('wrk_killed', 0)")
      await opened?.close()
      return { asked: { env: { DATABASE_URL: database.connectionString } }, heal: database.drop }
    },
  },
  {
    name: 'events nobody gets to, though a process is alive',
    finds: 'queue-stuck',
    inject: async () => {
      const database = await freshDatabase()
      const connection = connect({ config: { connectionString: database.connectionString }, size: 1 })
      const worker = await connection.dedicated(() => {})
      await worker.query("insert into worker (id, started_at) values ('wrk_busy', 0)")
      await worker.query(`select pg_advisory_lock(${WORKERS}, hashtext('wrk_busy'))`)
      await worker.query(
        "insert into pending (id, contact_id, kind, at, received, due_at, body) values ('evt_old', 'con_1', 'message', 0, 0, $1, '{}')",
        [house.stage.clock.now() - 120_000],
      )
      return {
        asked: { env: { DATABASE_URL: database.connectionString } },
        heal: async () => {
          await worker.end()
          await connection.close()
          await database.drop()
        },
      }
    },
  },
  {
    name: 'no database yet',
    finds: 'store-none',
    level: 'warning',
    inject: async () => {
      const folder = await patient.newFolder()
      return { asked: { env: { DATABASE_URL: undefined, RELAIS_DATA: join(folder, 'data') } } }
    },
  },
  {
    name: 'an event that was set aside',
    finds: 'events-set-aside',
    level: 'warning',
    inject: async () => {
      await house.connection.query(
        "insert into poison (id, contact_id, kind, at, set_aside_at, error, body) values ('evt_poison', '', 'message', 0, 0, 'TypeError', '{}')",
      )
      return { heal: () => house.connection.query("delete from poison where id = 'evt_poison'") }
    },
  },
  {
    name: 'a channel that somebody paused',
    finds: 'channel-paused',
    level: 'warning',
    inject: async () => {
      await house.connection.query("update channel set paused = true, reason = 'by Claire'")
      return { heal: () => house.connection.query('update channel set paused = false, reason = null') }
    },
  },
  {
    name: 'a channel that stayed cut when the platform forgave it',
    finds: 'channel-cut',
    inject: async () => {
      await house.connection.query("update channel set health = 'cut', reason = 'account_update'")
      return { heal: () => house.connection.query("update channel set health = 'healthy', reason = null") }
    },
  },
  {
    name: 'a disk that is full',
    finds: 'disk-full',
    inject: () => ({ asked: { tools: { freeBytes: async () => 50 * 1024 ** 2 } } }),
  },
  {
    name: 'a disk that fills up',
    finds: 'disk-low',
    level: 'warning',
    inject: () => ({ asked: { tools: { freeBytes: async () => GB / 2 } } }),
  },
]

describe('a healthy set-up', () => {
  it('has no finding, and every check is well', async () => {
    const { healthy, checks, findings, code } = await examine()
    expect(findings).toEqual([])
    expect(checks).toEqual(['workspace', 'whatsapp', 'main', 'faq', 'store', 'disk'].map((subject) => ({ subject, ok: true })))
    expect([healthy, code]).toEqual([true, 0])
  })

  it('is told in a line a check, in both languages', async () => {
    const { text } = await run({ language: 'fr' })
    expect(text.match(/^✓ /gm)).toHaveLength(6)
    expect(text).toContain('✓ Canal «\u00a0whatsapp\u00a0»\u00a0: le fournisseur répond')
    expect(text.trimEnd()).toMatch(/Tout va bien\.$/)
    expect((await run({})).text.trimEnd()).toMatch(/All is well\.$/)
  })

  it('is asked without a word to any customer, and leaves the database as it was', async () => {
    const { ledger } = house.stage.whatsapp
    const rows = () => house.connection.query('select (select count(*) from event) as events, (select count(*) from message) as messages')
    // The house itself asks the provider for its templates when it takes the channel: what it is told stands before.
    await house.until('the templates are known', async () => (await house.connection.query('select from template limit 1')).length > 0)
    const before = [ledger.sends.length, await rows()]
    await examine()
    expect([ledger.sends.length, await rows()]).toEqual(before)
  })
})

describe('one fault', () => {
  it.each(FAULTS)('$name is $finds, and nothing else', async ({ finds, level = 'error', inject }) => {
    const { asked = {}, heal } = await inject()
    try {
      const report = await examine(asked)
      expect(report.findings.map(({ id }) => id)).toEqual([finds])
      const [finding] = report.findings
      expect(finding?.level).toBe(level)
      expect([report.healthy, report.code]).toEqual(level === 'error' ? [false, 1] : [true, 0])
      for (const words of [finding?.words, finding?.remedy]) {
        expect(words?.fr.length).toBeGreaterThan(15)
        expect(words?.en.length).toBeGreaterThan(15)
        expect(words?.fr).not.toBe(words?.en)
      }
    } finally {
      await heal?.()
    }
  })

  it('is never told like another', () => {
    expect(new Set(FAULTS.map(({ finds }) => finds)).size).toBe(FAULTS.length)
    expect(FAULTS.length).toBeGreaterThanOrEqual(12)
  })

  it('is told with what, where and what to do', async () => {
    house.stage.whatsapp.account.tokenValid = false
    const { text, code } = await run({ language: 'fr' })
    house.stage.whatsapp.account.tokenValid = true
    expect(code).toBe(1)
    expect(text).toMatch(
      /Canal «\u00a0whatsapp\u00a0»\n {2}✗ Le jeton d’accès a expiré\..*\n {4}relais\.yaml:\d+ {2}whatsapp\/token-expired.*\n {4}→ Créez un jeton permanent/,
    )
    expect(text).toContain('✓ Moteur «\u00a0main\u00a0»')
    expect(text.trimEnd()).toMatch(/1 erreur\.$/)
  })
})

describe('several faults', () => {
  it('are all told at once', async () => {
    house.stage.whatsapp.webhooks.subscribed = false
    house.stage.engine.always({ kind: 'unauthorised' })
    const { findings } = await examine({ tools: { freeBytes: async () => 0 } })
    house.stage.whatsapp.webhooks.subscribed = true
    house.stage.engine.always({ kind: 'answer' })
    expect(findings.map(({ id }) => id)).toEqual(['whatsapp/app-not-subscribed', 'engine-key-refused', 'disk-full'])
  })

  it('of the folder leave the database and the disk examined', async () => {
    const { findings, checks } = await examine({ env: { WHATSAPP_TOKEN: undefined, PUBLIC_URL: 'relais.example.fr' } })
    expect(findings.map(({ id, file }) => [id, file])).toEqual([
      ['secret-missing', 'relais.yaml'],
      ['public-url-unusable', undefined],
    ])
    expect(checks.map(({ subject }) => subject)).toEqual(['workspace', 'store', 'disk'])
  })
})

it('a banned account is one finding: that Relais has cut the channel follows from it', async () => {
  const { account } = house.stage.whatsapp
  const health = async () => (await house.connection.query<{ health: string }>('select health from channel'))[0]?.health
  account.ban()
  await house.until('the channel cut', async () => (await health()) === 'cut')
  expect((await examine()).findings.map(({ id }) => id)).toEqual(['whatsapp/account-blocked'])
  account.reinstate()
  await house.until('the channel healthy', async () => (await health()) === 'healthy')
  expect((await examine()).findings).toEqual([])
})

it('no secret is ever told', async () => {
  const secrets = ['WHATSAPP_TOKEN', 'WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN'].map((name) => house.stage.env[name] ?? '')
  const dead = { DATABASE_URL: 'postgresql://relais:pass-of-the-database@127.0.0.1:1/relais' }
  for (const { inject } of FAULTS) {
    const { asked = {}, heal } = await inject()
    const { text } = await run({ ...asked, env: { ...dead, ...asked.env } })
    await heal?.()
    for (const secret of [...secrets, 'pass-of-the-database']) expect(text).not.toContain(secret)
  }
})

it('a provider that never answers ends the examination in time', async () => {
  const silent: Server = createServer(() => {})
  await new Promise<void>((ready) => silent.listen(0, '127.0.0.1', ready))
  const address = silent.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const begun = Date.now()
  const { findings } = await examine({ env: { WHATSAPP_API_URL: `http://127.0.0.1:${port}` }, tools: { limitMs: 500 } })
  silent.closeAllConnections()
  silent.close()
  expect(findings.map(({ id }) => id)).toEqual(['whatsapp/api-unreachable'])
  expect(Date.now() - begun).toBeLessThan(5_000)
})

it('a folder that does not exist is wrong use', async () => {
  expect((await run({ folder: '/nowhere/at/all' })).code).toBe(2)
})
