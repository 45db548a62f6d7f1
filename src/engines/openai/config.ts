import type { z } from 'zod'
import { modelConfig } from '../model/config.ts'

/** What relais.yaml says of an engine of this kind, beside what every engine has (region, personalData, …). */
export const config = modelConfig('https://api.openai.com/v1')
export type Config = z.output<typeof config>
