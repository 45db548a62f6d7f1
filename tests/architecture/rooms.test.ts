import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LAW, strayImports } from './rooms.ts'
import { ROOT, readSources } from './source.ts'

const planted = (path: string, text: string) => strayImports({ path, text })

describe('rooms', () => {
  it('import one way', () => {
    const stray = ['src', 'simulators', 'web'].flatMap((folder) => readSources(folder)).flatMap(strayImports)
    expect(stray).toEqual([])
  })

  it('are all named in the law', () => {
    const rooms = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(rooms.map(({ name }) => name).filter((name) => !(name in LAW))).toEqual([])
  })
})

describe('the check', () => {
  it('catches a planted import against the law', () => {
    expect(planted('src/policy/judge.ts', "\nimport { open } from '../store/connection.ts'\n")).toEqual([
      'src/policy/judge.ts:2: policy may not import store (src/store/connection.ts)',
    ])
  })

  it('catches a type, a re-export and a dynamic import too', () => {
    expect(planted('src/core/ids.ts', "import type { Rooms } from '../http/rooms.ts'")).toHaveLength(1)
    expect(planted('src/journeys/step.ts', "export * from '../relay/index.ts'")).toHaveLength(1)
    expect(planted('src/store/migrate.ts', "const relay = await import('../relay/index.ts')")).toHaveLength(1)
  })

  it('catches a simulator that looks into a connector', () => {
    expect(planted('simulators/whatsapp/send.ts', "import { verify } from '../../src/channels/whatsapp/verify.ts'")).toHaveLength(1)
  })

  it('catches a page that takes more than types', () => {
    expect(planted('web/sim/main.tsx', "import { judge } from '../../src/policy/index.ts'")).toHaveLength(1)
    expect(planted('web/sim/main.tsx', "import { type Decision, judge } from '../../src/policy/index.ts'")).toHaveLength(1)
    expect(planted('web/sim/main.tsx', "import type { Decision } from '../../src/core/decision.ts'")).toEqual([])
  })

  it('catches a pure room that opens a file', () => {
    expect(planted('src/core/digest.ts', "import { readFileSync } from 'node:fs'")).toEqual([
      'src/core/digest.ts:1: core does no I/O, and imports node:fs',
    ])
  })

  it('is not misled by words in comments and texts', () => {
    expect(planted('src/core/ids.ts', "// import '../http/app.ts'\nexport const a = \"import x from '../http/app.ts'\"")).toEqual([])
  })
})
