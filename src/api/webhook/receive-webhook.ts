import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { WebhookMessage, WebhookReading } from "../../gateways/shared/webhook-reading"
import { parseOrderReference } from "../../modules/payment-journal/order-reference"
import type { UnprovenLimit } from "../../modules/payment-journal/webhook-inbox"
import { isPayoutReference } from "../../modules/payout/payout-reference"
import { maskedBody } from "../../providers/base/masked-body"
import { journalOf } from "../../providers/gateway-context-of"
import { transferOfReference } from "../../workflows/payout/payouts-of"
import { inboxOf, processWebhookEvent } from "../../workflows/webhook/process-webhook-event"
import { readBody, type ReadBody } from "./read-body"

/** Messages that nobody proved to have sent cost a question each; so many are taken of them in a minute. */
const unprovenLimit: UnprovenLimit = { atMost: 120, withinMs: 60_000 }

/** Whose address a message came to. */
export type WebhookSource = {
  /** Such as `pp_mocasa_mocasa`, or `po_mocasa_main` for payouts. */
  providerId: string
  /** The gateway's name, for people. */
  title: string
  parseWebhook(message: WebhookMessage): WebhookReading
}

/**
 * Verifies a message over its raw bytes, writes it down in one statement, answers it for real, and only then
 * works on it.
 */
export async function receiveWebhook(
  req: MedusaRequest,
  res: MedusaResponse,
  source: WebhookSource
): Promise<void> {
  const answer = await receive(req, source)
  res.status(answer.status).json({ message: answer.message })
  if (answer.eventId) {
    await workOn(req, answer.eventId)
  }
}

type Answer = { status: number; message: string; eventId?: string }

/** Nothing of a message that was not verified is logged or answered. */
async function receive(req: MedusaRequest, source: WebhookSource): Promise<Answer> {
  const log = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
  const body = await bodyOf(req)
  if ("status" in body) {
    log.warn(`${source.title}: a webhook was refused by HTTP ${body.status}: ${body.message}`)
    return body
  }
  const reading = source.parseWebhook({ rawBody: body.bytes, headers: req.headers })
  switch (reading.type) {
    case "forged":
      log.warn(`${source.title}: a webhook without a valid signature was refused`)
      return { status: 401, message: "The signature is missing or wrong" }
    case "unreadable":
      log.warn(`${source.title}: a webhook could not be read: ${reading.reason}`)
      return { status: 400, message: "This notification can't be read" }
    case "foreign":
      log.info(`${source.title}: a webhook is not about anything of this shop's: ${reading.reason}`)
      return { status: 200, message: "Not about anything of this shop's" }
    case "event":
      break
  }
  const inbox = inboxOf(req.scope)
  const event = {
    provider_id: source.providerId,
    reference: reading.reference,
    word: reading.word,
    gateway_id: reading.gatewayId ?? null,
    is_later: reading.isLater ?? false,
    claimed_amount: reading.claimedAmount ?? null,
    body: maskedBody(body.bytes) ?? null,
  }
  if (reading.eventKey !== undefined) {
    const received = await inbox.receive({ ...event, event_key: reading.eventKey })
    return received.isNew
      ? { status: 200, message: "Received", eventId: received.event.id }
      : { status: 200, message: "Received before" }
  }
  // Whoever names what this shop never opened must not use up the places of the gateway's own messages.
  if (!(await wasOpenedHere(req, source, reading.reference))) {
    log.info(`${source.title}: a webhook names what this shop has not opened`)
    return { status: 200, message: "Not about anything of this shop's" }
  }
  const received = await inbox.receiveUnproven({ ...event, event_key: null }, unprovenLimit)
  return received
    ? { status: 200, message: "Received", eventId: received.id }
    : { status: 429, message: "Too many notifications in a short time" }
}

async function wasOpenedHere(
  req: MedusaRequest,
  { providerId }: WebhookSource,
  reference: string
): Promise<boolean> {
  if (isPayoutReference(reference)) {
    return (await transferOfReference(req.scope, reference)) !== undefined
  }
  if (!parseOrderReference(reference)) {
    return false
  }
  const order = await journalOf(req.scope).findOrder(reference)
  return order?.provider_id === providerId
}

/** A notification by GET is its query, as a form. */
async function bodyOf(req: MedusaRequest): Promise<ReadBody> {
  if (req.method !== "GET") {
    return await readBody(req)
  }
  const mark = req.originalUrl.indexOf("?")
  return { bytes: Buffer.from(mark === -1 ? "" : req.originalUrl.slice(mark + 1)) }
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
