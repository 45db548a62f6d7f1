/** What every provider's own entry in relais.yaml asks for. */
import { z } from 'zod'

/** `baseUrl`: the provider's own address. */
export const modelConfig = (baseUrl: string) =>
  z.strictObject({
    model: z.string().min(1).describe('The model’s name at the provider'),
    apiKey: z.string().min(1).describe('The provider’s key').meta({ secret: true }),
    baseUrl: z
      .url({ protocol: /^https?$/ })
      .default(baseUrl)
      .describe('The provider’s address, where another region or a gateway of your own has one'),
    stream: z.boolean().default(true).describe('false asks for whole answers'),
    maxOutputTokens: z
      .int()
      .min(16)
      .max(32_768)
      .default(500)
      .describe('Longest answer, with what the model thinks before it; a longer one counts as cut'),
    temperature: z
      .number()
      .min(0)
      .max(2)
      .optional()
      .describe('0 answers the same question the same way; unset: the provider’s own, as some models ask'),
  })
