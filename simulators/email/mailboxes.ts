/** Mailboxes with their folders: what the provider keeps, numbered as IMAP numbers it. */
export type Kept = { readonly uid: number; readonly at: number; readonly raw: string; seen: boolean }
export type Folder = { validity: number; next: number; readonly mails: Kept[] }

export type Mailboxes = {
  folder(address: string, name: string): Folder
  folders(address: string): readonly string[]
  has(address: string): boolean
  put(address: string, name: string, raw: string, at: number): Kept
  /** Numbers a folder anew, as after a restored backup. */
  renumber(address: string, name: string): void
  /** Calls at each new mail of a mailbox, until the returned function is called. */
  watch(address: string, name: string, call: () => void): () => void
}

const plain = (address: string): string => address.toLowerCase().replace(/\+[^@]*@/, '@')

export const makeMailboxes = (): Mailboxes => {
  const boxes = new Map<string, Map<string, Folder>>()
  const watchers = new Map<string, Set<() => void>>()
  const foldersOf = (address: string): Map<string, Folder> => {
    const known = boxes.get(plain(address))
    if (known) return known
    const made = new Map([['INBOX', { validity: 1, next: 1, mails: [] }]])
    boxes.set(plain(address), made)
    return made
  }
  const folder = (address: string, name: string): Folder => {
    const folders = foldersOf(address)
    const known = folders.get(name)
    if (known) return known
    const made = { validity: 1, next: 1, mails: [] }
    folders.set(name, made)
    return made
  }
  const ring = (address: string, name: string) => {
    for (const call of [...(watchers.get(`${plain(address)} ${name}`) ?? [])]) call()
  }
  return {
    folder,
    folders: (address) => [...foldersOf(address).keys()],
    has: (address) => boxes.has(plain(address)),
    put(address, name, raw, at) {
      const into = folder(address, name)
      const kept = { uid: into.next, at, raw: raw.replace(/\r?\n/g, '\r\n'), seen: false }
      into.next += 1
      into.mails.push(kept)
      ring(address, name)
      return kept
    },
    renumber(address, name) {
      const old = folder(address, name)
      const mails = old.mails.splice(0)
      old.validity += 1
      for (const [at, mail] of mails.entries()) old.mails.push({ ...mail, uid: at + 1 })
      old.next = mails.length + 1
    },
    watch(address, name, call) {
      const key = `${plain(address)} ${name}`
      const calls = watchers.get(key) ?? new Set()
      watchers.set(key, calls.add(call))
      return () => calls.delete(call)
    },
  }
}
