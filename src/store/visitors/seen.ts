/**
 * The one place that says what a visitor sees: their own words, and of the business's what certainly left, in this visit or in all of the
 * thread. What its call centre is told is none of it.
 * $1 conversation, $2 all of it, $3 channel, $4 since.
 */
export const SEEN = `m.conversation_id = $1 and ($2 or (m.channel = $3 and m.at >= $4))
  and (m.direction = 'in' or m.status in ('accepted', 'sent', 'delivered', 'read') and m.content ->> 'type' is distinct from 'call')`
