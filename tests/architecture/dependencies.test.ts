import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importsOf, isTest, ROOT, readSources } from './source.ts'

type Locked = { readonly version?: string; readonly license?: string; readonly dev?: boolean }
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const own: Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>> = JSON.parse(read('package.json'))
const locked = Object.entries<Locked>(JSON.parse(read('package-lock.json')).packages).filter(([path]) => path !== '')
const page = read('docs/dependencies.md')
const [named = ''] = page.split('## Looked at and left')

/** Licences that ask for no more than their notice. */
const FREE = new Set(['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0'])
const isFree = (license: string): boolean =>
  license
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((one) => FREE.has(one))
const unfree = (packages: readonly (readonly [string, Locked])[]): readonly string[] =>
  packages
    .filter(([, { dev, license }]) => !dev && !isFree(license ?? 'none'))
    .map(([path, { license }]) => `${path}: ${license ?? 'none'}`)

describe('what Relais ships with', () => {
  it('has licences that ask for no more than their notice', () => {
    expect(locked.length).toBeGreaterThan(50)
    expect(unfree(locked)).toEqual([])
  })

  it('a licence that asks for more would be seen', () => {
    expect(
      unfree([
        ['node_modules/a', { license: 'AGPL-3.0-only' }],
        ['node_modules/b', {}],
        ['node_modules/c', { license: '(GPL-2.0 OR MIT)' }],
      ]),
    ).toEqual(['node_modules/a: AGPL-3.0-only', 'node_modules/b: none'])
  })
})

describe('dependencies', () => {
  const bare = ({ from }: { readonly from: string }): string[] => {
    if (from.startsWith('.') || from.startsWith('node:') || builtinModules.includes(from)) return []
    return [
      from
        .split('/')
        .slice(0, from.startsWith('@') ? 2 : 1)
        .join('/'),
    ]
  }
  const shipped = ['src', 'simulators', 'web']
    .flatMap((folder) => readSources(folder))
    .filter((source) => !isTest(source) && !source.path.endsWith('config.ts'))
  const imported = new Set(shipped.flatMap((source) => importsOf(source).flatMap(bare)))

  it('of the program are all used by it', () => {
    expect(Object.keys(own.dependencies).filter((name) => !imported.has(name))).toEqual([])
  })

  it('are all named in package.json', () => {
    // The pages' font is built into them: it is needed to build, not to run.
    const named = new Set([...Object.keys(own.dependencies), '@fontsource-variable/inter'])
    expect([...imported].filter((name) => !named.has(name))).toEqual([])
  })

  it('each have their row in docs/dependencies.md, with the licence they really have', () => {
    const names = Object.keys({ ...own.dependencies, ...own.devDependencies, ...own.optionalDependencies })
    const wrong = names.filter((name) => {
      const license = locked.find(([path]) => path === `node_modules/${name}`)?.[1].license ?? 'none'
      const row = page.split('\n').find((line) => line.startsWith('|') && line.split('|')[1]?.includes(`\`${name}\``))
      return !row?.includes(`| ${license} |`)
    })
    expect(wrong).toEqual([])
  })

  it('have no row once they are gone', () => {
    const rows = [...named.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
    )
    expect(rows.filter((name) => !locked.some(([path]) => path === `node_modules/${name}`))).toEqual([])
  })
})
