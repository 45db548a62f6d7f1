import { expect, it } from 'vitest'
import { freePort } from '../../tests/support/free-port.ts'
import { type RelaisError, sentenceOf } from '../core/errors.ts'
import { silentLog } from '../core/ports.ts'
import { systemClock } from './clock.ts'
import { joinDatabase, openDatabase } from './database.ts'

const failed = async (opening: Promise<unknown>): Promise<RelaisError> =>
  opening.then(() => expect.fail('it opened')).catch((error) => error)

it('a database that does not answer is told by its variable, host, port and reason, in whole sentences', async () => {
  const port = await freePort()
  const env = { DATABASE_URL: `postgresql://relais:secret@127.0.0.1:${port}/relais` }
  for (const opening of [
    () => joinDatabase(env, '/', systemClock, silentLog),
    () => openDatabase({ env, dataFolder: '/', clock: systemClock, log: silentLog, onTaken: () => {} }),
  ]) {
    const error = await failed(opening())
    expect(sentenceOf(error, 'fr')).toBe(
      `La base de données ne répond pas\u00a0: DATABASE_URL 127.0.0.1:${port} (ECONNREFUSED). Rien n’est perdu\u00a0: réessayez\u00a0; vérifiez la base et la place sur le disque.`,
    )
    expect(sentenceOf(error, 'en')).toMatch(/^The database does not answer: DATABASE_URL 127\.0\.0\.1:\d+ \(ECONNREFUSED\)\. Nothing/)
    expect(error.message).not.toContain('secret')
  }
})

it('an address that is none is told too', async () => {
  const error = await failed(joinDatabase({ DATABASE_URL: 'postgresql://[' }, '/', systemClock, silentLog))
  expect(sentenceOf(error, 'en')).toMatch(/^The database does not answer: DATABASE_URL \(ERR_INVALID_URL\)\. /)
})
