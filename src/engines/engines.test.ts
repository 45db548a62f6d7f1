import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { engines } from './index.ts'

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['contract', 'model'].includes(entry.name))
  .map((entry) => entry.name)
const read = (...parts: string[]) => readFileSync(join(import.meta.dirname, ...parts), 'utf8')

describe('every engine', () => {
  it('has one folder and one line', () => {
    expect(Object.keys(engines).sort()).toEqual(folders.sort())
    for (const [name, engine] of Object.entries(engines)) expect(engine.kind).toBe(name)
  })

  it.each(folders)('%s runs the contract in its own test, has a table of contents and a README', (folder) => {
    expect(read(folder, `${folder}.test.ts`)).toMatch(/engineContract\(\{/)
    if (existsSync(join(import.meta.dirname, folder, 'perform.ts')))
      expect(read(folder, 'index.ts').split('\n').length).toBeLessThanOrEqual(60)
    expect(existsSync(join(import.meta.dirname, folder, 'README.md'))).toBe(true)
  })

  it.each(Object.entries(engines))('%s documents every setting, in the schema and in its README', (name, { config }) => {
    const schema = z.toJSONSchema(config, { io: 'input' })
    const readme = read(name, 'README.md')
    for (const [key, setting] of Object.entries(schema.properties ?? {})) {
      expect(typeof setting === 'object' && setting.description, `${name}.${key}`).toBeTruthy()
      expect(readme, `${name}.${key}`).toContain(`\`${key}\``)
    }
  })

  it.each(folders)('%s reaches for no global: fetch, clock and log are given', (folder) => {
    for (const file of readdirSync(join(import.meta.dirname, folder)).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    )) {
      expect(read(folder, file), `${folder}/${file}`).not.toMatch(
        /Date\.now|new Date\(|Math\.random|process\.env|console\.|(?<![.\w])fetch\((?!input, init\))/,
      )
    }
  })
})
