import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { BooksWalks, type BooksWindow } from "../../modules/payment-journal/books-walks"
import type { GatewayContext } from "../../providers/base/gateway-context"
import { dayMs } from "../reconciliation/next-check"
import type { Tally } from "../reconciliation/tally"
import { agreeBooks } from "./agree-books"
import { changedPayments } from "./changed-payments"

const minute = 60_000

/** Longer than a gateway's call with all its repeats takes: what is older is nobody's work any more. */
const atWorkMs = 15 * minute

/** Nothing waits for it but a person who looks at an order's books. */
const everyMs = 5 * minute

/** So far back the very first reading goes. */
const firstReadingMs = dayMs

/** So much time is read at once, and so often in one run; the next one goes on. */
const longestWindowMs = 60 * minute
const mostWindows = 48

/** Longer than a window takes. */
const leaseMs = 10 * minute

/** What can't be brought to agree for so long keeps the rest waiting no longer. */
const patienceMs = dayMs

/**
 * Holds what changed in Medusa's books against the journal, a while after it changed, and brings it to agree: a
 * server can die between any two of the rows that belong together. One instance reads, and goes on where the last
 * one was broken off.
 */
export async function agreeRecentBooks(
  container: MedusaContainer,
  context: GatewayContext,
  provider_id: string,
  tally: Pick<Tally, "addFault">
): Promise<void> {
  const walks = new BooksWalks(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  const now = Date.now()
  const end = new Date(now - atWorkMs)
  let from = await walks.claim(provider_id, new Date(now - firstReadingMs), leaseMs)
  for (let windows = 0; from && windows < mostWindows; windows += 1) {
    const window = windowFrom(from, end)
    const isLast = window.until >= end || windows === mostWindows - 1
    const faults = await agreeWindow(container, provider_id, window, walks)
    for (const fault of faults) {
      tally.addFault(`${provider_id}: ${fault}`)
      context.log.error(`${context.gateway.title}: the books could not be compared: ${fault}`)
    }
    const next = inMs(isLast ? everyMs : leaseMs)
    if (faults.length > 0 && now - window.until.getTime() < patienceMs) {
      await walks.moveOn(provider_id, { from, until: from }, inMs(everyMs)) // the same once more
      return
    }
    const moved = await walks.moveOn(provider_id, window, next)
    from = moved && !isLast ? window.until : undefined
  }
}

function windowFrom(from: Date, end: Date): BooksWindow {
  const latest = Math.min(from.getTime() + longestWindowMs, end.getTime())
  return { from, until: new Date(Math.max(from.getTime(), latest)) }
}

/** @returns what went wrong; a payment of which something can't be read leaves the others alone */
async function agreeWindow(
  container: MedusaContainer,
  providerId: string,
  window: BooksWindow,
  walks: BooksWalks
): Promise<string[]> {
  const faults: string[] = []
  for (const paymentId of await changedPayments(container, providerId, window, walks)) {
    try {
      await agreeBooks(container, paymentId, window.until)
    } catch (error) {
      faults.push(`${paymentId}: ${error instanceof Error ? error.message : "unknown error"}`)
    }
  }
  return faults
}

function inMs(milliseconds: number): Date {
  return new Date(Date.now() + milliseconds)
}
