/** What the tests of this connector share. */
import { config } from './config.ts'

export const settings = config.parse({
  serviceName: 'sms-ab12345-1',
  applicationKey: 'ovh-application-key',
  applicationSecret: 'ovh-application-secret',
  consumerKey: 'ovh-consumer-key',
})
export const WEBHOOK = 'https://relais.example/webhooks/under-test'

/** A fixture's fields as a form; none where there are none. */
export const formOf = (body: unknown): string =>
  new URLSearchParams(
    Object.entries(Object(body)).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ).toString()
