import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { LeaseTakenError } from "../../modules/payment-journal/repositories/leases"
import { notAllowed } from "../../providers/base/errors"
import { isOwnProvider } from "../../providers/registry"
import { leaseKeys, withLeaseOf } from "../../workflows/leases"
import { paymentsOfOrder } from "../../workflows/medusa-payments"
import { orderOfCollection, orderOfPayment, queryOf } from "../../workflows/medusa-reads"
import { answerAfter } from "./answer-after"
import { storableAddress } from "./storable-request"

/** The order that a request of core's is about, by the id in its path; undefined where there is none. */
type FindOrder = (container: MedusaContainer, id: string) => Promise<string | undefined>

/** How long a request waits for another one about the same order, in milliseconds. */
const moneyPatienceMs = 0
const changePatienceMs = 30_000

/** How long it waits for what this package itself does with the order's payments, in milliseconds. */
const paymentsPatienceMs = 10_000

/** Longer than the calls to a gateway take with all their repeats, in milliseconds. */
const longestMs = 15 * 60_000

/**
 * Stands before core's routes that move the money of an order, and before those that make its next version: one of them
 * at a time for each order that was paid through this package. Core locks nothing there. It adds to the sums that it
 * shows of an order after it has read them; with one refund it books all others that it finds, at this one's amount; and
 * what fails takes back its lines from the sums of the version that it began with, or the last version whoever made it.
 *
 * A request that moves money waits for no other, so that a double tap is no second refund.
 *
 * @throws MedusaError not_allowed while another one of them is under way; nothing was done then
 */
function oneAtATime(orderOf: FindOrder, patienceMs: number) {
  return async (
    req: MedusaRequest,
    res: MedusaResponse,
    next: MedusaNextFunction
  ): Promise<void> => {
    const orderId = await orderOf(req.scope, String(req.params.id))
    if (orderId === undefined || !(await isPaidThroughUs(req.scope, orderId))) {
      return next()
    }
    const { changeOfOrder, paymentsOfOrder: payments } = leaseKeys
    const hold = async (handle: () => Promise<void>) => {
      const handleAlone = async () =>
        await withLeaseOf(req.scope, payments(orderId), handle, { patienceMs: paymentsPatienceMs })
      await withLeaseOf(req.scope, changeOfOrder(orderId), handleAlone, { patienceMs })
    }
    try {
      await answerAfter(res, next, hold, longestMs)
    } catch (error) {
      throw error instanceof LeaseTakenError ? underWay(orderId) : error
    }
  }
}

function underWay(orderId: string) {
  return notAllowed(
    `A refund, a capture, a cancellation or another change of order ${orderId} is under way, and this request did ` +
      `nothing. Look at the order in a minute, and try again if that is still wanted`,
    { code: "order_being_changed" }
  )
}

async function isPaidThroughUs(container: MedusaContainer, orderId: string): Promise<boolean> {
  const payments = await paymentsOfOrder(container, orderId)
  return payments.some(({ provider_id }) => isOwnProvider(provider_id))
}

const itself: FindOrder = async (_container, id) => id

const ofPayment: FindOrder = async (container, id) => (await orderOfPayment(container, id))?.id

const ofCollection: FindOrder = async (container, id) =>
  (await orderOfCollection(container, id))?.order_id

const ofEntity =
  (entity: "return" | "order_claim" | "order_exchange"): FindOrder =>
  async (container, id) => {
    const { data } = await queryOf(container).graph({
      entity,
      fields: ["order_id"],
      filters: { id },
    })
    return data[0]?.order_id
  }

type Guard = ReturnType<typeof oneAtATime> | typeof storableAddress

type Route = { method: ["POST"]; matcher: string; middlewares: Guard[] }

/** In front of what else stands before these routes, so that it looks at what nobody else changes meanwhile. */
export function orderChangeRoutes(): Route[] {
  const routes = (matchers: readonly string[], orderOf: FindOrder, patienceMs: number): Route[] =>
    matchers.map((matcher) => ({
      method: ["POST"],
      matcher,
      middlewares: [storableAddress, oneAtATime(orderOf, patienceMs)],
    }))
  return [
    ...routes(
      ["/admin/payments/:id/refund", "/admin/payments/:id/capture"],
      ofPayment,
      moneyPatienceMs
    ),
    ...routes(
      ["/admin/orders/:id/cancel", "/admin/orders/:id/credit-lines"],
      itself,
      moneyPatienceMs
    ),
    ...routes(["/admin/payment-collections/:id/mark-as-paid"], ofCollection, moneyPatienceMs),
    ...routes(
      [
        "/admin/orders/:id/fulfillments",
        "/admin/orders/:id/fulfillments/:fulfillment_id/cancel",
        "/admin/orders/:id/fulfillments/:fulfillment_id/mark-as-delivered",
        "/admin/orders/:id/fulfillments/:fulfillment_id/shipments",
        "/admin/orders/:id/payment-sessions/authorize",
        "/admin/orders/:id/transfer/guest",
        "/admin/order-edits/:id/confirm",
        "/admin/draft-orders/:id/edit/confirm",
        "/store/orders/:id/transfer/accept",
      ],
      itself,
      changePatienceMs
    ),
    ...routes(
      [
        "/admin/returns/:id/request",
        "/admin/returns/:id/receive/confirm",
        "/admin/returns/:id/cancel",
      ],
      ofEntity("return"),
      changePatienceMs
    ),
    ...routes(
      ["/admin/claims/:id/request", "/admin/claims/:id/cancel"],
      ofEntity("order_claim"),
      changePatienceMs
    ),
    ...routes(
      ["/admin/exchanges/:id/request", "/admin/exchanges/:id/cancel"],
      ofEntity("order_exchange"),
      changePatienceMs
    ),
  ]
}
