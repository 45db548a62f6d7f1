import type { Fields } from '../wire.ts'
import type { StoredMedia } from './media.ts'
import type { Look } from './messages.ts'
import type { Person } from './people.ts'
import { metadataOf, seconds, stamp, type World } from './world.ts'

export interface Extra {
  /** Id of the message this answers. */
  answers?: string
  forwarded?: boolean
  referral?: Fields
}

/**
 * A person writes: the thread gets a line, the 24 hours begin anew, the business is told.
 * Shapes: …/whatsapp/webhooks/reference/messages/* (May 2026, read 2026-11-22).
 * @returns the new message's id
 */
export function write(
  world: World,
  person: Person,
  type: string,
  content: Fields,
  look: Look,
  extra: Extra & { errors?: readonly unknown[] } = {},
): string {
  const now = world.clock.now()
  const id = world.ids.message(person.userId)
  const message: Fields = {
    ...senderOf(person),
    id,
    timestamp: stamp(now),
    type,
    ...(type === 'contacts' ? content : { [type]: content }),
    ...contextOf(world, extra),
    ...(extra.referral ? { referral: extra.referral } : {}),
    ...(extra.errors ? { errors: extra.errors } : {}),
  }
  person.windows.wroteAt = now
  if (extra.referral) person.windows.adAt = now
  world.limits.countInbound(now)
  if (!['reaction', 'edit', 'revoke'].includes(type)) {
    const answers = extra.answers === undefined ? {} : { answers: extra.answers }
    world.people.write(person, { id, from: 'customer', type, at: now, content: message, readAt: null, reactions: [], ...look, ...answers })
  }
  pushMessage(world, person, message, id)
  return id
}

/** A message of the thread goes to `messages`, or to `standby` while the platform's own agent holds it. */
function pushMessage(world: World, person: Person, message: Fields, id: string): void {
  const inside = { contacts: [profileOf(person)], messages: [message] }
  const envelope = { messaging_product: 'whatsapp', metadata: metadataOf(world.settings) }
  if (person.heldByAgent) world.webhooks.push({ field: 'standby', part: 'standby', items: [id], value: { ...envelope, standby: inside } })
  else world.webhooks.push({ field: 'messages', part: 'messages', items: [id], value: { ...envelope, ...inside } })
}

const profileOf = (person: Person): Fields => ({
  profile: { name: person.name, ...(person.username === undefined ? {} : { username: person.username }) },
  ...(person.phone === null || person.hidesPhone ? {} : { wa_id: person.phone }),
  user_id: person.userId,
})

const senderOf = (person: Person): Fields => ({
  ...(person.phone === null || person.hidesPhone ? {} : { from: person.phone }),
  from_user_id: person.userId,
})

function contextOf({ settings }: World, extra: Extra): Fields {
  if (extra.answers !== undefined) return { context: { from: settings.displayNumber.replace(/\D/g, ''), id: extra.answers } }
  return extra.forwarded ? { context: { forwarded: true } } : {}
}

/** The hash is base64 here and hexadecimal in `GET /{media-id}`. */
export const inboundMedia = (world: World, stored: StoredMedia): Fields => ({
  mime_type: stored.mime,
  sha256: stored.sha256.toString('base64'),
  id: stored.id,
  url: world.media.url(stored.id, world.settings.publicUrl),
})

export const usualAd: Fields = {
  source_url: 'https://fb.me/3cr4Wqqkv',
  source_id: '120226305854810726',
  source_type: 'ad',
  headline: 'Lisbonne en mai',
  body: 'Quatre nuits au soleil, vol compris.',
  media_type: 'image',
  image_url: 'https://scontent.example/lisbonne.jpg',
  ctwa_clid:
    'Aff-n8ZTODiE79d22KtAwQKj9e_mIEOOj27vDVwFjN80dp4_0NiNhEgpGo0AHemvuSoifXaytfTzcchptiErTKCqTrJ5nW1h7IHYeYymGb5K5J5iTROpBhWAGaIAeUzHL50',
  welcome_message: { text: 'Bonjour ! Une question sur Lisbonne ?' },
}

/** System messages carry no `contacts`. A number's change gives a new user id too, told by `user_id_update`. */
export function renumber(world: World, person: Person, phone: string | undefined): void {
  const now = world.clock.now()
  const before = { phone: person.phone, userId: person.userId, sender: senderOf(person) }
  world.people.renumber(person, phone)
  const shown = person.phone !== null && !person.hidesPhone
  const [from, to] = phone === undefined || !shown ? [before.userId, person.userId] : [before.phone, person.phone]
  const id = world.ids.message(before.userId)
  const system = {
    body: `User ${person.name} changed from ${from} to ${to}`,
    ...(shown ? { wa_id: person.phone } : {}),
    user_id: person.userId,
    type: phone === undefined || !shown ? 'user_changed_user_id' : 'user_changed_number',
  }
  const metadata = metadataOf(world.settings)
  const message = { ...before.sender, id, timestamp: stamp(now), type: 'system', system }
  world.webhooks.push({
    field: 'messages',
    part: 'messages',
    items: [id],
    value: { messaging_product: 'whatsapp', metadata, messages: [message] },
  })
  const update = {
    ...(shown ? { wa_id: person.phone } : {}),
    detail: 'User ID updated',
    user_id: { previous: before.userId, current: person.userId },
    timestamp: seconds(now),
  }
  world.webhooks.push({
    field: 'user_id_update',
    part: 'user_id_update',
    items: [person.userId],
    value: { messaging_product: 'whatsapp', metadata, contacts: [profileOf(person)], user_id_update: [update] },
  })
}

export function prefer(world: World, person: Person, value: 'stop' | 'resume'): void {
  person.stoppedMarketing = value === 'stop'
  const { wa_id, user_id } = profileOf(person)
  const preference = {
    ...(wa_id === undefined ? {} : { wa_id }),
    user_id,
    detail: `User requested to ${value} marketing messages`,
    category: 'marketing_messages',
    value,
    timestamp: seconds(world.clock.now()),
  }
  world.webhooks.push({
    field: 'user_preferences',
    part: 'user_preferences',
    items: [`${person.userId}:${value}`],
    value: {
      messaging_product: 'whatsapp',
      metadata: metadataOf(world.settings),
      contacts: [profileOf(person)],
      user_preferences: [preference],
    },
  })
}
