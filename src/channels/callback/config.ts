/** A call centre's settings. */
import { z } from 'zod'

export const config = z.strictObject({
  tries: z.int().min(1).max(10).default(3).describe('How often a person is tried before the request ends as not reached.'),
  pauseMinutes: z
    .int()
    .min(5)
    .max(2_880)
    .default(120)
    .describe('Minutes after a try that nobody answered before the request comes up again.'),
})
export type CallbackConfig = z.output<typeof config>
