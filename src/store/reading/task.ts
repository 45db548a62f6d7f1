/** A task that somebody started, as it is now. */
import type { TaskId } from '../../core/ids.ts'
import type { TaskView } from '../../core/reading.ts'
import type { Sql } from '../connection.ts'

const ONE = `
select t.body || jsonb_build_object('contactId', t.contact_id, 'conversationId', v.id) as row
from task t join conversation v on v.contact_id = t.contact_id where t.id = $1`

export const readTask = async (sql: Sql, id: TaskId): Promise<TaskView | null> =>
  (await sql.query<{ row: TaskView }>(ONE, [id]))[0]?.row ?? null
