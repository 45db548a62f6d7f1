/**
 * How each field of a situation is read: one function a field, because reading one place again and again is what the engine below makes fast;
 * reading by a name that is looked up costs ten times that, and every outgoing message is asked dozens of questions. It fails to compile when
 * it differs from `Situation`.
 */
import type { Situation } from '../core/situation.ts'

/** One that was recorded before a field existed lacks it. */
type Recorded = { readonly [G in keyof Situation]?: Partial<Situation[G]> }
type Readers = {
  readonly [G in keyof Situation]: { readonly [F in keyof Situation[G]]: (situation: Recorded) => Situation[G][F] | undefined }
}

export const READERS: Readers = {
  channel: {
    kind: (s) => s.channel?.kind,
    operator: (s) => s.channel?.operator,
    id: (s) => s.channel?.id,
    scope: (s) => s.channel?.scope,
    health: (s) => s.channel?.health,
    quality: (s) => s.channel?.quality,
    windowHours: (s) => s.channel?.windowHours,
    sender: (s) => s.channel?.sender,
  },
  message: {
    category: (s) => s.message?.category,
    purpose: (s) => s.message?.purpose,
    purposeAssumed: (s) => s.message?.purposeAssumed,
    ai: (s) => s.message?.ai,
    firstAiTurn: (s) => s.message?.firstAiTurn,
    disclosed: (s) => s.message?.disclosed,
    offersHuman: (s) => s.message?.offersHuman,
    automatic: (s) => s.message?.automatic,
    template: (s) => s.message?.template,
    templateState: (s) => s.message?.templateState,
    reply: (s) => s.message?.reply,
    relayed: (s) => s.message?.relayed,
    type: (s) => s.message?.type,
    parts: (s) => s.message?.parts,
    offersStop: (s) => s.message?.offersStop,
    unsubscribe: (s) => s.message?.unsubscribe,
    tag: (s) => s.message?.tag,
    templateQuality: (s) => s.message?.templateQuality,
    marked: (s) => s.message?.marked,
    decides: (s) => s.message?.decides,
  },
  account: {
    aiIs: (s) => s.account?.aiIs,
    aiSince: (s) => s.account?.aiSince,
    country: (s) => s.account?.country,
    restriction: (s) => s.account?.restriction,
  },
  contact: {
    country: (s) => s.contact?.country,
    numberCountry: (s) => s.contact?.numberCountry,
    address: (s) => s.contact?.address,
    boughtSimilar: (s) => s.contact?.boughtSimilar,
    runningContract: (s) => s.contact?.runningContract,
    doNotCall: (s) => s.contact?.doNotCall,
    callPermission: (s) => s.contact?.callPermission,
    callsRecently: (s) => s.contact?.callsRecently,
    callRefusedAgo: (s) => s.contact?.callRefusedAgo,
    heldByPlatform: (s) => s.contact?.heldByPlatform,
    marketing: (s) => s.contact?.marketing,
    service: (s) => s.contact?.service,
    wroteHere: (s) => s.contact?.wroteHere,
    unanswered: (s) => s.contact?.unanswered,
    marketingRefusedAgo: (s) => s.contact?.marketingRefusedAgo,
    humanReachable: (s) => s.contact?.humanReachable,
    timezone: (s) => s.contact?.timezone,
  },
  window: {
    service: (s) => s.window?.service,
    secondsLeft: (s) => s.window?.secondsLeft,
    freeEntry: (s) => s.window?.freeEntry,
    inboundAgo: (s) => s.window?.inboundAgo,
  },
  limits: {
    pairWait: (s) => s.limits?.pairWait,
    numberWait: (s) => s.limits?.numberWait,
    portfolioUsed: (s) => s.limits?.portfolioUsed,
    portfolioLimit: (s) => s.limits?.portfolioLimit,
    portfolioWait: (s) => s.limits?.portfolioWait,
    budgetWait: (s) => s.limits?.budgetWait,
    templatesYear: (s) => s.limits?.templatesYear,
    callsConnected: (s) => s.limits?.callsConnected,
  },
  engine: {
    asked: (s) => s.engine?.asked,
    trainsOnData: (s) => s.engine?.trainsOnData,
    contract: (s) => s.engine?.contract,
    since: (s) => s.engine?.since,
  },
  local: {
    hour: (s) => s.local?.hour,
    minute: (s) => s.local?.minute,
    weekday: (s) => s.local?.weekday,
    date: (s) => s.local?.date,
    holiday: (s) => s.local?.holiday,
  },
}
