import type { MedusaContainer } from "@medusajs/framework/types"
import { decimal, equal } from "../../gateways/shared/money"
import type { TillSale } from "../../modules/payment-journal/repositories/till-sales"
import { notAllowed } from "../../providers/base/errors"
import { exceptionsOf } from "../exceptions/announce-exception"
import { leaseKeys, withLeaseOf, withPaymentsOfOrder } from "../leases"
import { isBeingChanged } from "../medusa-reads"
import { chargeSession } from "../order-payments/charge-saved-method"
import { openOrderPaymentWorkflow } from "../order-payments/open-order-payment"
import { finishSale } from "./finish-sale"
import { readSale, requireSale, salesOf, type TillSaleView } from "./read-sale"
import { requireChargeable, tillOrder, tillContext } from "./till-order"

export type ChargeSaleInput = {
  id: string
  /** What the seller scanned. It is charged once, and kept nowhere afterwards. */
  auth_code: string
  /** What the seller saw on the page, in major units: another sum by now is not charged. */
  amount: string
  /** How many codes were taken before, as the page has it: of two requests with the same number one is charged. */
  attempts: number
  /** An admin's id. */
  actor: string
}

/**
 * Charges the shopper's code for a sale, at most once whoever sends the request and however often. It takes as long as
 * the gateway needs, a minute at the most; meanwhile `readSale` tells where it stands.
 *
 * @returns the sale as it stands afterwards; as it stands now where the code was sent by another request
 * @throws MedusaError not_allowed, and nothing was charged, where the order costs another amount by now, is being edited,
 * has nothing due, or an earlier payment of it is not settled
 */
export async function chargeSale(
  container: MedusaContainer,
  { id, auth_code, amount, attempts, actor }: ChargeSaleInput
): Promise<TillSaleView> {
  const isToCharge = await requireAsShown(container, await requireSale(container, id), amount)
  const claimed = isToCharge && (await salesOf(container).claimAttempt(id, attempts))
  if (claimed) {
    await withPaymentsOfOrder(container, claimed.order_id, async () => {
      const sale = await requireSale(container, id)
      if (await requireAsShown(container, sale, amount)) {
        await charge(container, sale, { auth_code, actor })
      }
    })
    await finishSale(container, id)
  }
  return await readSale(container, await requireSale(container, id))
}

/**
 * Asked before a code is claimed, so that the seller can scan on; and again under the lease of the order's payments.
 *
 * @returns false for a sale that is paid, may be, or has ended: there is nothing to charge
 */
async function requireAsShown(
  container: MedusaContainer,
  sale: TillSale,
  amount: string
): Promise<boolean> {
  const { state, can_charge } = await readSale(container, sale)
  if (!can_charge && state !== "nothing_due") {
    return false
  }
  const context = tillContext(container, sale.provider_id)
  const order = await tillOrder(container, context, sale.order_id)
  if (!order) {
    throw notAllowed(`The order ${sale.order_id} of this sale was deleted. Nothing was charged`, {
      code: "order_deleted",
    })
  }
  requireChargeable(context, order)
  if (await isBeingChanged(container, order.id)) {
    throw notAllowed(
      `Order ${order.id} is being edited. Nothing was charged. Confirm or cancel the edit in the dashboard first`,
      { code: "order_in_edit" }
    )
  }
  if (!equal(decimal(order.due), decimal(amount))) {
    throw notAllowed(
      `${order.due} ${order.currency_code.toUpperCase()} are due on order ${order.id} by now, and not ${amount}. ` +
        `Nothing was charged. Tell the shopper the new amount, then scan again`,
      { code: "due_changed", details: { due: `${order.due} ${order.currency_code.toUpperCase()}` } }
    )
  }
  return true
}

async function charge(
  container: MedusaContainer,
  { id, order_id, provider_id }: TillSale,
  { auth_code, actor }: Pick<ChargeSaleInput, "auth_code" | "actor">
): Promise<void> {
  const { result: opened } = await openOrderPaymentWorkflow(container).run({
    input: { order_id, provider_id, purpose: "till", auth_code },
  })
  const { session_id } = opened
  await salesOf(container).noteSession(id, session_id)
  await exceptionsOf(container).addLine(id, { actor, action: "charged", note: session_id })
  await withLeaseOf(
    container,
    leaseKeys.payment(session_id),
    async () => await chargeSession(container, provider_id, opened)
  )
}
