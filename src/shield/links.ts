/**
 * An answer without the links and images that nobody allowed, while it is still being written. A link that a model was talked into carries off
 * what it was told, or leads a customer astray. Allowed: the business's own hosts with addresses of mail there, the pages that passages are from,
 * the contact's own mail address. Whatever else would become one in a chat, a mail or on a page goes; its words stay.
 */
import type { Hearing } from '../core/guard.ts'

export type Allowed = {
  /** Hosts, with those below them. */
  readonly hosts: readonly string[]
  /** Texts whose links and addresses may be said again. */
  readonly texts: readonly string[]
}

/** Nobody sees them; they part a link so that no pattern knows it. A joiner between pictures stays. */
const UNSEEN = /(?!\u200d)\p{Cf}|(?<!\p{Extended_Pictographic}\ufe0f?)\u200d/gu
const COMMENT = /<!--[\s\S]*?(?:-->|$)/gu
/** A tag; of an autolink the address stays, to be judged like any. */
const TAG = /<\/?(?:[a-z][a-z\d-]*(?=[\s/>])|[!?])[^>]*(?:>|$)/giu
const AUTOLINK = /<([^\s<>]+)>/gu
const IMAGE = /!\[((?:[^[\]]|\[[^\]]{0,200}\]){0,400})\](?:\([^)]*(?:\)|$)|\[[^\]]*\])?/gu
const INLINE = /\[((?:[^[\]]|\[[^\]]{0,200}\]){0,400})\]\(\s*<?([^\s<>)]*)>?(?:[^()]|\([^)]*\))*?(?:\)|$)/gu
const DEFINITION = /^[ \t>]*\[[^\]\n]+\]:[ \t]*<?(?=\S*(?:\/\/|\.\p{L}{2}|:\S))[^\n]*(?:\n|$)/gmu
const REFERENCE = /\[((?:[^[\]]|\[[^\]]{0,200}\]){1,400})\]\[[^\]\n]{0,200}\]/gu
/** What a scheme or `www.` begins, schemes that run something among them; hosts and addresses without one, of which chats and mail programs make
 * links; addresses of numbers. */
const SCHEME = String.raw`\b[a-z][a-z\d+.-]{1,30}:(?:\/\/|\\\\|%2f%2f)|\b(?:data|javascript|vbscript|file|blob|mailto|intent):(?=\S)|(?<![\p{L}\p{N}])www\d?[.。．｡](?=\S)|\/\/(?=[\p{L}\p{N}-]+[.。．｡]\p{L})`
const REST = String.raw`[^\s<>"«»“”)\]]*`
const TOP =
  'com|net|org|info|biz|io|eu|fr|uk|de|es|it|be|ch|lu|ca|us|ru|cn|nl|pt|pl|in|br|jp|au|ie|at|dk|se|no|fi|cz|gr|tr|ua|xyz|top|site|online|shop|store|link|click|app|dev|ai|co|me|ly|gg|tk|ml|ga|cf|pw|cc|tv|to|gl|gd|is|im|su|ws|vip|live|fun|icu|buzz|cloud|page|web|zip|mov|example|test|world|life|space|website|tech|pro|club|agency|email|support|help|paris|bzh|re|gp|yt|local|onion|sh|so|st|sx|rs|la|id|kim|win|bid|loan|men|work|rest|bar|cam|lol|monster|quest|cyou|cfd|sbs'
const HOST = String.raw`(?:[\p{L}\p{N}._%+-]{1,64}@)?(?<![\p{L}\p{N}_-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?[.。．｡]){1,12}(?:(?:${TOP})(?![\p{L}\p{N}_-])|xn--[a-z\d-]+|\p{L}{2,24}(?=[/:]\S))(?::\d+)?(?:[/?#]${REST})?`
const NUMERIC = String.raw`(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])(?::\d+)?\/${REST}`
const LINK = new RegExp(`(?:${SCHEME})${REST}|${NUMERIC}|${HOST}`, 'giu')

/** What must stand in a text before any of these can. */
const MARKED = /[<>[\]@\\\p{Cf}]|[.。．｡:]\S|\/\//u

const trimmed = (link: string): string => link.replace(/[.,;:!?…'’*_~]+$/u, '')
const bareOf = (link: string): string =>
  trimmed(link.normalize('NFKC'))
    .toLowerCase()
    .replace(/^(?:https?:\/\/|mailto:)/u, '')
    .replace(/\/$/u, '')

const linksOf = (texts: readonly string[]): ReadonlySet<string> => new Set(texts.flatMap((text) => (text.match(LINK) ?? []).map(bareOf)))

/** Whether a link may stand: said before, or http(s) on an own host without a name or a password in it. */
const judgeFor = ({ hosts, texts }: Allowed): ((link: string) => boolean) => {
  let said: ReadonlySet<string> | undefined
  const own = hosts.map((host) => host.toLowerCase().replace(/:\d+$/u, ''))
  return (link) => {
    said ??= linksOf(texts)
    const bare = bareOf(link)
    if (said.has(bare)) return true
    const whole = trimmed(link)
    const mailed = /^(?:mailto:)?[\p{L}\d._%+-]+@([\p{L}\d.-]+)$/iu.exec(whole)?.[1]?.toLowerCase()
    if (mailed !== undefined) return own.some((host) => mailed === host || mailed.endsWith(`.${host}`))
    const url = /^https?:\/\//iu.test(whole) ? whole : `https://${whole}`
    if (
      /[\\@]|%(?:2f|5c|40)/iu.test(whole.split(/[?#]/u)[0] ?? '') ||
      /^(?!https?:)[a-z][a-z\d+.-]*:(?!\d)/iu.test(whole) ||
      !URL.canParse(url)
    )
      return false
    const { hostname, username, password } = new URL(url)
    return username === '' && password === '' && own.some((host) => hostname === host || hostname.endsWith(`.${host}`))
  }
}

/** As a channel without markup can say it. What was taken out may have parted something: until nothing changes. */
const clean = (text: string, isAllowed: (link: string) => boolean): string => {
  const judged = (link: string) => (isAllowed(link) ? link : link.slice(trimmed(link).length))
  const once = (whole: string) =>
    whole
      .replace(UNSEEN, '')
      .replace(COMMENT, '')
      .replace(IMAGE, '')
      .replace(DEFINITION, '')
      .replace(INLINE, (_, label: string, link: string) =>
        isAllowed(link) && bareOf(link) !== bareOf(label) ? `${label} (${link})` : label,
      )
      .replace(REFERENCE, '$1')
      .replace(TAG, '')
      .replace(AUTOLINK, '$1')
      .replace(LINK, judged)
  for (let before = text, rounds = 0; ; rounds += 1) {
    const after = once(before)
    // Whoever nests more than that means no good: every sign that markup is made of goes.
    if (after === before) return after.replace(/<(?=[a-z/!?])/giu, '‹')
    if (rounds > MOST_ROUNDS) return after.replace(/[[\]<>()]/gu, '').replace(LINK, judged)
    before = after
  }
}
const MOST_ROUNDS = 8

/** What is open for so long is no link. */
const LONGEST_HELD = 2_000

export const createLinkFilter = (allowed: Allowed): Omit<Hearing, 'breach'> => {
  const isAllowed = judgeFor(allowed)
  let held = ''
  const take = (upTo: number): string => {
    const text = held.slice(0, upTo)
    held = held.slice(upTo)
    return MARKED.test(text) ? clean(text, isAllowed) : text
  }
  return {
    push(text) {
      held += text
      return take(safeLength(held))
    },
    end: () => take(held.length),
  }
}

/** What ends a label, a target, a tag, a line that says where a label leads. */
const ENDS = { label: ']', target: ')', tag: '>', line: '\n' } as const

/** White space; of letters nobody asks long. */
const isSpace = (sign: string): boolean => !(sign > ' ' && sign < '\u007f') && /\s/u.test(sign)

/** How much of `text` can no longer change its meaning: up to the last white space outside any of these. */
const safeLength = (text: string): number => {
  let safe = 0
  let open: keyof typeof ENDS | null = null
  let [since, depth] = [0, 0]
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    const next = text.charAt(at + 1)
    if (open && at - since > LONGEST_HELD) open = null
    if (!open) {
      if (sign === '[' || (sign === '<' && /^[a-z/!?]?$/iu.test(next))) {
        open = sign === '[' ? 'label' : 'tag'
        since = at
        depth = 1
      } else if (isSpace(sign) && !isSpace(text.charAt(at - 1))) safe = at
    } else if (open === 'label' && sign === '[') depth += 1
    else if (sign === ENDS[open]) {
      depth -= 1
      if (depth > 0) continue
      if (open !== 'label') open = null
      // `(link)`, `[name]` or `: link` may follow a label; at the very end nobody knows yet.
      else if (next === '') return safe
      else if (next === '(' || next === ':') {
        open = next === '(' ? 'target' : 'line'
        depth = 1
      } else if (next !== '[') open = null
    }
  }
  return safe
}
