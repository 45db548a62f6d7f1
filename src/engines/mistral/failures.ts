/** https://docs.mistral.ai/resources/error-glossary (read 2026-11-22): 402 where nothing is paid any more; the rest the status says. */
import { EXHAUSTED, type ReadRefusal } from '../model/failures.ts'

export const readRefusal: ReadRefusal = ({ status }) => (status === 402 ? EXHAUSTED : {})
