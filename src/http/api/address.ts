/** To whom a business system writes: a phone number or e-mail address, on the first channel that reaches it. */
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { type Address, PHONE_KINDS } from '../../core/address.ts'
import { RelaisError } from '../../core/errors.ts'
import type { Words } from '../../core/language.ts'
import { InvalidRequest } from '../problem.ts'
import type { ChannelEntry } from '../rooms.ts'

const PHONE_FORM: Words = {
  fr: 'il faut un numéro avec son indicatif, comme +33612345678',
  en: 'it must be a number with its country code, such as +33612345678',
}

export type Reached = { readonly channel: ChannelEntry; readonly address: Address }

/** `national` is the country a number without +… is read in. Throws `invalid-request` or `no-channel`. */
export const reachPhone = (phone: string, channels: readonly ChannelEntry[], national: string): Reached => {
  const home: CountryCode | undefined = isSupportedCountry(national) ? national : undefined
  const number = home ? parsePhoneNumberFromString(phone, home) : parsePhoneNumberFromString(phone)
  if (!number?.isPossible()) throw new InvalidRequest([{ field: 'to.phone', says: PHONE_FORM }])
  return reach(number.number, PHONE_KINDS, channels)
}

export const reachEmail = (email: string, channels: readonly ChannelEntry[]): Reached => reach(email.toLowerCase(), ['email'], channels)

const reach = (value: string, kinds: readonly string[], channels: readonly ChannelEntry[]): Reached => {
  for (const channel of channels) {
    const kind = kinds.find((one) => channel.identities.includes(one))
    if (kind) return { channel, address: { kind, value } }
  }
  throw new RelaisError('no-channel', kinds.join(', '))
}
