import { isDeepStrictEqual } from "node:util"

/**
 * From when on an order that is linked to no cart was left, in milliseconds after it was made. Core links an order
 * right after it made it.
 * Assumption: a completion whose lock on the cart core itself lets end, after two minutes, does so no more.
 */
export const quietMs = 3 * 60_000

/**
 * From the begin of a completion until it made its order, in milliseconds.
 * Assumption: core's lock on a cart ends after two minutes; several times that covers a slow `validate` hook.
 */
export const completionMs = 10 * 60_000

/** A line of a cart or an order, as core copies it; the amounts are exact texts in major units. */
export type LineFacts = {
  variant_id: string | null
  title: string
  quantity: string
  unit_price: string
}

/** What core copies of a cart into its order. */
export type CopiedFacts = {
  customer_id: string | null
  email: string | null
  region_id: string | null
  sales_channel_id: string | null
  currency_code: string
  lines: readonly LineFacts[]
  /** When the addresses were created, of shipping and billing, as far as there are any. */
  addresses: readonly Date[]
}

export type CartFacts = CopiedFacts & {
  id: string
  payment_collection_id: string | null
  /** When the order that the cart became was created; null where it is none yet. */
  completed_order_at: Date | null
}

export type OrderFacts = CopiedFacts & {
  id: string
  created_at: Date
  updated_at: Date
  status: string
  is_draft_order: boolean
  version: number
  /** It is the order of some cart. */
  hasCart: boolean
  payment_collection_ids: readonly string[]
  /** How many transactions, fulfillments and changes it has. */
  events: number
  /** This package began to take it back. */
  isBeingTakenBack: boolean
}

/** A completion of a cart that began and never ended, because its server died. */
export type DeadCompletion = { cart_id: string; began_at: Date }

/**
 * - `innocent`: not made by a completion of this cart that died, or not surely
 * - `orphan`: made by one, linked to nothing, and unchanged since
 * - `touched`: made by one, and a person or other code has worked on it since, or it can't be told from another
 */
export type OrphanDecision = "innocent" | "orphan" | "touched"

/**
 * Decides about the orders that may have been left by completions of one cart which died between making the order
 * and linking it to the cart.
 *
 * Certain is only what core itself copied: it creates an order's addresses from all columns of the cart's, the time
 * at which they were created included, to the millisecond. No order that is made otherwise has that time. An order
 * without addresses is never certain.
 *
 * @param deaths completions that are surely not at work any more
 * @param madeUntil what was made later may be at work still
 *
 * Assumption: core 2.21 copies `created_at` of the addresses; where another version does not, orders that look alike
 * are listed instead of taken back.
 */
export function decideOrphans(
  cart: CartFacts,
  deaths: readonly DeadCompletion[],
  orders: readonly OrderFacts[],
  madeUntil: Date
): ReadonlyMap<string, OrphanDecision> {
  const suspects = orders.filter((order) => isSuspect(cart, deaths, order, madeUntil))
  // One completion makes one order: of more than died, nobody can say which are left over.
  const isAmbiguous = suspects.length > deaths.length
  return new Map(
    orders.map((order) => {
      if (!suspects.includes(order)) {
        return [order.id, "innocent"]
      }
      const isCertain = isCopyOf(cart, order) && isUntouched(cart, order) && !isAmbiguous
      return [order.id, isCertain ? "orphan" : "touched"]
    })
  )
}

/** Made while a completion of the cart was at work that died, and before the one that succeeded, of the same lines. */
function isSuspect(
  cart: CartFacts,
  deaths: readonly DeadCompletion[],
  order: OrderFacts,
  madeUntil: Date
): boolean {
  const at = order.created_at.getTime()
  const isOfDeath = deaths.some(
    ({ began_at }) => at >= began_at.getTime() && at <= began_at.getTime() + completionMs
  )
  return (
    isOfDeath &&
    order.created_at <= madeUntil &&
    (cart.completed_order_at === null || order.created_at < cart.completed_order_at) &&
    order.status !== "canceled" &&
    !order.hasCart &&
    !order.is_draft_order &&
    isOfSameShopper(cart, order) &&
    isDeepStrictEqual(sorted(cart.lines), sorted(order.lines)) &&
    hasSameAddressTimes(cart, order)
  )
}

function isOfSameShopper(cart: CartFacts, order: OrderFacts): boolean {
  const names = ["customer_id", "email", "region_id", "sales_channel_id", "currency_code"] as const
  return names.every((name) => cart[name] === order[name])
}

function hasSameAddressTimes(cart: CartFacts, order: OrderFacts): boolean {
  return isDeepStrictEqual(times(cart.addresses), times(order.addresses))
}

function isCopyOf(cart: CartFacts, order: OrderFacts): boolean {
  return cart.addresses.length > 0 && hasSameAddressTimes(cart, order)
}

function isUntouched(cart: CartFacts, order: OrderFacts): boolean {
  const isUnchanged = order.updated_at.getTime() === order.created_at.getTime()
  return (
    order.status === "pending" &&
    order.version === 1 &&
    order.events === 0 &&
    (isUnchanged || order.isBeingTakenBack) &&
    order.payment_collection_ids.every((id) => id === cart.payment_collection_id)
  )
}

const sorted = (lines: readonly LineFacts[]): string[] =>
  lines
    .map(({ variant_id, title, quantity, unit_price }) =>
      JSON.stringify([variant_id, title, quantity, unit_price])
    )
    .sort()

const times = (dates: readonly Date[]): number[] => dates.map((date) => date.getTime())
