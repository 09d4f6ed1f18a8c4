import { GatewayUnknownError } from "../shared/gateway-error"
import type { MocopayClient } from "./client"
import type { MocopaySession } from "./messages"
import { showsMoney } from "./payment-status"
import { mocopayGateway } from "./refusal"

export type MocopayWanted = {
  /** Ours, which was sent as `userId`. */
  reference: string
  /** The product that was to be paid; undefined where none is known, and then no session is ours. */
  pid: string | undefined
  /** Numbers of sessions that somebody named for the payment; asked about, never believed. */
  sessionIds: readonly string[]
}

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
    throw foreignAnswer()
  }
  return own ?? ours[0]
}

function isOurs(session: MocopaySession, { reference, pid }: MocopayWanted): boolean {
  return session.endUser?.userId === reference && session.pid === pid
}

/** All at once: one number that a stranger made up must not keep the others from being asked about. */
async function sessionsNamed(
  client: Pick<MocopayClient, "verifyPayment">,
  { sessionIds }: MocopayWanted,
  known: string | undefined
): Promise<{ sessions: MocopaySession[]; failure?: unknown }> {
  const open = [...new Set(sessionIds)].filter((sessionId) => sessionId !== known)
  const answers = await Promise.allSettled(
    open.map((sessionId) => client.verifyPayment({ sessionId }))
  )
  const failed = answers.find((answer) => answer.status === "rejected")
  return {
    sessions: answers.flatMap((answer) =>
      answer.status === "fulfilled" && answer.value ? [answer.value] : []
    ),
    ...(failed ? { failure: failed.reason } : {}),
  }
}

function foreignAnswer(): GatewayUnknownError {
  return new GatewayUnknownError({
    gateway: mocopayGateway,
    operation: "verifyPayment",
    reason: "mismatch",
    detail: "the answer is about another userId or another pid",
  })
}
