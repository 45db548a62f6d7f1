/**
 * Whether a request that failed can have reached the other side. Only what proves that no byte of it left counts as unsent: no address, no
 * connection, no secure channel, or our own guard. A reset, a time-out or an aborted wait prove nothing.
 */
import { RelaisError } from './errors.ts'

const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EPROTO',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'HOSTNAME_MISMATCH',
])
const HANDSHAKE = /before secure TLS connection was established/

const codeOf = (error: object): string | undefined => ('code' in error && typeof error.code === 'string' ? error.code : undefined)

const proves = (error: object): boolean => {
  if (error instanceof RelaisError) return error.code === 'address-refused'
  const code = codeOf(error)
  if (code !== undefined && (UNSENT.has(code) || code.startsWith('ERR_TLS_') || code.startsWith('ERR_SSL_'))) return true
  if ('syscall' in error && error.syscall === 'connect') return true
  return error instanceof Error && HANDSHAKE.test(error.message)
}

/** The error, then its causes, from the outside in. */
const chainOf = (error: unknown): readonly object[] => {
  const chain: object[] = []
  for (let next = error; typeof next === 'object' && next !== null && chain.length < 8; next = 'cause' in next ? next.cause : undefined)
    chain.push(next)
  return chain
}

export const isSurelyUnsent = (error: unknown): boolean => chainOf(error).some(proves)

/** A short word for what went wrong, without addresses or texts: the innermost code, else the outermost name. */
export const causeOf = (error: unknown): string => {
  const chain = chainOf(error)
  const code = chain.map(codeOf).findLast((found) => found !== undefined)
  const first = chain[0]
  return code ?? (first instanceof Error ? first.name : 'unknown')
}
