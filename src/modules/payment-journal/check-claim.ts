/** Which rows to take over in order to ask the gateway about them. */
export type CheckClaim = {
  /** Medusa's id of the provider, because each gateway is asked at its own pace. */
  provider_id: string
  /** Those whose time had come by then. */
  due: Date
  /** How long nobody else takes them over, in milliseconds: a server that dies gives them back by this alone. */
  lease_ms: number
  limit: number
}

/** After a payment was opened, or a move of money ended in the unknown, in milliseconds. */
export const firstCheckMs = 30_000

/** A server whose clock is ahead must not take what another has taken over just now. */
export function earlier(due: Date, now: Date): Date {
  return due < now ? due : now
}

export function inMs(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds)
}
