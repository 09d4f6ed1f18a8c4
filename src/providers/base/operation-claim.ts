import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import { HeldClaim } from "../../shared/held-claim"
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
