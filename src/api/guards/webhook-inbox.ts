import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { parseOrderReference } from "../../modules/payment-journal/order-reference"
import type { NewWebhookEvent } from "../../modules/payment-journal/webhook-event"
import { maskedBody } from "../../providers/base/masked-body"
import type { PaymentGateway } from "../../providers/base/payment-gateway"
import type { WebhookMessage } from "../../gateways/shared/webhook-reading"
import { gatewayContextOf, journalOf } from "../../providers/gateway-context-of"
import { inboxOf, processWebhookEvent } from "../../workflows/webhook/process-webhook-event"

/** Larger than any message of these gateways; Medusa's own parser stops at 100 KB before it comes here. */
const mostBytes = 64 * 1024
/** Messages that nobody proved to have sent cost a question each; so many are taken of them in a minute. */
const mostUnprovenPerMinute = 120
const minuteMs = 60_000

const formType = "application/x-www-form-urlencoded"

/**
 * Stands before Medusa's own `POST /hooks/payment/:provider`, which answers 200 before anything is verified
 * and keeps the message in memory. For the gateways of this package a message is verified over its raw
 * bytes, written down in one statement, answered for real, and only then worked on. Other providers' pass.
 */
export async function webhookInbox(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const providerId = `pp_${String(req.params.provider)}`
  const gateway = gatewayContextOf(req.scope, providerId)?.context.gateway
  if (!gateway) {
    return next()
  }
  if (req.method === "GET" && gateway.capabilities.webhooks !== "unsigned") {
    return next()
  }
  const answer = await receive(req, providerId, gateway)
  res.status(answer.status).json({ message: answer.message })
  if (answer.eventId) {
    await workOn(req, answer.eventId)
  }
}

type Answer = { status: number; message: string; eventId?: string }

/** Nothing of a message that was not verified is logged. */
async function receive(
  req: MedusaRequest,
  providerId: string,
  gateway: PaymentGateway
): Promise<Answer> {
  const log = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
  const message = messageOf(req)
  if (!message.rawBody) {
    return { status: 415, message: "Only JSON and forms are taken here" }
  }
  if (message.rawBody.length > mostBytes) {
    return { status: 413, message: "This is more than a notification has to say" }
  }
  const reading = gateway.parseWebhook(message)
  switch (reading.type) {
    case "forged":
      log.warn(`${gateway.title}: a webhook without a valid signature was refused`)
      return { status: 401, message: "The signature is missing or wrong" }
    case "unreadable":
      log.warn(`${gateway.title}: a webhook could not be read: ${reading.reason}`)
      return { status: 400, message: "This notification can't be read" }
    case "foreign":
      log.info(`${gateway.title}: a webhook is not about a payment here: ${reading.reason}`)
      return { status: 200, message: "Not about a payment of this shop" }
    case "event":
      break
  }
  const inbox = inboxOf(req.scope)
  if (reading.eventKey === undefined) {
    // Whoever names what this shop never opened must not use up the places of the gateway's own messages.
    if (!(await wasOpenedHere(req, providerId, reading.reference))) {
      log.info(`${gateway.title}: a webhook names an order that this shop has not opened`)
      return { status: 200, message: "Not about a payment of this shop" }
    }
    const since = new Date(Date.now() - minuteMs)
    if ((await inbox.unprovenSince(providerId, since)) >= mostUnprovenPerMinute) {
      return { status: 429, message: "Too many notifications in a short time" }
    }
  }
  const event: NewWebhookEvent = {
    provider_id: providerId,
    event_key: reading.eventKey ?? null,
    reference: reading.reference,
    word: reading.word,
    gateway_id: reading.gatewayId ?? null,
    is_later: reading.isLater ?? false,
    claimed_amount: reading.claimedAmount ?? null,
    body: maskedBody(message.rawBody) ?? null,
  }
  const { event: kept, isNew } = await inbox.receive(event)
  return isNew
    ? { status: 200, message: "Received", eventId: kept.id }
    : { status: 200, message: "Received before" }
}

async function wasOpenedHere(
  req: MedusaRequest,
  providerId: string,
  reference: string
): Promise<boolean> {
  if (!parseOrderReference(reference)) {
    return false
  }
  const order = await journalOf(req.scope).findOrder(reference)
  return order?.provider_id === providerId
}

/** A notification by GET is its query, as a form. */
function messageOf(req: MedusaRequest): WebhookMessage {
  if (req.method !== "GET") {
    return { rawBody: Buffer.isBuffer(req.rawBody) ? req.rawBody : undefined, headers: req.headers }
  }
  const mark = req.originalUrl.indexOf("?")
  const query = mark === -1 ? "" : req.originalUrl.slice(mark + 1)
  return { rawBody: Buffer.from(query), headers: { ...req.headers, "content-type": formType } }
}

/** Never rejects: the gateway has its answer, and what fails here is tried again by the job. */
async function workOn(req: MedusaRequest, eventId: string): Promise<void> {
  try {
    await processWebhookEvent(req.scope, eventId)
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown error"
    req.scope
      .resolve(ContainerRegistrationKeys.LOGGER)
      .error(`The webhook ${eventId} is left to be worked on later: ${reason}`)
  }
}
