/** `relais rules …`: what is asked about one rulebook is answered by `rules.ts`, the rest each by a file of its own. */
import type { Command } from './command.ts'

/** `parts` are named `rules <word>`. */
export const withParts = (whole: Command, parts: readonly Command[]): Command => ({
  ...whole,
  run: (args, io) => {
    const part = parts.find(({ name }) => name === `${whole.name} ${args[0]}`)
    return part ? part.run(args.slice(1), io) : whole.run(args, io)
  },
})
