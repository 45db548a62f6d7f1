/** The room of contacts: people who come from a file, line by line, with every fault in its place. Pure. */
export { FIELDS, type Field } from './column.ts'
export { type Encoding, natureOf, textOf } from './encoding.ts'
export { FAULTS, type Fault, type FaultCode } from './fault.ts'
export { type OpenFile, openFile, type Separator } from './file.ts'
export type { Home } from './line.ts'
