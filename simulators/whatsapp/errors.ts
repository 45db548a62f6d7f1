import { json, type Said } from '../wire.ts'

/**
 * The error codes the simulator can answer or report, with HTTP status and title.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes (state of 2025-11-19, read
 * 2026-11-22). 130429 really is documented as 400, not 429. `details` are the simulator's own words where the page has none.
 */
const catalogue: Record<number, readonly [http: number, title: string, details: string]> = {
  0: [401, 'AuthException', 'The app user could not be authenticated.'],
  1: [400, 'API Unknown', 'Invalid request or possible server error.'],
  2: [503, 'API Service', 'Temporary due to downtime or due to being overloaded.'],
  3: [500, 'API Method', 'Capability or permissions issue.'],
  4: [400, 'API Too Many Calls', 'The app has reached its API call rate limit.'],
  10: [403, 'API Permission Denied', 'Permission is either not granted or has been removed.'],
  33: [400, 'Parameter value is not valid', 'The business phone number has been deleted.'],
  100: [400, 'Invalid parameter', 'The request included one or more unsupported or misspelled parameters.'],
  190: [401, 'Access token has expired', 'The access token is invalid or has expired.'],
  368: [403, 'Temporarily blocked for policies violations', 'The account is restricted or disabled for violating a platform policy.'],
  80007: [400, 'Rate limit issues', 'The WhatsApp Business Account has reached its rate limit.'],
  130429: [400, 'Rate limit hit', 'Cloud API message throughput has been reached.'],
  130472: [400, "User's number is part of an experiment", 'Message was not sent as part of an experiment.'],
  130497: [403, 'Business account is restricted from messaging users in this country', 'This account may not message that country.'],
  131000: [500, 'Something went wrong', 'Message failed to send due to an unknown error.'],
  131005: [403, 'Access denied', 'Permission is either not granted or has been removed.'],
  131008: [400, 'Required parameter is missing', 'The request is missing a required parameter.'],
  131009: [400, 'Parameter value is not valid', 'One or more parameter values are invalid.'],
  131016: [500, 'Service unavailable', 'A service is temporarily unavailable.'],
  131021: [400, 'Recipient cannot be sender', 'Sender and recipient phone number is the same.'],
  131026: [400, 'Message undeliverable', 'Message undeliverable.'],
  131031: [403, 'Business Account locked', 'The account has been locked for violating a platform policy.'],
  131037: [400, 'WhatsApp provided number needs display name approval before message can be sent', 'The display name is not approved.'],
  131042: [400, 'Business eligibility payment issue', 'There is a problem with the payment method.'],
  131045: [500, 'Incorrect certificate', 'Message failed to send due to a phone number registration error.'],
  131047: [
    400,
    'Re-engagement message',
    'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
  ],
  131048: [400, 'Spam rate limit hit', 'Too many messages from this number were blocked or flagged as spam.'],
  131049: [400, 'This message was not delivered to maintain healthy ecosystem engagement.', 'Wait before sending to this person again.'],
  131050: [400, 'User has stopped marketing messages', 'The recipient chose to stop receiving marketing messages from this business.'],
  131051: [400, 'Unsupported message type', 'Message type is currently not supported.'],
  131052: [400, 'Media download error', 'Unable to download the media sent by the user.'],
  131053: [400, 'Media upload error', 'Unable to upload the media used in the message.'],
  131056: [400, '(Business Account, Consumer Account) pair rate limit hit', 'Too many messages sent to this person in a short time.'],
  131057: [500, 'Account in maintenance mode', 'The business account is in maintenance mode.'],
  131062: [400, 'Recipient not supported for this message', 'Business-scoped user IDs cannot receive this kind of message.'],
  132000: [400, 'Number of parameters does not match the expected number of params', 'The number of variables differs from the template.'],
  132001: [404, 'Template name does not exist in the translation', 'The template does not exist in this language or is not approved.'],
  132005: [400, 'Translated text too long', 'The text with its values is too long.'],
  132007: [400, 'Template format character policy violated', 'The template content violates a policy.'],
  132012: [400, 'Parameter format does not match format in the created template', 'Variable values are formatted wrongly.'],
  132015: [400, 'Template is paused', 'The template is paused because of its low quality.'],
  132016: [400, 'Template is disabled', 'The template was paused too many times and is now disabled.'],
  132068: [400, 'Flow is blocked', 'The flow is in blocked state.'],
  132069: [400, 'Flow is throttled', 'The flow is throttled.'],
  133004: [503, 'Server Temporarily Unavailable', 'The server is temporarily unavailable.'],
  133010: [400, 'Account not registered', 'The phone number is not registered on the platform.'],
  133016: [400, 'Account register deregister rate limit exceeded', 'Too many registration attempts.'],
  135000: [400, 'Generic user error', 'Message failed to send because of an unknown error with the request parameters.'],
  138006: [400, 'No approved call permission from the recipient', 'The user has not given permission to be called.'],
}

const documentation = 'https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes/'

export const knownCodes: readonly number[] = Object.keys(catalogue).map(Number)

/** A refusal decided by the simulator: thrown inside, answered as a Graph error body. */
export class GraphError extends Error {
  readonly code: number
  readonly details: string | undefined
  readonly subcode: number | undefined
  readonly type: string

  /** @param details overrides the catalogue's; `bare` leaves `error_data` away, as Graph's own (not WhatsApp's) errors do */
  constructor(code: number, details?: string, shape: { bare?: string; subcode?: number; type?: string } = {}) {
    const [, title, usual] = entry(code)
    super(shape.bare ?? `(#${code}) ${title}`)
    this.code = code
    this.details = shape.bare === undefined ? (details ?? usual) : undefined
    this.subcode = shape.subcode
    this.type = shape.type ?? 'OAuthException'
  }

  /** @param trace stands in for `fbtrace_id` */
  answer(trace: string): Said {
    const [http] = entry(this.code)
    return json(http, {
      error: {
        message: this.message,
        type: this.type,
        code: this.code,
        ...(this.subcode === undefined ? {} : { error_subcode: this.subcode }),
        ...(this.details === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details: this.details } }),
        fbtrace_id: trace,
      },
    })
  }
}

/** The same error as it stands in `statuses[].errors` or `messages[].errors`. */
export function webhookError(code: number, details?: string) {
  const [, title, usual] = entry(code)
  return { code, title, message: title, error_data: { details: details ?? usual }, href: documentation }
}

function entry(code: number): readonly [number, string, string] {
  const found = catalogue[code]
  if (!found) throw new Error(`the simulator knows no error code ${code}`)
  return found
}
