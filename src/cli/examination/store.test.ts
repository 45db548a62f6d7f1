import { expect, it } from 'vitest'
import { freePort } from '../../../tests/support/free-port.ts'
import { silentLog } from '../../core/ports.ts'
import { systemClock } from '../clock.ts'
import { peekDatabase } from '../database.ts'
import { examinationOfStore } from './store.ts'

it('a database that is not there is told by its variable, host and port, with what to do, and never with its password', async () => {
  const port = await freePort()
  const env = { DATABASE_URL: `postgresql://relais:secret@127.0.0.1:${port}/relais` }
  const opening = peekDatabase(env, '/', systemClock, silentLog)
  const { findings } = await examinationOfStore(opening, env, () => 0).examine(AbortSignal.timeout(5_000))
  await opening.then((database) => database?.close())
  expect(findings).toMatchObject([
    {
      id: 'store-unavailable',
      words: { en: `The database does not answer. (DATABASE_URL 127.0.0.1:${port} ECONNREFUSED)` },
      remedy: { en: 'Check that PostgreSQL runs at this address and that this machine may reach it; else correct DATABASE_URL.' },
    },
  ])
  expect(JSON.stringify(findings)).not.toContain('secret')
})
