import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { GatewayError } from "../../gateways/shared/errors"
import {
  firstPlace,
  nextPlace,
  partOf,
  type WalkPlace,
} from "../../modules/payment-journal/chargeback-walk"
import { ChargebackWalks } from "../../modules/payment-journal/chargeback-walks"
import type { GatewayContext } from "../../providers/base/context"
import type { ChargebackCalls } from "../../providers/base/gateway"
import { confirmChargebacks } from "./confirm-chargebacks"
import { dayMs } from "./next-check"
import type { Tally } from "./tally"

/** Longer than a page and the questions about all of its payments take, in milliseconds. */
const leaseMs = 10 * 60_000

/** After a page that could not be read, in milliseconds. */
const retryMs = 30 * 60_000

/** A run reads so many pages; the next one goes on. */
const mostPages = 50

/** A list that is longer than this for one part does not end: its gateway takes no notice of the page. */
const lastPage = 2_000

export type ChargebackWalkTools = { tally: Tally; turn: () => Promise<void> }

/**
 * Reads once a day through a gateway's list of the payments that can still be charged back, and has those
 * that it calls charged back confirmed. One instance reads, wherever it was broken off; nothing is believed
 * of the list.
 */
export async function walkChargebacks(
  container: MedusaContainer,
  context: GatewayContext,
  provider_id: string,
  { tally, turn }: ChargebackWalkTools
): Promise<void> {
  const calls = context.gateway.chargebacks
  if (!calls) {
    return
  }
  const walks = new ChargebackWalks(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  const start = firstPlace(new Date(), calls.days)
  let place = await walks.claim(provider_id, start, leaseMs)
  for (let pages = 0; place && pages < mostPages; pages += 1) {
    await turn()
    const page = await readPage(calls, place)
    if ("failure" in page) {
      context.log.warn(
        `${context.gateway.title}: the list of payments could not be read for chargebacks: ${page.failure}`
      )
      tally.addFault(`${provider_id}: ${page.failure}`)
      return await walks.putOff(provider_id, place, new Date(Date.now() + retryMs))
    }
    await confirmChargebacks(container, context, provider_id, {
      payments: page.payments,
      tally,
      turn,
    })
    const next = nextPlace(place, page.isLast)
    if (!next) {
      return await walks.end(provider_id, place, new Date(Date.now() + dayMs))
    }
    place = (await walks.moveOn(provider_id, place, next, leaseMs)) ? next : undefined
  }
  if (place) {
    await walks.putOff(provider_id, place, new Date())
  }
}

type ReadPage = Awaited<ReturnType<ChargebackCalls["list"]>> | { failure: string }

async function readPage(calls: ChargebackCalls, place: WalkPlace): Promise<ReadPage> {
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
