const hour = 3_600_000
const serviceMs = 24 * hour
const freeEntryMs = 72 * hour
const freeEntryAnswerMs = 24 * hour

/** From this instant every delivered service message and utility template in the window is priced (announced 2026-07-01). */
export const servicePricedFrom = Date.UTC(2026, 9, 1)

/**
 * One person's windows, kept by the platform from what it carried.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing (read 2026-11-22): 24 h from the last
 * message of the customer; 72 h free entry point from the business's answer to an ad's message, when it comes within 24 h.
 */
export interface Windows {
  wroteAt: number | null
  adAt: number | null
  freeFrom: number | null
}

export const closedWindows = (): Windows => ({ wroteAt: null, adAt: null, freeFrom: null })

export const serviceOpen = (windows: Windows, now: number): boolean => windows.wroteAt !== null && now - windows.wroteAt < serviceMs

export const freeEntryUntil = (windows: Windows, now: number): number | null =>
  windows.freeFrom !== null && now - windows.freeFrom < freeEntryMs ? windows.freeFrom + freeEntryMs : null

/** The business answered: an ad's message of the last 24 h opens the free entry point. */
export function noteAnswer(windows: Windows, now: number): void {
  if (windows.adAt === null) return
  if (now - windows.adAt < freeEntryAnswerMs) windows.freeFrom = now
  windows.adAt = null
}

export interface Pricing {
  billable: boolean
  pricing_model: 'PMP'
  type: 'regular' | 'free_customer_service' | 'free_entry_point'
  category: string
}

/** @param category of the template in lower case, or `service` */
export function priceOf(category: string, windows: Windows, now: number): Pricing {
  if (freeEntryUntil(windows, now) !== null) {
    return { billable: false, pricing_model: 'PMP', type: 'free_entry_point', category: 'referral_conversion' }
  }
  const free = now < servicePricedFrom && (category === 'service' || (category === 'utility' && serviceOpen(windows, now)))
  return { billable: !free, pricing_model: 'PMP', type: free ? 'free_customer_service' : 'regular', category }
}
