/** Texts that throw, or kill the process, while they are decided. */
export const THROWS = 'this text throws'
export const KILLS = 'this text kills'
