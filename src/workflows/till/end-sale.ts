import type { MedusaContainer } from "@medusajs/framework/types"
import { deleteDraftOrdersWorkflow } from "@medusajs/medusa/core-flows"
import { GatewayError } from "../../gateways/shared/errors"
import type { TillSale } from "../../modules/payment-journal/repositories/till-sales"
import { errorInBrackets, notAllowed } from "../../providers/base/errors"
import { syncOrder } from "../../providers/base/sync-order"
import { exceptionsOf } from "../exceptions/announce-exception"
import { withPaymentsOfOrder } from "../leases"
import { sessionsOfOrder } from "../medusa-reads"
import { releaseSessions } from "../order-payments/open-order-payment"
import { confirmPaymentWorkflow } from "../payments/settle-payment"
import { finishSale } from "./finish-sale"
import { lastAttempt, readSale, requireSale, salesOf, type TillSaleView } from "./read-sale"
import { tillContext, tillOrder } from "./till-order"

/** Asks the gateway about the last code's payment where its outcome is not known, and finishes the sale where it is paid. */
export async function refreshSale(container: MedusaContainer, id: string): Promise<TillSaleView> {
  const sale = await requireSale(container, id)
  const before = await readSale(container, sale)
  const isToAsk = before.state === "unknown" || before.state === "paid"
  if (isToAsk && sale.session_id !== null) {
    await confirmPaymentWorkflow(container).run({
      input: { session_id: sale.session_id, is_for_shopper: true },
    })
    await finishSale(container, id)
  }
  return await readSale(container, await requireSale(container, id))
}

export type SaleAction = {
  id: string
  /** An admin's id. */
  actor: string
}

/**
 * Sets the last code's payment aside where its outcome is not known and a person has seen on the shopper's phone that
 * it was not made, so that another code can be scanned or the sale be canceled. The gateway is asked once more, and has
 * to answer. What is paid by that code all the same is listed as a payment exception.
 *
 * @throws MedusaError not_allowed while the code can still be paying, or the gateway can't be asked
 */
export async function setSaleAside(
  container: MedusaContainer,
  { id, actor }: SaleAction
): Promise<TillSaleView> {
  const known = await requireSale(container, id)
  await withPaymentsOfOrder(container, known.order_id, async () => {
    const sale = await requireSale(container, id)
    const { can_set_aside, state } = await readSale(container, sale)
    if (!can_set_aside) {
      throw notAllowed(
        `This sale is ${state.replaceAll("_", " ")}: a code can be set aside only a minute after it was scanned, while ` +
          `nobody knows whether it paid`,
        { code: "sale_not_set_aside", details: { sale_state: state } }
      )
    }
    await setAside(container, sale, actor)
  })
  await finishSale(container, id)
  return await readSale(container, await requireSale(container, id))
}

async function setAside(container: MedusaContainer, sale: TillSale, actor: string): Promise<void> {
  const attempt = await lastAttempt(container, sale)
  if (!attempt || sale.session_id === null) {
    return
  }
  const { reference } = attempt.order
  if (await isPaidAfterAll(container, sale, attempt.order)) {
    await confirmPaymentWorkflow(container).run({ input: { session_id: sale.session_id } })
    return
  }
  await releaseSessions(container, sale.order_id, [sale.session_id])
  await salesOf(container).noteSession(sale.id, null)
  await exceptionsOf(container).addLine(sale.id, {
    actor,
    action: "set_aside",
    note: `The shopper's phone shows no payment ${reference}`,
  })
}

type GatewayOrder = NonNullable<Awaited<ReturnType<typeof lastAttempt>>>["order"]

async function isPaidAfterAll(
  container: MedusaContainer,
  { provider_id }: TillSale,
  order: GatewayOrder
): Promise<boolean> {
  const context = tillContext(container, provider_id)
  try {
    return (await syncOrder(context, order)).decision.type !== "pending"
  } catch (error) {
    if (error instanceof GatewayError) {
      throw notAllowed(
        `${context.gateway.title} gave no answer about ${order.reference}${errorInBrackets(error)}, so that nobody knows ` +
          `whether it was paid. Nothing was changed. Try again in a minute`,
        {
          code: "check_unanswered",
          details: { gateway: context.gateway.title, reference: order.reference },
        }
      )
    }
    throw error
  }
}

/**
 * Ends a sale by which nothing was paid, or whose money was given back or settled otherwise. The draft that was made for
 * it goes with it where nothing was ever paid for it; any other order stays as it is. Of a sale that was canceled before
 * it deletes what a server that died has left.
 *
 * @throws MedusaError not_allowed where it is paid, or may be
 */
export async function cancelSale(
  container: MedusaContainer,
  { id, actor }: SaleAction
): Promise<TillSaleView> {
  const known = await requireSale(container, id)
  await withPaymentsOfOrder(container, known.order_id, async () => {
    const sale = await requireSale(container, id)
    const { can_cancel, state } = await readSale(container, sale)
    if (state !== "canceled") {
      if (!can_cancel) {
        throw notAllowed(
          `This sale is ${state.replaceAll("_", " ")} and can't be canceled. A payment is given back by a refund of its ` +
            `order; one whose outcome is not known is set aside first`,
          { code: "sale_over", details: { sale_state: state } }
        )
      }
      // Refuses where the shopper has paid meanwhile, so it comes first: the sale stays open then, and is finished.
      if (state !== "refunded") {
        await releaseSessions(container, sale.order_id, await sessionsOf(container, sale))
      }
      // Ended before the draft is deleted: a code that comes now is charged for nothing.
      if (await salesOf(container).end(id, "canceled")) {
        await exceptionsOf(container).addLine(id, { actor, action: "canceled", note: null })
      }
    }
    await deleteOwnDraft(container, await requireSale(container, id))
  })
  return await readSale(container, await requireSale(container, id))
}

/** Of the sale alone: a link that was sent for the same order stays. */
async function sessionsOf(container: MedusaContainer, sale: TillSale): Promise<string[]> {
  const ofOrder = await sessionsOfOrder(container, sale.order_id)
  return ofOrder.filter((id) => id === sale.session_id)
}

/**
 * Only where nothing was ever paid for it: an admin may have attached money to the draft, and a link for it that is open
 * can still be paid.
 */
async function deleteOwnDraft(container: MedusaContainer, sale: TillSale): Promise<void> {
  if (!sale.is_own_draft || sale.state !== "canceled") {
    return
  }
  const order = await tillOrder(container, tillContext(container, sale.provider_id), sale.order_id)
  const attempt = await lastAttempt(container, sale)
  const isUnpaid = attempt === null || attempt.money.length === 0
  const isUnused = (await sessionsOfOrder(container, sale.order_id)).length === 0
  if (order?.is_draft_order && order.due !== "0" && isUnpaid && isUnused) {
    await deleteDraftOrdersWorkflow(container).run({ input: { order_ids: [order.id] } })
  }
}
