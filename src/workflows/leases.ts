import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { parseOrderReference } from "../modules/payment-journal/references"
import {
  withLease,
  type HeldLease,
  type LeaseOptions,
} from "../modules/payment-journal/repositories/leases"

/**
 * What one server at a time works on. Code that needs several of them takes them in this order, so that no two servers
 * wait for each other: a payment exception, a change of an order, the payments of an order, a payment, the choice of a
 * payment method, the completion of a cart.
 */
export const leaseKeys = {
  paymentException: (id: string) => `payment-exception:${id}`,
  /** While a request to core moves an order's money, or makes its next version; see api/guards/order-changes. */
  changeOfOrder: (orderId: string) => `change-of-order:${orderId}`,
  /** See `withPaymentsOfOrder`. */
  paymentsOfOrder: (orderId: string) => `payments-of-order:${orderId}`,
  /** While a sale at the till is opened, by the page's key, or finished, by its id; see workflows/till. */
  tillSale: (id: string) => `till-sale:${id}`,
  /** From the question to the gateway to what Medusa booked of its answer. */
  payment: (sessionId: string) => `gateway-payment:${sessionId}`,
  paymentOfReference: (reference: string) =>
    leaseKeys.payment(parseOrderReference(reference)?.sessionId ?? reference),
  /** While the payment session of a collection is replaced, or given other money. */
  paymentChoice: (collectionId: string) => `payment-choice:${collectionId}`,
  /** See `completingCart`. */
  cartCompletion: (cartId: string) => `cart-completion:${cartId}`,
} as const

/** `withLease` on the shop's own database; it needs no locking module of Medusa's. */
export async function withLeaseOf<Result>(
  container: MedusaContainer,
  keys: string | readonly string[],
  work: (lease: HeldLease) => Promise<Result>,
  options?: LeaseOptions
): Promise<Result> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  return await withLease(database, keys, work, options)
}

/** Longer than a charge of a saved method and the questions about it take, in milliseconds. */
const patienceOfOrderMs = 180_000

/**
 * Under one lease from the look at what is due on an order to what was booked on it, so that of two who pay for
 * it at once the second sees what the first has paid.
 *
 * @param besides other keys that are to be held with it
 */
export async function withPaymentsOfOrder<Result>(
  container: MedusaContainer,
  orderId: string,
  work: () => Promise<Result>,
  besides: readonly string[] = []
): Promise<Result> {
  const keys = [leaseKeys.paymentsOfOrder(orderId), ...besides]
  return await withLeaseOf(container, keys, work, { patienceMs: patienceOfOrderMs })
}
