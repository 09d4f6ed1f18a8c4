import type { MocopayClient } from "./client"
import type { MocopaySession } from "./messages"
import { showsMoney } from "./statuses"
import { mocopayErrors } from "./errors"

export type MocopayWanted = {
  /** Ours, which was sent as `userId`. */
  reference: string
  /** The product that was to be paid; undefined where none is known, and then no session is ours. */
  pid: string | undefined
  /** The session that an earlier answer of MoCoPay's named for it. */
  knownSessionId?: string
  /** Numbers of sessions that messages named for the payment, the newest first; asked about, never believed. */
  sessionIds: readonly string[]
}

/** So many unproven numbers are asked about at a time: whoever knows a reference can name as many as they like. */
const mostGuesses = 3

/** The form of the vendor's own numbers: one that looks so is likelier to be one. */
const vendorNumber = /^[0-9a-f]{32}$/i

/**
 * The session of a payment of ours: the one that shows money, else whichever there is.
 *
 * Which session belongs to which payment is told only by the browser and by unsigned messages, and one that
 * was paid could be named again for a second order. So only a session counts whose user id is our
 * reference, which stands for one payment alone, and whose product is the one that was sent.
 *
 * @throws GatewayError, also where one answer that could have shown money can't be had
 */
export async function findSession(
  client: Pick<MocopayClient, "verifyPayment">,
  wanted: MocopayWanted
): Promise<MocopaySession | undefined> {
  const byUser = await client.verifyPayment({ userId: wanted.reference })
  const own = byUser && isOurs(byUser, wanted) ? byUser : undefined
  if (own && showsMoney(own)) {
    return own
  }
  const named = await sessionsNamed(client, wanted, own?.sessionId)
  const ours = named.sessions.filter((session) => isOurs(session, wanted))
  const paid = ours.find(showsMoney)
  if (paid) {
    return paid
  }
  if (named.failure) {
    throw named.failure
  }
  if (byUser && !own) {
    throw mocopayErrors.mismatch(
      "verifyPayment",
      "the answer is about another userId or another pid"
    )
  }
  return own ?? ours[0]
}

export function isOurs(
  session: MocopaySession,
  { reference, pid }: Pick<MocopayWanted, "reference" | "pid">
): boolean {
  return session.endUser?.userId === reference && session.pid === pid
}

/**
 * One after the other, until one shows money; a number that a stranger made up does not keep the others from being
 * asked about.
 */
async function sessionsNamed(
  client: Pick<MocopayClient, "verifyPayment">,
  wanted: MocopayWanted,
  answered: string | undefined
): Promise<{ sessions: MocopaySession[]; failure?: unknown }> {
  const { knownSessionId, sessionIds } = wanted
  const guesses = likeliest(sessionIds.filter((sessionId) => sessionId !== knownSessionId))
  const known = knownSessionId === undefined ? [] : [{ sessionId: knownSessionId }]
  const questions = [...known, ...guesses.map((sessionId) => ({ sessionId, isGuess: true }))]
  const sessions: MocopaySession[] = []
  let failure: unknown
  for (const { sessionId, ...options } of questions) {
    if (sessionId === answered) {
      continue
    }
    try {
      const session = await client.verifyPayment({ sessionId }, options)
      sessions.push(...(session ? [session] : []))
      if (session && isOurs(session, wanted) && showsMoney(session)) {
        break
      }
    } catch (error) {
      failure ??= error
    }
  }
  return { sessions, failure }
}

/** Each once, what looks like a number of the vendor's first, and of those the newest. */
function likeliest(sessionIds: readonly string[]): string[] {
  const each = [...new Set(sessionIds)]
  const isLikely = (sessionId: string) => vendorNumber.test(sessionId)
  return [...each.filter(isLikely), ...each.filter((one) => !isLikely(one))].slice(0, mostGuesses)
}
