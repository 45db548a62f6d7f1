/**
 * relais.yaml, templates and the head of prompts as a schema: it validates the files, documents them (`docs/configuration.md`) and gives
 * editors a JSON Schema (`schema/*.json`). Descriptions are written for the owner of the files. Connectors bring the rest of a channel or an engine.
 */
import { z } from 'zod'
import { isCountry } from '../core/country.ts'
import { isZone } from '../core/local-time.ts'
import { bothLanguages, duration, durationOr, durationText, id, languageTag, localized, money, refuse, shaped, words } from './field.ts'
import { hours } from './hours.ts'
import { alerts, webhook } from './outside.ts'
import { parseMoment } from './scalar.ts'

const about = z
  .strictObject({
    name: words.describe('The business’s name, as customers know it.'),
    country: z
      .string()
      .check((context) => {
        if (!isCountry(context.value))
          refuse(context, context.value, {
            fr: 'un code de pays à deux lettres, comme FR',
            en: 'a country code of two letters, such as FR',
          })
      })
      .describe('Where the business is: ISO 3166-1, two letters.'),
    locale: z.enum(['fr', 'en']).default('fr').describe('Language used where the customer’s own is not known.'),
    timezone: z
      .string()
      .check((context) => {
        if (!isZone(context.value))
          refuse(context, context.value, { fr: 'un fuseau IANA comme Europe/Paris', en: 'an IANA zone such as Europe/Paris' })
      })
      .default('Europe/Paris')
      .describe('IANA zone of opening hours and of customers whose own is unknown.'),
    sector: words.optional().describe('What the business does, in one word.'),
  })
  .describe('Who the business is.')

export const channelCommon = z.looseObject({
  kind: words.describe('Which connector: see the kinds below.'),
  scope: z
    .enum(['service', 'general'])
    .default('service')
    .describe('What may be answered there: the business’s own matters, or general questions too (platform and law are the ceiling).'),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where customers open this channel: told to those who ask elsewhere what only a channel of scope `general` answers.'),
  throughput: z.number().positive().optional().describe('Messages a second this channel is allowed; the connector’s own rate where unset.'),
})

export const engineCommon = z.looseObject({
  kind: words.describe('Which connector: see the kinds below.'),
  region: words.optional().describe('Where the data goes: `self`, `eu`, `us`…'),
  trainsOnData: z
    .boolean()
    .optional()
    .describe('Whether the provider trains on what it gets. Unset is unknown, and barred for platform data.'),
  personalData: z
    .enum(['none', 'pseudonyms', 'all'])
    .optional()
    .describe(
      'Which personal data the engine may get. `pseudonyms`: words and numbers made up for the conversation stand for what the contact is known by and for identifiers that prove themselves, and are put back in the answer. `none`, also where unset: it is never asked. `extractive`, which sends nothing anywhere: `all`.',
    ),
  price: z
    .strictObject({
      input: z.number().nonnegative(),
      output: z.number().nonnegative(),
      currency: shaped(/^[A-Z]{3}$/u, { fr: 'une monnaie comme EUR', en: 'a currency such as EUR' }),
    })
    .optional()
    .describe('Price per million tokens, to count costs.'),
  timeouts: z
    .strictObject({
      firstToken: durationOr('5s').describe('Until the first word.'),
      total: durationOr('30s').describe('Until the last word.'),
    })
    .prefault({})
    .describe('How long to wait before the next engine is asked.'),
})

const reachStep = z.strictObject({
  channel: words.describe('Id of a channel.'),
  wait: duration.optional().describe('How long to wait for success before the next step; unset: until it certainly failed.'),
  success: z.enum(['accepted', 'delivered', 'read']).default('delivered').describe('What counts as reached.'),
  if: words.optional().describe('CEL condition over the situation; the step is passed by where it is false.'),
})

const hedgedPlan = z.strictObject({
  engines: z.array(words).min(1).describe('Ids of engines, in order.'),
  hedge: z
    .literal('p95')
    .describe('The next engine is asked as well once the first is slower to its first word than 95 of 100 of its own answers; both cost.'),
})

const MOMENT = { fr: 'un moment comme tue 10:00 ou 10:00', en: 'a moment such as tue 10:00 or 10:00' }
const drill = z.strictObject({
  cut: z.array(words).min(1).describe('Ids of channels and engines that are cut at once.'),
  every: durationOr('14d').describe('How often.'),
  at: z
    .string()
    .meta({ examples: ['tue 10:00'] })
    .default('10:00')
    .transform((given, context) => parseMoment(given) ?? refuse(context, given, MOMENT))
    .describe('When, by the business’s clock: a day of the week and an hour, or an hour alone.'),
})

const unknownPolicy = z.enum(['park', 'resend'])

export const settings = z
  .strictObject({
    workspace: about,
    channels: z.record(id, channelCommon).describe('Connections to customers, each under an id of your own.'),
    engines: z
      .record(id, engineCommon)
      .default({})
      .describe('AI endpoints, each under an id of your own. The kind `extractive` needs no model.'),
    plans: z
      .strictObject({
        think: z
          .record(z.string(), z.union([z.array(words).min(1), hedgedPlan]))
          .default({})
          .describe(
            'Which engines to ask, in order: by `default`, by task, or by `task@channel id`. All in the order of the file where unset; for `classify` (a second opinion on whose matter a question is) and `summarise` only those named.',
          ),
        reach: z
          .record(z.string(), z.array(reachStep).min(1))
          .default({})
          .describe('Which channels to try for a contact, in order: by `default`, by category, or by a name that calls of the API give.'),
      })
      .prefault({})
      .describe('Ordered chains: who is asked next when one does not answer.'),
    assistant: z
      .strictObject({
        name: bothLanguages.optional().describe('What the assistant is called. Unset: “AI assistant of” and the business’s name.'),
        aiIs: z
          .enum(['incidental', 'primary'])
          .default('incidental')
          .describe('Whether AI is a part of the service or the service itself, in the sense of the platforms’ AI clauses.'),
        since: z.iso
          .date()
          .optional()
          .describe('Since when the business is an AI provider on the platform. Unset: from before 2025-10-15.'),
        disclosure: bothLanguages.optional().describe('How customers are told that an AI speaks.'),
        hosts: z
          .array(
            shaped(/^(?!\d+(?:\.\d+){3}$)[a-z\d-]+(?:\.[a-z\d-]+)+$/u, {
              fr: 'un nom d’hôte comme exemple.fr',
              en: 'a host name such as example.com',
            }),
          )
          .default([])
          .describe(
            'Whose links and mail addresses answers may say, with all hosts below them, beside those of `PUBLIC_URL` and of your channels.',
          ),
      })
      .prefault({})
      .describe('How the AI presents itself.'),
    unknown: z
      .strictObject({
        marketing: unknownPolicy.default('park'),
        utility: unknownPolicy.default('park'),
        authentication: unknownPolicy.default('park'),
        service: unknownPolicy.default('resend'),
      })
      .prefault({})
      .describe('What follows a send whose outcome stayed unknown for 120 s: kept aside with an alert, or sent once more and flagged.'),
    budgets: z
      .record(id, z.strictObject({ day: money.optional().describe('A day.'), contact: money.optional().describe('A contact and day.') }))
      .optional()
      .describe(
        'Most to spend, by channel or engine. What can wait then waits for the next day; an answer goes another way, or to an agent.',
      ),
    codes: z
      .strictObject({
        hour: z.int().min(1).default(300).describe('An hour, by all keys and to everybody.'),
        abroad: z.int().min(1).default(50).describe('An hour, to telephones of other countries than the business’s.'),
      })
      .prefault({})
      .describe('Most one-time codes to send. Whoever has codes sent by thousands to numbers that earn by it stops here; an alert tells.'),
    bridge: z
      .strictObject({
        code: z
          .enum(['elsewhere', 'always'])
          .default('elsewhere')
          .describe(
            'Of whom a code is asked that goes to the thread the link came from: of another browser than the first, and 15 minutes after it was sent (`elsewhere`), or of everybody (`always`).',
          ),
        expires: durationOr('24h').describe('How long a link opens anything.'),
      })
      .prefault({})
      .describe('Signed links from a channel to a page of yours (docs/bridge.md).'),
    links: z
      .record(
        id,
        z.strictObject({
          channel: words.describe('Id of the channel that they begin on.'),
          source: words.optional().describe('What is recorded with the first message that comes by it. Unset: the link’s name.'),
          say: localized.optional().describe('What the customer’s message begins with, where the channel takes one.'),
        }),
      )
      .default({})
      .describe('Entry links, each under a name of your own: `/go/<name>` leads to a channel. `relais links` prints their QR codes.'),
    calls: z
      .strictObject({ hosts: z.array(words).default([]).describe('Hosts, or host:port.') })
      .prefault({})
      .describe('Where journeys may call.'),
    rulebook: z
      .strictObject({
        trust: z
          .array(
            shaped(/^ed25519:[A-Za-z0-9_-]{43}$/u, {
              fr: 'une clé publique comme « ed25519:… », de 43 signes après les deux-points',
              en: 'a public key such as “ed25519:…”, with 43 characters after the colon',
            }),
          )
          .default([])
          .describe('Public keys, `ed25519:…`, of those whose rulebooks may be taken.'),
      })
      .optional()
      .describe('Whose signed rulebooks `relais rules update` takes.'),
    webhooks: z.record(id, webhook).default({}).describe('Outgoing webhooks, each under an id of your own.'),
    alerts: alerts.optional(),
    drills: z
      .array(drill)
      .default([])
      .describe('Cuts that are rehearsed by themselves, dry, beside the work; a plan B that does not hold is an alert.'),
    hours: hours.optional(),
    retention: z
      .strictObject({ conversations: durationText.optional(), media: durationText.optional() })
      .prefault({})
      .describe('How long data is kept: `36mo`. Not acted on yet: nothing is deleted.'),
  })
  .describe('The business’s set-up: relais.yaml.')

// --- templates/*.yaml and the head of prompts/*.md ------------------------------------------------------------------------------------------

export const template = z
  .strictObject({
    name: shaped(/^[a-z0-9_]{1,512}$/u, { fr: 'des minuscules, chiffres et _', en: 'small letters, digits and _' }).describe(
      'As the platform knows it.',
    ),
    language: languageTag.optional().describe('Of the text; not needed where `text` has one per language.'),
    category: z.enum(['marketing', 'utility', 'authentication']).describe('The platform’s price class.'),
    text: localized.describe('The words, as approved; `{{name}}` is a parameter.'),
    parameters: z.array(words).optional().describe('The parameters in the platform’s order. Unset: as they come in the text.'),
    buttons: z
      .array(
        z.strictObject({
          id: shaped(/^[\w.-]{1,100}$/u, { fr: 'des lettres, chiffres, points et tirets', en: 'letters, digits, dots and hyphens' }),
          label: localized,
        }),
      )
      .max(10)
      .default([])
      .describe(
        'Quick replies below it, in the platform’s order. A tapped one starts the journey that names its `id` (`starts: [{ button: … }]`).',
      ),
    replaces: z.array(z.literal('window-closed')).default([]).describe('Where it may stand in for free text.'),
    channel: words.optional().describe('Id of the only channel it is for.'),
  })
  .describe('One message template.')

export const promptHead = z
  .strictObject({ description: words.optional().describe('What it is for.'), owner: words.optional().describe('Who answers for it.') })
  .describe('The head of a prompt, between two lines `---`; the text follows.')
