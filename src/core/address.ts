/** A person's addresses. `kind` is the name space an address is unique in, not the channel that happened to use it. */
export type IdentityKind = 'whatsapp' | 'whatsapp_user' | 'sms' | 'email' | 'web'
export type Address = { readonly kind: IdentityKind | (string & {}); readonly value: string }

export const addressKey = (address: Address): string => `${address.kind}:${address.value}`
