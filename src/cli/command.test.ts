import { expect, it } from 'vitest'
import { runCommand } from '../../tests/support/terminal.ts'
import { defineCommand } from './command.ts'

const io = { cwd: process.cwd(), now: () => 0 }
const words = { fr: '', en: '' }
const argument = defineCommand({
  name: 'check',
  summary: words,
  usage: words,
  options: { at: { type: 'string' } },
  positionals: { min: 0, max: 1, workspace: true },
  run: async ({ positionals }, io) => {
    io.stdout(positionals.join())
    return 0
  },
})
const option = defineCommand({
  name: 'plan',
  summary: words,
  usage: words,
  options: { workspace: { type: 'string' } },
  run: async ({ values }, io) => {
    io.stdout(values.workspace ?? '')
    return 0
  },
})

it.each([argument, option])('$name: takes the workspace as a word and as an option', async (command) => {
  for (const said of [['workspaces/demo'], ['--workspace', 'workspaces/demo']])
    expect(await runCommand(command, said, io)).toMatchObject({ code: 0, out: 'workspaces/demo' })
})

it('says what to write where a word is over that is no workspace, or two are named', async () => {
  expect((await runCommand(option, ['nowhere'], io)).err).toContain(
    '“nowhere” is one too many; a workspace is named by --workspace FOLDER.',
  )
  expect((await runCommand(option, ['workspaces/demo', '--workspace', 'shop'], io)).err).toContain('“workspaces/demo” is one too many.')
  expect((await runCommand(argument, ['a', '--workspace', 'b'], io)).err).toContain('two workspaces are named: “a” and “b”.')
})
