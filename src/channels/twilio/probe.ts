/** Whether the API answers us and the account is open: the account is read, nothing is sent. https://www.twilio.com/docs/iam/api/account (read 2026-11-22) */
import { RelaisError } from '../../core/errors.ts'
import { getAccount, type Line } from './outbound.ts'
import { readObject, readWord } from './wire.ts'

/** See `Probing.probe`. */
export const probe = async (line: Line, signal: AbortSignal): Promise<void> => {
  const response = await getAccount(line, '.json', signal)
  const account = readObject(await response.text())
  const status = readWord(account, 'status')
  if (response.status !== 200 || status !== 'active') throw new RelaisError('provider-refused', status ?? `http-${response.status}`)
}
