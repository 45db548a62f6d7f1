/** What an operator may meet: each fault with how it comes about, how it heals, and what `relais doctor` must find. */
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { peekDatabase } from '../../src/cli/database.ts'
import { silentLog } from '../../src/core/ports.ts'
import { connect } from '../../src/store/connection.ts'
import { migrate } from '../../src/store/migrate.ts'
import { WORKERS } from '../../src/store/postgres/workers.ts'
import { type Asked, DEAD, GB, type Patient } from '../support/doctor.ts'
import { emptyDatabase, freshDatabase } from '../support/postgres.ts'
import { realClock } from '../support/real-clock.ts'

const HOUR = 3_600_000

export type Fault = {
  readonly name: string
  readonly finds: string
  readonly level?: 'error' | 'warning'
  /** Injects the fault; gives how to ask, and how to heal. */
  inject(patient: Patient): Promise<{ readonly asked?: Asked; heal?(): unknown }> | { readonly asked?: Asked; heal?(): unknown }
}

export const FAULTS: readonly Fault[] = [
  {
    name: 'an expired token',
    finds: 'whatsapp/token-expired',
    inject: ({ house }) => {
      house.stage.whatsapp.account.tokenValid = false
      return { heal: () => Object.assign(house.stage.whatsapp.account, { tokenValid: true }) }
    },
  },
  {
    name: 'a token without the right to manage',
    finds: 'whatsapp/permission-missing',
    inject: ({ house }) => {
      const { account } = house.stage.whatsapp
      const { scopes } = account
      account.scopes = ['whatsapp_business_messaging']
      return { heal: () => Object.assign(account, { scopes }) }
    },
  },
  {
    name: 'an app secret that was reset at the platform',
    finds: 'whatsapp/app-secret-wrong',
    inject: ({ house }) => {
      const { whatsapp } = house.stage
      const { appSecret } = whatsapp
      whatsapp.appSecret = 'reset-in-the-dashboard'
      return { heal: () => Object.assign(whatsapp, { appSecret }) }
    },
  },
  {
    name: 'the id of another number',
    finds: 'whatsapp/number-unknown',
    inject: async ({ workspaceWith }) => ({
      asked: { folder: await workspaceWith((text) => text.replace('106540352242922', '106540352242923')) },
    }),
  },
  {
    name: 'an id that belongs to another number than the one written',
    finds: 'whatsapp/number-mismatch',
    inject: async ({ workspaceWith }) => ({
      asked: { folder: await workspaceWith((text) => text.replace('+33465711000', '+33465711001')) },
    }),
  },
  {
    name: 'the id of another account',
    finds: 'whatsapp/account-unknown',
    inject: async ({ workspaceWith }) => ({
      asked: { folder: await workspaceWith((text) => text.replace('102290129340398', '102290129340399')) },
    }),
  },
  {
    name: 'a number that is not registered',
    finds: 'whatsapp/number-not-connected',
    inject: ({ house }) => {
      house.stage.whatsapp.account.registered = false
      return { heal: () => Object.assign(house.stage.whatsapp.account, { registered: true }) }
    },
  },
  {
    name: 'an app that is not subscribed to the account',
    finds: 'whatsapp/app-not-subscribed',
    inject: ({ house }) => {
      house.stage.whatsapp.webhooks.subscribed = false
      return { heal: () => Object.assign(house.stage.whatsapp.webhooks, { subscribed: true }) }
    },
  },
  {
    name: 'webhooks that go to another address',
    finds: 'whatsapp/webhook-elsewhere',
    inject: ({ house }) => {
      const { webhooks } = house.stage.whatsapp
      const { url } = webhooks
      webhooks.url = 'https://staging.example.fr/webhooks/whatsapp'
      return { heal: () => Object.assign(webhooks, { url }) }
    },
  },
  {
    name: 'a public address where nobody answers',
    finds: 'whatsapp/webhook-unreachable',
    inject: ({ house }) => {
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
    inject: ({ behindProxy, passOn }) => behindProxy(passOn((body) => JSON.stringify(JSON.parse(body), null, 1))),
  },
  {
    name: 'an address that takes calls with a wrong signature',
    finds: 'whatsapp/webhook-unsigned',
    inject: ({ behindProxy }) =>
      behindProxy(async (call) => ({
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
    inject: ({ house }) => {
      house.stage.whatsapp.account.setQuality('RED', { silent: true })
      return { heal: () => house.stage.whatsapp.account.setQuality('GREEN', { silent: true }) }
    },
  },
  {
    name: 'a number without its pin',
    finds: 'whatsapp/two-step-off',
    level: 'warning',
    inject: ({ house }) => {
      house.stage.whatsapp.account.pinned = false
      return { heal: () => Object.assign(house.stage.whatsapp.account, { pinned: true }) }
    },
  },
  {
    name: 'a rate above what the number is granted',
    finds: 'whatsapp/throughput-too-high',
    level: 'warning',
    inject: async ({ workspaceWith }) => ({
      asked: { folder: await workspaceWith((text) => text.replace('throughput: 80', 'throughput: 1000')) },
    }),
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
    inject: ({ house }) => {
      const { templates } = house.stage.whatsapp
      templates.setStatus('answer_ready', 'fr', 'REJECTED')
      return { heal: () => templates.setStatus('answer_ready', 'fr', 'APPROVED') }
    },
  },
  {
    name: 'a template the platform has never seen',
    finds: 'template-missing',
    inject: async ({ workspaceWith }) => {
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
    inject: async ({ workspaceWith }) => {
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
    inject: ({ house }) => {
      house.stage.engine.always({ kind: 'unauthorised' })
      return { heal: () => house.stage.engine.always({ kind: 'answer' }) }
    },
  },
  {
    name: 'an engine that has no such model',
    finds: 'engine-request-refused',
    inject: async ({ workspaceWith }) => ({
      asked: { folder: await workspaceWith((text) => text.replace('model: demo', 'model: nobody-has-it')) },
    }),
  },
  {
    name: 'an engine whose answers stop half way',
    finds: 'engine-cut',
    inject: ({ house }) => {
      house.stage.engine.always({ kind: 'cut', after: 3 })
      return { heal: () => house.stage.engine.always({ kind: 'answer' }) }
    },
  },
  {
    name: 'an engine that fails',
    finds: 'engine-broken',
    inject: ({ house }) => {
      house.stage.engine.always({ kind: 'failing' })
      return { heal: () => house.stage.engine.always({ kind: 'answer' }) }
    },
  },
  {
    name: 'an engine that never answers',
    finds: 'engine-slow',
    inject: ({ house }) => {
      house.stage.engine.always({ kind: 'silent' })
      return { asked: { tools: { limitMs: 700 } }, heal: () => house.stage.engine.always({ kind: 'answer' }) }
    },
  },
  {
    name: 'an engine that may not see what customers write',
    finds: 'engine-not-allowed',
    level: 'warning',
    inject: async ({ workspaceWith }) => ({
      asked: { folder: await workspaceWith((text) => text.replace('personalData: all', 'personalData: none')) },
    }),
  },
  {
    name: 'a database that does not answer',
    finds: 'store-unavailable',
    inject: () => ({ asked: { env: { DATABASE_URL: 'postgresql://relais@127.0.0.1:1/relais' } } }),
  },
  {
    name: 'a database that does not exist',
    finds: 'store-refused',
    inject: ({ databaseUrl }) => ({ asked: { env: { DATABASE_URL: databaseUrl.replace(/[^/]*$/, 'nobody_made_it') } } }),
  },
  {
    name: 'a database that a newer Relais has migrated',
    finds: 'database-newer',
    inject: async ({ house }) => {
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
    inject: async ({ house }) => {
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
    inject: async ({ newFolder }) => {
      const folder = await newFolder()
      return { asked: { env: { DATABASE_URL: undefined, RELAIS_DATA: join(folder, 'data') } } }
    },
  },
  {
    name: 'an event that was set aside',
    finds: 'events-set-aside',
    level: 'warning',
    inject: async ({ house }) => {
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
    inject: async ({ house }) => {
      await house.connection.query("update channel set paused = true, reason = 'by Claire'")
      return { heal: () => house.connection.query('update channel set paused = false, reason = null') }
    },
  },
  {
    name: 'all automation that somebody paused',
    finds: 'automation-paused',
    level: 'warning',
    inject: async ({ house }) => {
      await house.connection.query("insert into pause (what, reason, at) values ('ai', 'by Claire', 0)")
      return { heal: () => house.connection.query("delete from pause where what = 'ai'") }
    },
  },
  {
    name: 'an engine that somebody paused',
    finds: 'engine-paused',
    level: 'warning',
    inject: async ({ house }) => {
      await house.connection.query("insert into pause (what, reason, at) values ('main', 'by Claire', 0)")
      return { heal: () => house.connection.query("delete from pause where what = 'main'") }
    },
  },
  {
    name: 'a webhook that is told nothing any more',
    finds: 'webhook-off',
    inject: async ({ house }) => {
      await house.connection.query("insert into endpoint (id, place, off_at, reason, changed_at) values ('crm', '', 1, 'status-500', 1)")
      return { heal: () => house.connection.query("delete from endpoint where id = 'crm'") }
    },
  },
  {
    name: 'a webhook that does not take what it is told',
    finds: 'webhook-failing',
    level: 'warning',
    inject: async ({ house }) => {
      await house.connection.query("insert into endpoint (id, place, tries, failing_since, changed_at) values ('crm', '', 3, 1, 1)")
      return { heal: () => house.connection.query("delete from endpoint where id = 'crm'") }
    },
  },
  {
    name: 'a channel that stayed cut when the platform forgave it',
    finds: 'channel-cut',
    inject: async ({ house }) => {
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
