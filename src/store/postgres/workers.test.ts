import { expect, it } from 'vitest'
import { freshDatabase } from '../../../tests/support/postgres.ts'
import type { ChannelId } from '../../core/ids.ts'
import { connect } from '../connection.ts'
import { join } from './workers.ts'

it('takes many channels at the same moment without what the driver will no longer allow', async () => {
  const warned: string[] = []
  const hear = (warning: Error) => void warned.push(warning.message)
  const database = await freshDatabase()
  const connection = connect({ config: { connectionString: database.connectionString } })
  process.on('warning', hear)
  try {
    const presence = await join(connection, 'worker-1', 0, { debug() {}, info() {}, warn() {}, error() {} }, () => {})
    const channels = ['whatsapp', 'sms', 'mail', 'site'] as ChannelId[]
    expect(await Promise.all(channels.map((channel) => presence.hold(channel)))).toEqual([true, true, true, true])
    await new Promise<void>((done) => setImmediate(done))
    expect(warned).toEqual([])
    await presence.leave()
  } finally {
    process.off('warning', hear)
    await connection.close()
    await database.drop()
  }
})
