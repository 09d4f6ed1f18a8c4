import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { UnmatchedPayment } from "../../modules/payment-journal/unmatched-payment"
import type { GatewayContext } from "../../providers/base/context"
import { gatewayContextOf, journalOf } from "../../providers/registry"
import { leaseKeys, withLeaseOf } from "../leases"
import { isHeldMoney, whatToDoAbout, type HeldMoney } from "./held-money"
import { unmatchedOf } from "./unmatched-of"

/** What an admin's action on an unmatched payment works with. */
export type OpenUnmatched = {
  found: HeldMoney
  order: GatewayOrder
  context: GatewayContext
}

/**
 * One action at a time; the money itself is guarded by the journal. What it acts on is read inside: while it waited,
 * another action can have settled it.
 */
export async function oneActionAtATime<Result>(
  container: MedusaContainer,
  id: string,
  act: () => Promise<Result>
): Promise<Result> {
  return await withLeaseOf(container, leaseKeys.unmatchedPayment(id), act)
}

/** @throws MedusaError not_found, or not_allowed for what was settled before */
export async function openPayment(
  container: MedusaContainer,
  id: string
): Promise<UnmatchedPayment> {
  const found = await unmatchedOf(container).find(id)
  if (!found) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no unmatched payment ${id}`)
  }
  if (found.state !== "open") {
    throw settledBefore(found)
  }
  return found
}

export function settledBefore({ id, state, settled_by }: UnmatchedPayment): MedusaError {
  return new MedusaError(
    MedusaError.Types.NOT_ALLOWED,
    `Unmatched payment ${id} was ${state} before (by ${settled_by ?? "nobody known"}): nothing was done`
  )
}

/**
 * What an action on money that stands without an order works with; read it again after each wait.
 *
 * @throws MedusaError not_found; not_allowed for what was settled before, for a move that Medusa lost, and where the
 * provider is not in the shop's config any more
 */
export async function openUnmatched(
  container: MedusaContainer,
  id: string
): Promise<OpenUnmatched> {
  const found = await openPayment(container, id)
  if (!isHeldMoney(found)) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `No money waits for anything under ${found.reference}. ${whatToDoAbout(found)}`
    )
  }
  const gateway = gatewayContextOf(container, found.provider_id)
  const order = await journalOf(container).findOrder(found.reference)
  if (!gateway || !order) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `The provider ${found.provider_id} is not in the shop's config any more: settle ${found.reference} in ` +
        `the gateway's dashboard and close it with a note`
    )
  }
  return { found, order, context: gateway.context }
}
