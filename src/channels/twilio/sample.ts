/** What the tests of this connector share. */
import { config } from './config.ts'

export const settings = config.parse({
  accountSid: 'AC0123456789abcdef0123456789abcdef',
  authToken: 'twilio-secret-token',
  from: '+33644630000',
})
export const WEBHOOK = 'https://relais.example/webhooks/under-test'

/** A fixture's fields as a form. What is no object counts as an empty one. */
export const formOf = (body: unknown): string =>
  new URLSearchParams(
    Object.entries(Object(body)).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  ).toString()
