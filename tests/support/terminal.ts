import type { Command, Io } from '../../src/cli/command.ts'

export type Ran = { readonly code: number; readonly out: string; readonly err: string }

/** Runs a command at a terminal that keeps what it writes. `args`: a line, or its words. */
export const runCommand = async (
  command: Pick<Command, 'run'>,
  args: string | readonly string[],
  io: Pick<Io, 'cwd' | 'now'> & Partial<Io>,
): Promise<Ran> => {
  const [out, err]: [string[], string[]] = [[], []]
  const words = typeof args === 'string' ? args.split(' ').filter(Boolean) : args
  const written = { stdout: (text: string) => out.push(text), stderr: (text: string) => err.push(text) }
  const code = await command.run(words, { ...written, env: {}, language: 'en', ...io })
  return { code, out: out.join(''), err: err.join('') }
}
