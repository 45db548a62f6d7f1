/** Where Relais begins. Reading and compiling its files is most of a start: what was compiled once is kept beside the packages it belongs to. */
import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'

// Where the folder may not be written, every start compiles anew.
enableCompileCache(join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'relais'))
const running = import('./program.ts')
// Now, not at the end: a server may be killed.
setImmediate(flushCompileCache)
await running
