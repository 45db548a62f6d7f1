/** Addresses of this house as the internet sees them: PUBLIC_URL may have a path of its own. */

import { RelaisError } from './errors.ts'

/** What the operator set; undefined where nothing. @throws {RelaisError} `bad-public-url` */
export const publicUrlOf = ({ PUBLIC_URL: given }: Readonly<Record<string, string | undefined>>): string | undefined => {
  if (!given) return undefined
  if (URL.canParse(given) && /^https?:$/u.test(new URL(given).protocol)) return given
  throw new RelaisError('bad-public-url', given)
}

/** `path` without a slash in front. */
export const addressBelow = (publicUrl: string, path: string): string => new URL(path, `${publicUrl.replace(/\/+$/u, '')}/`).href
