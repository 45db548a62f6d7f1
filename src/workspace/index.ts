/** The workspace folder: read, checked, documented. */
export { type CheckOptions, checkWorkspace } from './check.ts'
export type { Kinds, NatureOf } from './connection.ts'
export { disk } from './disk.ts'
export { lineOf } from './fault.ts'
export { type Loaded, loadWorkspace } from './load.ts'
