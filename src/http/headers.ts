/** What browsers are told of every answer (OWASP ASVS 5.0, V3.4). No CORS header anywhere: no other site may read Relais. */

const COMMON = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
} as const

/** Data: nothing in it may run, load or be framed. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
/** Our own pages: everything from here, nothing inline, framed only by our own pages (`/sim` shows the desk). */
export const PAGE_POLICY =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

/** Sets what the answer does not already say itself. */
export const secureHeaders = (response: Response, secure: boolean): void => {
  for (const [name, value] of Object.entries(COMMON)) response.headers.set(name, value)
  if (!response.headers.has('content-security-policy')) response.headers.set('content-security-policy', DATA_POLICY)
  if (secure) response.headers.set('strict-transport-security', 'max-age=31536000')
}
