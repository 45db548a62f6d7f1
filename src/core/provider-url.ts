/** Where a provider's API may live: behind TLS, but for an imitation on this very machine. */
import { z } from 'zod'
import { asks } from './form.ts'

/** True of a host name that leads to this very machine. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(host)

/** The address of an API without the slash at its end; `otherwise` is the provider's own. */
export const providerUrl = (otherwise: string) =>
  z
    .url({ protocol: /^https?$/ })
    .refine(
      (text) => {
        const url = URL.parse(text)
        return url?.protocol === 'https:' || isLoopback(url?.hostname ?? '')
      },
      asks({ fr: 'une adresse https, ou http sur cette machine', en: 'an https address, or http on this machine' }),
    )
    .default(otherwise)
    .transform((text) => text.replace(/\/+$/, ''))
