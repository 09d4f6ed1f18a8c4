import { guardSending } from "../../gateways/shared/sending-guard"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import { HeldClaim, LeaseLostError } from "../../shared/held-claim"
import type { GatewayContext } from "./context"

/**
 * Works on an operation that this server began or took over, and keeps it from all others for as long as that takes. A
 * server that dies keeps it no longer than its lease.
 */
export async function whileHeld<Result>(
  { journal, leaseMs: lease_ms }: Pick<GatewayContext, "journal" | "leaseMs">,
  { reference, lease_expires_at }: GatewayOperation,
  work: (held: HeldClaim) => Promise<Result>
): Promise<Result> {
  const references = [reference]
  const held = new HeldClaim(
    references,
    lease_expires_at,
    (until) => journal.renewOperations({ references, until, lease_ms }),
    lease_ms
  )
  try {
    return await work(held)
  } finally {
    held.stop()
  }
}

/**
 * Sends what must not be sent twice: the row is made sure of before, and once more right before the socket, because the
 * gateway may have an access token fetched first.
 *
 * @param send never throws: whatever it makes of a call that was stopped, that it was stopped counts
 * @throws LeaseLostError where another server has taken the row over; nothing was sent since, and the row is the other's
 */
export async function sendWhileHeld<Report>(
  held: HeldClaim,
  send: () => Promise<Report>
): Promise<Report> {
  // A gateway of another package may have an HTTP client of its own, which knows no guard.
  await held.ensureHeld()
  let lost: LeaseLostError | undefined
  const guard = async () => {
    try {
      await held.ensureHeld()
    } catch (error) {
      lost = error instanceof LeaseLostError ? error : lost
      throw error
    }
  }
  const report = await guardSending(guard, send)
  if (lost) {
    throw lost
  }
  return report
}
