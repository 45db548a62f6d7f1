/** How much of one contact a turn takes, and how often an event may fail: the same in every store. */

/** A contact's events of one turn; more of them wait for the next: one who writes without end adds little to what the others wait for. */
export const EVENTS_PER_TURN = 4
/** The third time an event fails it is set aside. */
export const TRIES = 3
