/** How long the store remembers what is of use for a while only. Forgotten by every `sweep`, in batches. */
const DAY_MS = 86_400_000

/** Inbound events already taken. No platform repeats a webhook for longer than 7 days (docs/decisions/029); twice that, so that no pause of ours comes near it. */
export const SEEN_MS = 14 * DAY_MS
/**
 * Receipts of messages we do not know: another system sends from the same account, or the answer to our own send is not settled yet. Results
 * that wait for the store wait in memory, so that days mean the former; three outlast a weekend without anybody near.
 */
export const RECEIPT_MS = 3 * DAY_MS
/** What came of an AI task, for whoever started it: a message it became stands in the thread. */
export const TASK_MS = 30 * DAY_MS
/** Rows of one table a sweep: several times what arrives between two of them. */
export const AT_ONCE = 5_000
