/** Ids in the platform's shapes. A counter makes them unique even when `random` is constant; nothing else is remembered. */
export interface Ids {
  /** `wamid.` and base64 of a small binary record holding the person's id, as real ones do. */
  message(person: string): string
  media(): string
  trace(): string
  /** Business-scoped user id: country, dot, digits. */
  person(country: string): string
  template(): string
  conversation(): string
}

export function makeIds(random: () => number): Ids {
  let count = 0
  const hex = (length: number): string => {
    let text = ''
    while (text.length < length)
      text += Math.floor(random() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, '0')
    return text.slice(0, length).toUpperCase()
  }
  const digits = (length: number): string => {
    let text = ''
    while (text.length < length) text += String(Math.floor(random() * 1e9)).padStart(9, '0')
    return text.slice(0, length)
  }
  const next = () => (++count).toString(16).toUpperCase().padStart(8, '0')
  return {
    message: (person) => `wamid.${Buffer.from(`\x1c\x18${person}\x15\x02\x00\x11\x18\x12${hex(8)}${next()}\x00`).toString('base64')}`,
    media: () => `1${digits(9)}${String(++count).padStart(6, '0')}`,
    trace: () => `A${hex(8)}${next()}`,
    person: (country) => `${country}.${digits(10)}${String(++count).padStart(6, '0')}`,
    template: () => `1${digits(8)}${String(++count).padStart(6, '0')}`,
    conversation: () => `${hex(24)}${next()}`.toLowerCase(),
  }
}
