import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { BooksWalks, type BooksPlace } from "../../modules/payment-journal/books-walks"
import type { GatewayContext } from "../../providers/base/context"
import { dayMs } from "../reconciliation/next-check"
import type { Tally } from "../reconciliation/tally"
import { agreeBooks } from "./agree-books"
import { changedPayments } from "./changed-payments"

const minute = 60_000

/** Longer than a gateway's call with all its repeats takes: what is older is nobody's work any more. */
export const atWorkMs = 15 * minute

/** Nothing waits for it but a person who looks at an order's books. */
const everyMs = 5 * minute

/** So far back the very first reading goes. */
const firstReadingMs = dayMs

/** So many payments are looked at before it is noted how far that went; fewer where less than a minute has more. */
const mostAtOnce = 200

/** For so long one run reads; the next one goes on. Refunds whose outcome is not known must not wait for it. */
const patienceMs = 30_000

/** Longer than a window takes. */
const leaseMs = 10 * minute

/** So many payments are tried again; more than that is a fault of the shop's, and the log names each. */
const mostAgain = 200

/**
 * Holds what changed in Medusa's books against the journal, a while after it changed, and brings it to agree: a
 * server can die between any two of the rows that belong together. One instance reads, and goes on where the last
 * one was broken off. What can't be brought to agree is tried again each time, and keeps nothing else waiting.
 */
export async function agreeRecentBooks(
  container: MedusaContainer,
  context: GatewayContext,
  providerId: string,
  tally: Pick<Tally, "addFault">
): Promise<void> {
  const walks = new BooksWalks(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  const began = Date.now()
  const end = new Date(began - atWorkMs)
  const tell = (fault: string) => {
    tally.addFault(`${providerId}: ${fault}`)
    context.log.error(`${context.gateway.title}: the books of ${fault}`)
  }
  let place = await walks.claim(providerId, new Date(began - firstReadingMs), leaseMs)
  let again = place ? await agreeAll(container, place.again, end, tell) : []
  while (place) {
    const { until: readUntil, changed } = await nextWindow(container, providerId, place, end, walks)
    again = [...again, ...(await agreeAll(container, changed, readUntil, tell))]
    const next: BooksPlace = { readUntil, again: [...new Set(again)].slice(-mostAgain) }
    const isOver = readUntil >= end || Date.now() - began > patienceMs
    const moved = await walks.moveOn(providerId, place, next, inMs(isOver ? everyMs : leaseMs))
    place = moved && !isOver ? next : undefined
  }
}

/** As much time as has not too many payments in it: a quiet day is read at once. */
async function nextWindow(
  container: MedusaContainer,
  providerId: string,
  { readUntil: from }: BooksPlace,
  end: Date,
  walks: BooksWalks
): Promise<{ until: Date; changed: string[] }> {
  let until = new Date(Math.max(+from, +end))
  for (;;) {
    const changed = await changedPayments(container, providerId, { from, until }, walks)
    const length = +until - +from
    if (changed.length <= mostAtOnce || length <= minute) {
      return { until, changed }
    }
    until = new Date(+from + length / 2)
  }
}

/** @returns those that could not be brought to agree; each leaves the others alone */
async function agreeAll(
  container: MedusaContainer,
  paymentIds: readonly string[],
  before: Date,
  tell: (fault: string) => void
): Promise<string[]> {
  const failed: string[] = []
  for (const id of paymentIds) {
    try {
      await agreeBooks(container, id, before)
    } catch (error) {
      failed.push(id)
      tell(
        `${id} could not be brought to agree: ${error instanceof Error ? error.message : "unknown error"}`
      )
    }
  }
  return failed
}

function inMs(milliseconds: number): Date {
  return new Date(Date.now() + milliseconds)
}
