/** journeys/*.yaml as a schema: it validates, documents and gives `core/journey.ts` its steps. */
import { z } from 'zod'
import { readWindows } from '../core/callback.ts'
import { COLLECTED } from '../core/contact-address.ts'
import { asks } from '../core/form.ts'
import { category, duration, durationOr, id, label, localized, name, purpose, refuse, say, words } from './field.ts'

const at = label.optional().describe('Label of this step, to `go` to.')
const go = label.optional().describe('Label of the step to go to, or `end`. Unset: the next one.')
const expires = durationOr('24h').describe('After this long without an answer the journey ends.')

/** Every kind of step by the key that names it. Each gives the step as `core/journey.ts` has it. */
export const steps = {
  say: z
    .strictObject({
      say,
      category: category.optional().describe('Price class; `service` where unset.'),
      purpose: purpose.optional().describe('What it is about; told to the rules.'),
      go,
      at,
    })
    .transform((step) => ({ kind: 'say' as const, ...step }))
    .describe('Says something.'),
  ask: z
    .strictObject({
      ask: name.describe('The answer is kept as `{{answers.<name>}}`.'),
      say,
      accept: words
        .optional()
        .describe(
          'RE2 pattern that the whole trimmed answer must match; it is also tried without spaces, hyphens and dots, and in capitals. Where the message that starts the journey holds just one word that matches (five characters or more, with a digit or an @; a code may stand in two, such as VL 204518), the first `ask` takes it and does not ask. A message that is such an answer and nothing else, however it is spaced (vl 204 518), starts the journey where it has a keyword and no other journey’s first question takes it.',
        ),
      otherwise: localized
        .optional()
        .describe('What is said to an answer that does not fit; twice, then a person takes over. Unset: the question again.'),
      expires,
      go,
      at,
    })
    .transform((step) => ({ kind: 'ask' as const, ...step }))
    .describe('Asks and waits for an answer.'),
  collect: z
    .strictObject({
      collect: z
        .enum(COLLECTED)
        .describe(
          'Which address: an e-mail address, or a mobile number for SMS. It is checked, a code of six digits is sent there, and once that comes back (typed in the conversation, or by the link in the mail) it is kept as `{{answers.<collect>}}`, belongs to the contact, and what they agreed to is recorded. The code counts for 15 minutes and may be tried five times; a new one makes the one before void.',
        ),
      say,
      words: localized.describe(
        'What the person agrees to, shown with the question and recorded to the letter: who will write, what, and how to end it. A purpose of its own (offers) wants a step of its own.',
      ),
      for: z
        .array(z.enum(['service', 'marketing']))
        .min(1)
        .describe('What may be written there then: `service`, `marketing`, or both.'),
      otherwise: localized
        .optional()
        .describe(
          'What is said to an answer that is no such address; twice, then the journey goes on at `else`. Unset: the question again.',
        ),
      expires,
      go,
      else: label.optional().describe('For whoever declines or confirms nothing. Unset: as `go`.'),
      at,
    })
    .transform((step) => ({ kind: 'collect' as const, ...step, for: [...new Set(step.for)] }))
    .describe('Asks for a second address, proves it by a code, and records the consent to be written to there.'),
  call: z
    .strictObject({
      call: name.describe('What comes back (JSON) is kept as `{{<name>.*}}`.'),
      get: words
        .optional()
        .describe(
          'Address to read from; names of the environment (a dollar sign and `{NAME}`) and `{{…}}` are filled in. Its host must be in `calls.hosts`.',
        ),
      post: words
        .optional()
        .describe('Address to write to. A call that fails is made again, up to five times in all, under the same `Idempotency-Key`.'),
      body: z.record(z.string(), z.string()).optional().describe('With `post`: fields to send as JSON.'),
      failed: z
        .union([z.strictObject({ hand: z.literal('agents') }), z.strictObject({ go: label })])
        .optional()
        .describe('Where to go where nothing comes back; to a person where unset.'),
      go,
      at,
    })
    .transform(({ get, post, body, ...step }, context) => {
      const url = get ?? post
      if (url === undefined || (get !== undefined && post !== undefined) || (body !== undefined && post === undefined)) {
        return refuse(context, step, { fr: 'soit « get », soit « post » (avec « body »)', en: 'either “get” or “post” (with “body”)' })
      }
      return { kind: 'call' as const, ...step, method: post === undefined ? ('GET' as const) : ('POST' as const), url, body }
    })
    .describe('Asks a business system.'),
  choose: z
    .strictObject({
      choose: z.strictObject({
        say,
        button: localized.optional().describe('Words on the button that opens a list.'),
        options: z
          .array(
            z.strictObject({
              id: words,
              label: localized.describe('Words on the button or row.'),
              description: localized.optional().describe('Second line, in a list.'),
              go,
            }),
          )
          .min(1)
          .max(20),
        expires,
      }),
      at,
    })
    .transform(({ choose, at: here }) => ({ kind: 'choose' as const, ...choose, at: here }))
    .describe(
      'Offers a choice: buttons, else a list, else numbered text, whatever the channel can show. A number or the typed label is understood too.',
    ),
  hand: z
    .strictObject({
      hand: z.literal('agents'),
      say: localized.optional().describe('What the customer is told; Relais’s own words where unset.'),
      at,
    })
    .transform((step) => ({ kind: 'hand' as const, ...step }))
    .describe('Hands over to the agents and ends.'),
  engine: z
    .strictObject({ engine: z.literal('answer'), at })
    .transform((step) => ({ kind: 'engine' as const, ...step }))
    .describe('Lets knowledge and engines answer, and ends.'),
  wait: z
    .strictObject({
      wait: duration,
      unless: z.literal('replied').optional().describe('The journey ends where the customer writes in the meantime.'),
      go,
      at,
    })
    .transform((step) => ({ kind: 'wait' as const, ...step }))
    .describe('Waits, then goes on. What the customer writes in the meantime goes the usual way.'),
  remind: z
    .strictObject({
      remind: z.strictObject({
        after: duration,
        say,
        times: z.int().min(1).max(5).default(1),
        category: category.optional().describe('`utility` where unset.'),
      }),
      at,
    })
    .transform(({ remind, at: here }) => ({ kind: 'remind' as const, ...remind, at: here }))
    .describe(
      'Right after `ask` or `choose`: reminds of that question while nobody answers. Elsewhere: waits, reminds, and goes on; the journey ends where the customer writes first.',
    ),
  if: z
    .strictObject({ if: words.describe('CEL condition over message, contact, answers and calls.'), go: label, else: label.optional(), at })
    .transform((step) => ({ kind: 'if' as const, ...step }))
    .describe('Goes one way where a condition holds, else the other (`else`, or the next step).'),
  template: z
    .strictObject({
      template: words.describe('Name of a template.'),
      parameters: z.record(z.string(), localized).default({}).describe('Its parameters; one that is a variable’s name fills itself in.'),
      go,
      at,
    })
    .transform((step) => ({ kind: 'template' as const, ...step }))
    .describe('Sends a template.'),
  callback: z
    .strictObject({
      callback: localized.describe('What the call is about, for whoever calls; `{{…}}` is filled in.'),
      number: localized
        .optional()
        .describe('Where to call: most often `{{answers.<ask>}}`. Unset, or no telephone number: the one they write from.'),
      hours: words
        .refine(
          (text) => readWindows(text) !== null,
          asks({ fr: 'des heures comme mon-fri 09:00-12:00', en: 'hours such as mon-fri 09:00-12:00' }),
        )
        .optional()
        .describe('Hours they agreed to, by their own clock: `mon-fri 09:00-12:00, sat 10:00-12:00`. Unset: the business’s own.'),
      go,
      at,
    })
    .transform((step) => ({ kind: 'callback' as const, ...step }))
    .describe(
      'Asks the call centre to call this person back; they are told that it was noted. Nobody dials but people. Needs a channel of kind `callback`.',
    ),
  link: z
    .strictObject({
      link: words.describe('Id of a channel of kind `web`: its page, with the conversation so far, one tap away.'),
      say: localized
        .optional()
        .describe('What is said with it; Relais’s own words where unset. A channel without buttons gets the address behind it.'),
      label: localized.optional().describe('Words on the button.'),
      go,
      at,
    })
    .transform((step) => ({ kind: 'link' as const, ...step }))
    .describe('Sends a signed link of the bridge to one of your own pages. To who is on that page already, only the words.'),
  end: z
    .strictObject({ end: z.union([z.string(), z.literal(true), z.null()]).describe('A word for how it ended, for statistics.'), at })
    .transform(({ end, at: here }) => ({ kind: 'end' as const, end: typeof end === 'string' ? end : 'end', at: here }))
    .describe('Ends the journey.'),
} as const
export const STEP_KEYS = [
  'ask',
  'collect',
  'call',
  'choose',
  'remind',
  'wait',
  'if',
  'engine',
  'template',
  'callback',
  'link',
  'hand',
  'end',
  'say',
] as const satisfies readonly (keyof typeof steps)[]

const start = z.union([
  z.strictObject({
    keyword: z
      .union([words.transform((word) => [word]), z.array(words).min(1)])
      .describe(
        'Words in a message, whatever their case and accents. A short message starts it at once; a longer one goes to knowledge and engines first.',
      ),
  }),
  z.strictObject({ button: words.describe('Id of a tapped button.') }),
  z.strictObject({ always: z.literal(true).describe('Whatever nothing else takes.') }),
])
const journeyFields = {
  journey: id.describe('Its name.'),
  starts: z.array(start).min(1).describe('What starts it.'),
}
/** Steps are read one by one, by the key that names each. */
export const journey = z.strictObject({ ...journeyFields, steps: z.array(z.unknown()).min(1) })
/** The same, whole: for documents and editors. */
export const wholeJourney = z
  .strictObject({
    ...journeyFields,
    steps: z
      .array(z.union(STEP_KEYS.map((key) => steps[key])))
      .min(1)
      .describe('What it does, in order.'),
  })
  .describe('One flow.')
