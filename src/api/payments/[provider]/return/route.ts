import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import type { GatewayOrder } from "../../../../modules/payment-journal/gateway-order"
import { isOrderReference } from "../../../../modules/payment-journal/references"
import type {
  LifecycleOptions,
  PaymentGateway,
  ReturnReport,
} from "../../../../providers/base/gateway"
import { orderDetails } from "../../../../providers/base/order-details"
import { isPlainObject } from "../../../../shared/validation"
import { gatewayContextOf, journalOf } from "../../../../providers/registry"
import type { PaymentState } from "../../../../workflows"
import { paymentState } from "../../../payment-state"

/**
 * Where a gateway sends the shopper back to, `/payments/<gateway>_<id>/return`. What the browser brings is
 * not believed: the numbers in it are written down, the gateway is asked, and the shopper is sent on to a
 * page that the shop has allowed, with `payment_status` and `payment_reference` in its query.
 */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  await sendOn(req, res)
}

/** As `GET`, for gateways that have the browser post a form. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  await sendOn(req, res)
}

async function sendOn(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const providerId = `pp_${String(req.params.provider)}`
  const gateway = gatewayContextOf(req.scope, providerId)
  if (!gateway) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, "There is no such payment provider")
  }
  const fields = { ...textsOf(req.query), ...textsOf(req.body) }
  const reading = readReturn(gateway.context.gateway, fields)
  const order = await orderOf(req, providerId, reading)
  const state = order ? await paymentState(req.scope, order) : "unknown"
  res.setHeader("cache-control", "no-store")
  const target = storefrontPage(order, gateway.options, state)
  if (target) {
    res.redirect(303, target)
  } else {
    res
      .status(order ? 200 : 404)
      .type("html")
      .send(returnPage(state))
  }
}

function readReturn(gateway: PaymentGateway, fields: Record<string, string>): ReturnReport {
  return gateway.parseReturn?.(fields) ?? { reference: fields.reference }
}

/** The newest order of the session that the return is about, with the number that it named noted as a candidate. */
async function orderOf(
  req: MedusaRequest,
  providerId: string,
  { reference, gatewayId }: ReturnReport
): Promise<GatewayOrder | undefined> {
  const journal = journalOf(req.scope)
  // What can't be one of ours is not looked up: the database refuses some of what a browser can write.
  const isOurs = reference !== undefined && isOrderReference(reference)
  const order = isOurs ? await journal.findOrder(reference) : undefined
  if (!order || order.provider_id !== providerId) {
    return undefined
  }
  if (gatewayId && gatewayId !== order.gateway_id) {
    await journal.noteCandidateId(order.reference, gatewayId)
  }
  return order
}

/** Both addresses are the shop's own choice: one was checked when the order was opened, one is an option. */
function storefrontPage(
  order: GatewayOrder | undefined,
  { storefrontUrl }: LifecycleOptions,
  state: PaymentState | "unknown"
): string | undefined {
  const page = (order && orderDetails(order).return_url) ?? storefrontUrl
  if (!page) {
    return undefined
  }
  const url = new URL(page)
  url.searchParams.set("payment_status", state)
  if (order) {
    url.searchParams.set("payment_reference", order.reference)
  }
  return url.href
}

/** Of a field that comes more than once the first counts. */
function textsOf(source: unknown): Record<string, string> {
  if (!isPlainObject(source)) {
    return {}
  }
  return Object.fromEntries(
    Object.entries(source).flatMap(([name, value]) => {
      const first: unknown = Array.isArray(value) ? value[0] : value
      return typeof first === "string" ? [[name, first]] : []
    })
  )
}

/** For shops that named no page of their own storefront. Nothing in it comes from outside. */
function returnPage(state: PaymentState | "unknown"): string {
  const sentence = state === "unknown" ? "This payment is not known here." : sentences[state]
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Payment</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:30rem;margin:4rem auto;padding:0 1rem}</style>
<p>${sentence}</p>
<p>You can close this page and go back to the shop.</p>
</html>
`
}

const sentences: Readonly<Record<PaymentState, string>> = {
  pending: "Your payment is not confirmed yet.",
  authorized: "Your payment was accepted.",
  paid: "Your payment was received.",
  failed: "Your payment was not made.",
  expired: "The time to pay is over.",
  canceled: "The payment was canceled.",
  refunded: "Your payment was given back.",
  chargeback: "Your payment was taken back.",
  mismatch: "What was paid is not what was ordered. The shop was told.",
}
