/** What `relais doctor` asks: both logins, folders, what the servers can do, what the domain publishes. Sends nothing. */
import { resolveTxt } from 'node:dns/promises'
import { causeOf } from '../../core/certainty.ts'
import { RelaisError } from '../../core/errors.ts'
import type { AttemptId } from '../../core/ids.ts'
import type { Finding } from '../../core/ports.ts'
import { isLoopback } from '../../core/provider-url.ts'
import { domainOf } from './config.ts'
import { type FindingId, finding } from './findings.ts'
import { connectInbox } from './inbox.ts'
import type { Line } from './outbound.ts'
import { judgeFailure } from './post.ts'
import { replyAddress } from './verify.ts'

type Found = (id: FindingId, detail?: string) => Finding
type Resolve = (name: string) => Promise<readonly (readonly string[])[]>

const ATTEMPT = 'att_00000000-0000-7000-8000-000000000000' as AttemptId

const checkSmtp = async ({ post, config }: Line, found: Found, signal: AbortSignal): Promise<readonly Finding[]> => {
  try {
    const extensions = await post.greet(signal)
    return config.deliveryReceipts && !extensions.some((line) => line.startsWith('DSN')) ? [found('no-delivery-reports')] : []
  } catch (error) {
    const judged = judgeFailure(error, false)
    return [judged.type === 'no' && judged.step === 'login' ? found('smtp-login') : found('smtp-unreachable', causeOf(error))]
  }
}

const checkImap = async (line: Line, found: Found, signal: AbortSignal): Promise<readonly Finding[]> => {
  try {
    const client = await connectInbox(line, signal)
    try {
      const boxes = (await client.list({ listOnly: true })).filter(({ flags }) => !flags.has('\\Noselect'))
      const paths = new Set(boxes.map(({ path }) => path))
      const missing = line.config.folders.filter((folder) => !paths.has(folder))
      return [...missing.map((folder) => found('folder-missing', folder)), ...(client.capabilities.has('IDLE') ? [] : [found('no-idle')])]
    } finally {
      client.close()
    }
  } catch (error) {
    const login = error instanceof RelaisError && error.detail === 'imap login'
    return [login ? found('imap-login') : found('imap-unreachable', error instanceof RelaisError ? error.detail : causeOf(error))]
  }
}

/** Only what the DNS denies for certain is missing. */
const isAbsent = async (resolve: Resolve, name: string, start: RegExp): Promise<boolean> => {
  try {
    return !(await resolve(name)).some((record) => start.test(record.join('')))
  } catch (error) {
    return ['ENOTFOUND', 'ENODATA'].includes(causeOf(error))
  }
}

const checkDomain = async ({ config }: Line, found: Found, resolve: Resolve): Promise<readonly Finding[]> => {
  if (isLoopback(config.smtpHost)) return []
  const domain = domainOf(config.address)
  const [spf, dmarc] = await Promise.all([isAbsent(resolve, domain, /^v=spf1\b/i), isAbsent(resolve, `_dmarc.${domain}`, /^v=DMARC1\b/i)])
  return [...(spf ? [found('spf-missing', domain)] : []), ...(dmarc ? [found('dmarc-missing', domain)] : [])]
}

export const examine = async (line: Line, signal: AbortSignal, resolve: Resolve = resolveTxt): Promise<readonly Finding[]> => {
  const { config, tools } = line
  const found: Found = (id, detail) => finding(id, tools.channel, detail)
  const asked = await Promise.all([checkSmtp(line, found, signal), checkImap(line, found, signal), checkDomain(line, found, resolve)])
  const short = !config.plusAddressing || replyAddress(config.address, ATTEMPT, tools.seal) !== undefined
  return [...asked.flat(), ...(short ? [] : [found('address-too-long')]), ...(tools.webhookUrl ? [] : [found('no-public-address')])]
}
