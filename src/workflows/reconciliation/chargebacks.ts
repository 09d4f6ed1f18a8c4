import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "zod"
import { GatewayError } from "../../gateways/shared/errors"
import type { GatewayOrder, GatewayOrderState } from "../../modules/payment-journal/gateway-order"
import { Cursor, type CursorList } from "../../modules/payment-journal/repositories/cursors"
import { leaseMs } from "../../shared/held-claim"
import { anotherPaymentReference, gatewayReference } from "../../modules/payment-journal/references"
import type { GatewayContext } from "../../providers/base/context"
import type { ChargebackCalls, ListedPayment } from "../../providers/base/gateway"
import { notifyAdmins } from "../notifications"
import { settleOrderWorkflow } from "../payments/settle-payment"
import { type CheckOutcome, dayMs } from "./check-schedule"
import type { RunCounter } from "./reconcile-payments"

/** After a page that could not be read, in milliseconds. */
const retryMs = 30 * 60_000

/** A run reads so many pages; the next one goes on. */
const mostPages = 50

/** A list that is longer than this for one part does not end: its gateway takes no notice of the page. */
const lastPage = 2_000

/**
 * How far the list of payments was read. Days are those of UTC, such as `2030-01-31`: `day` is the first of the part
 * of the list that is being read, `last_day` the last of the whole list, and `page` counts within the part, from 1.
 */
export type ChargebackPlace = { day: string; last_day: string; page: number }

const chargebackList: CursorList<ChargebackPlace> = {
  name: "chargebacks",
  place: z.object({ day: z.string(), last_day: z.string(), page: z.number() }),
}

type ChargebackTools = { counter: RunCounter; turn: () => Promise<void> }

/**
 * Reads once a day through a gateway's list of the payments that can still be charged back, and has those
 * that it calls charged back confirmed. One instance reads, wherever it was broken off; nothing is believed
 * of the list.
 */
export async function checkChargebacks(
  container: MedusaContainer,
  context: GatewayContext,
  provider_id: string,
  { counter, turn }: ChargebackTools
): Promise<void> {
  const calls = context.gateway.chargebacks
  if (!calls) {
    return
  }
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const cursor = new Cursor(database, chargebackList)
  const start = firstPlace(new Date(), calls.days)
  let place = await cursor.claim(provider_id, start)
  const release = cursor.keep(provider_id, () => place)
  try {
    for (let pages = 0; place && pages < mostPages; pages += 1) {
      await turn()
      const page = await readPage(calls, place)
      if ("failure" in page) {
        context.log.warn(
          `${context.gateway.title}: the list of payments could not be read for chargebacks: ${page.failure}`
        )
        counter.addFault(`${provider_id}: ${page.failure}`)
        await cursor.moveOn(provider_id, place, place, inMs(retryMs))
        return
      }
      await confirmChargebacks(container, context, provider_id, {
        payments: page.payments,
        counter,
        turn,
      })
      const next = nextPlace(place, page.isLast)
      const moved = await cursor.moveOn(provider_id, place, next, inMs(next ? leaseMs : dayMs))
      place = next && moved ? next : undefined
    }
    if (place) {
      await cursor.moveOn(provider_id, place, place, new Date())
    }
  } finally {
    release()
  }
}

type ReadPage = Awaited<ReturnType<ChargebackCalls["list"]>> | { failure: string }

async function readPage(calls: ChargebackCalls, place: ChargebackPlace): Promise<ReadPage> {
  const part = partOf(place)
  if (place.page > lastPage) {
    return { failure: `it has no end from ${part.from} to ${part.to}` }
  }
  try {
    return await calls.list(part, place.page)
  } catch (error) {
    if (error instanceof GatewayError) {
      return { failure: error.message }
    }
    throw error
  }
}

/** Those whose money came. What is noted as charged back is known already. */
const captured: readonly GatewayOrderState[] = ["paid", "refunded"]

type ListedPayments = {
  payments: readonly ListedPayment[]
  counter: RunCounter
  turn: () => Promise<void>
}

/**
 * Has the gateway itself asked about those of this shop's paid orders that its list calls charged back. What it
 * says then goes the way of every answer about an order.
 */
async function confirmChargebacks(
  container: MedusaContainer,
  context: GatewayContext,
  provider_id: string,
  { payments, counter, turn }: ListedPayments
): Promise<void> {
  const numbers = new Map(
    payments
      .filter(({ isChargedBack }) => isChargedBack)
      .map(({ reference, gatewayId }) => [gatewayId, reference])
  )
  const references = [...numbers].flatMap(([gatewayId, reference]) => [
    reference,
    anotherPaymentReference(reference, gatewayId),
  ])
  const orders = await context.journal.findOrders(references)
  for (const order of orders) {
    // Under our reference there can be tries of the shopper's that were never paid: the number tells.
    const isListed =
      order.gateway_id !== null &&
      numbers.get(order.gateway_id) === gatewayReference(order.reference)
    if (isListed && order.provider_id === provider_id && captured.includes(order.state)) {
      await turn()
      counter.add(await confirm(container, context, order))
    }
  }
}

async function confirm(
  container: MedusaContainer,
  context: GatewayContext,
  order: GatewayOrder
): Promise<CheckOutcome> {
  const { gateway, log } = context
  const { provider_id, reference } = order
  const { result, errors } = await settleOrderWorkflow(container).run({
    input: { provider_id, reference },
    throwOnError: false,
  })
  const [failure] = errors
  if (failure) {
    const reason = failure.error?.message ?? "unknown error"
    log.warn(`${gateway.title}: whether ${reference} was charged back is not known yet: ${reason}`)
    return { count: "errors", next: null, error: `${reference}: ${reason}` }
  }
  if (result.state === "chargeback") {
    return { count: "chargebacks", next: null }
  }
  await notifyOfDoubt(container, context, order)
  return { count: null, next: null }
}

/** Of a part that was taken back, say: a person has to look, and nothing of the order is changed. */
async function notifyOfDoubt(
  container: MedusaContainer,
  { gateway, log }: GatewayContext,
  { reference, amount, currency_code }: GatewayOrder
): Promise<void> {
  const what =
    `${gateway.title}: the list of payments says that the shopper's bank took money of ${reference} ` +
    `(${amount} ${currency_code.toUpperCase()}) back, and the payment itself does not. Look it up in the ` +
    `gateway's dashboard`
  log.warn(what)
  await notifyAdmins(container, {
    key: `chargeback-in-doubt:${reference}`,
    title: "A payment may have been charged back",
    description: what,
  })
}

/** A part of the list that is read by one series of pages. */
type ListPart = { from: string; to: string }

/**
 * So many days are read at a time. What began on days that are over stays where it is in the list, so that a
 * page does not move while the ones before it are read.
 */
const daysOfPart = 30

/**
 * Where a reading of the last days begins. A day more on either side, because a gateway's days may be those
 * of another time zone.
 */
export function firstPlace(now: Date, days: number): ChargebackPlace {
  return { day: dayOf(now, -days - 1), last_day: dayOf(now, 1), page: 1 }
}

export function partOf({ day, last_day }: ChargebackPlace): ListPart {
  const end = dayOf(new Date(day), daysOfPart - 1)
  return { from: day, to: end < last_day ? end : last_day }
}

/** Null where the list is at its end. */
export function nextPlace(place: ChargebackPlace, isLastPage: boolean): ChargebackPlace | null {
  if (!isLastPage) {
    return { ...place, page: place.page + 1 }
  }
  const { to } = partOf(place)
  return to >= place.last_day ? null : { ...place, day: dayOf(new Date(to), 1), page: 1 }
}

function dayOf(time: Date, days: number): string {
  return new Date(time.getTime() + days * dayMs).toISOString().slice(0, 10)
}

function inMs(milliseconds: number): Date {
  return new Date(Date.now() + milliseconds)
}
