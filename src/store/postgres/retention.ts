/** Forgets what is of no use any more: a bounded batch of each, oldest first. Two workers never wait for each other here. */
import type { Connection } from '../connection.ts'
import { AT_ONCE, RECEIPT_MS, SEEN_MS, TASK_MS } from '../retention.ts'

const SEEN = `delete from seen where id in (select id from seen where at < $1 order by at limit ${AT_ONCE} for update skip locked)`
const RECEIPT = `
delete from receipt where (channel, target, status) in (
  select channel, target, status from receipt where received < $1 order by received limit ${AT_ONCE} for update skip locked)`

const TASK = `delete from task where id in (select id from task where since < $1 order by since limit ${AT_ONCE} for update skip locked)`

export const forget = async (connection: Connection, at: number): Promise<void> => {
  await connection.query(SEEN, [at - SEEN_MS])
  await connection.query(RECEIPT, [at - RECEIPT_MS])
  await connection.query(TASK, [at - TASK_MS])
}
