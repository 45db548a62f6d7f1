/** https://platform.claude.com/docs/en/api/errors (read 2026-11-22). An empty account is told as a request that is wrong. */
import { EXHAUSTED, type ReadRefusal } from '../model/failures.ts'

export const readRefusal: ReadRefusal = ({ status, body }) =>
  status === 402 || (status === 400 && /credit balance is too low/i.test(body)) ? EXHAUSTED : {}
