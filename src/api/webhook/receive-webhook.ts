import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { admitWebhook, type AcceptedEvent, type WebhookReader } from "../../gateways/shared/webhook"
import { parseOrderReference } from "../../modules/payment-journal/order-reference"
import type { UnprovenLimit } from "../../modules/payment-journal/webhook-inbox"
import { isPayoutReference } from "../../modules/payout/payout-reference"
import { maskedBody } from "../../providers/base/masking"
import { journalOf } from "../../providers/registry"
import { transferOfReference } from "../../workflows/payouts/payout-workflow"
import { inboxOf } from "../../workflows/webhooks/process-webhook"
import { webhookWorkerOf } from "../../workflows/webhooks/webhook-worker"
import { readBody, type ReadBody } from "./read-body"

/** Messages that nobody proved to have sent cost a question each; so many are taken of them in a minute. */
const unprovenLimit: UnprovenLimit = { atMost: 120, atMostOfReference: 12, withinMs: 60_000 }

/** Whose address a message came to. */
export type WebhookSource = WebhookReader & {
  /** Such as `pp_mocasa_mocasa`, or `po_mocasa_main` for payouts. */
  providerId: string
  /** The gateway's name, for people. */
  title: string
}

/**
 * Verifies a message over its raw bytes, writes it down in one statement, answers it for real, and wakes who works
 * on it.
 */
export async function receiveWebhook(
  req: MedusaRequest,
  res: MedusaResponse,
  source: WebhookSource
): Promise<void> {
  const answer = await receive(req, source)
  res.status(answer.status).json({ message: answer.message })
  if (answer.isToWorkOn) {
    webhookWorkerOf(req.scope).wake()
  }
}

type Answer = { status: number; message: string; isToWorkOn?: boolean }

/** Nothing of a message that was not verified is logged or answered. */
async function receive(req: MedusaRequest, source: WebhookSource): Promise<Answer> {
  const log = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
  const body = await bodyOf(req)
  if ("status" in body) {
    log.warn(`${source.title}: a webhook was refused by HTTP ${body.status}: ${body.message}`)
    return body
  }
  const { method, headers } = req
  const decision = admitWebhook({ method, rawBody: body.bytes, headers }, source)
  switch (decision.type) {
    case "refused":
      log.warn(`${source.title}: ${refusals[decision.status].logged}: ${decision.reason}`)
      return { status: decision.status, message: refusals[decision.status].message }
    case "foreign":
      log.info(
        `${source.title}: a webhook is not about anything of this shop's: ${decision.reason}`
      )
      return notOurs
    case "accepted":
      return decision.proof === "proven"
        ? await receiveProven(req, source, decision.event, body.bytes)
        : await receiveHint(req, source, decision.event, body.bytes)
  }
}

const refusals = {
  400: { logged: "a webhook could not be read", message: "This notification can't be read" },
  401: {
    logged: "a webhook without a valid signature was refused",
    message: "The signature is missing or wrong",
  },
  404: {
    logged: "a webhook was refused",
    message: "This gateway does not send its notifications in this way",
  },
} as const

const notOurs: Answer = { status: 200, message: "Not about anything of this shop's" }

async function receiveProven(
  req: MedusaRequest,
  source: WebhookSource,
  event: AcceptedEvent & { eventKey: string },
  bytes: Buffer
): Promise<Answer> {
  const row = { ...rowOf(source, event, bytes), event_key: event.eventKey }
  const received = await inboxOf(req.scope).receive(row)
  return received.isNew
    ? { status: 200, message: "Received", isToWorkOn: true }
    : { status: 200, message: "Received before" }
}

/** Whoever names what this shop never opened must not use up the places of the gateway's own messages. */
async function receiveHint(
  req: MedusaRequest,
  source: WebhookSource,
  event: AcceptedEvent,
  bytes: Buffer
): Promise<Answer> {
  if (!(await wasOpenedHere(req, source, event.reference))) {
    const log = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
    log.info(`${source.title}: a webhook names what this shop has not opened`)
    return notOurs
  }
  const row = { ...rowOf(source, event, bytes), event_key: null }
  const received = await inboxOf(req.scope).receiveUnproven(row, unprovenLimit)
  return received
    ? { status: 200, message: "Received", isToWorkOn: true }
    : { status: 429, message: "Too many notifications in a short time" }
}

function rowOf({ providerId }: WebhookSource, event: AcceptedEvent, bytes: Buffer) {
  return {
    provider_id: providerId,
    reference: event.reference,
    word: event.word,
    gateway_id: event.gatewayId,
    is_later: event.isLater,
    claimed_amount: event.claimedAmount,
    body: maskedBody(bytes) ?? null,
  }
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
