import { z } from 'zod'

/** What relais.yaml says of an engine of this kind, beside what every engine has (region, personalData, …). */
export const config = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/ }).describe('Where /chat/completions is, up to and without it'),
  model: z.string().min(1).describe('The model’s name at the provider'),
  apiKey: z.string().min(1).optional().describe('Sent as Bearer; none for a local server').meta({ secret: true }),
  stream: z.boolean().default(true).describe('false where the server cannot stream'),
  maxOutputTokens: z.int().min(16).max(8192).default(500).describe('Longest answer; a longer one counts as cut'),
  temperature: z.number().min(0).max(2).default(0).describe('0 answers the same question the same way'),
})
export type Config = z.output<typeof config>
