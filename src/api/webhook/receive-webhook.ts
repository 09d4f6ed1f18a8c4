import type { IncomingMessage } from "node:http"
import { promisify } from "node:util"
import { brotliDecompress, gunzip, inflate } from "node:zlib"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import {
  type AcceptedEvent,
  admitWebhook,
  type WebhookDecision,
  type WebhookReader,
} from "../../gateways/shared/webhook"
import { isOrderReference } from "../../modules/payment-journal/references"
import type {
  NewWebhookEvent,
  ReceivedWebhook,
  UnprovenLimit,
} from "../../modules/payment-journal/repositories/inbox"
import type { MessageKind } from "../../modules/payment-journal/repositories/provider-health"
import { isPayoutReference } from "../../modules/payout/domain/transfer"
import { maskedBody } from "../../providers/base/mask-webhook-body"
import { journalOf } from "../../providers/registry"
import { leaseMs } from "../../shared/held-claim"
import { countWebhook, inSpan, presentTraceparent } from "../../shared/telemetry"
import { messageLogOf } from "../../workflows/providers/message-log"
import { transferOfReference } from "../../workflows/payouts/payout-workflow"
import {
  inboxOf,
  leaseKeyOf,
  processClaimedWebhook,
  webhookWorkerOf,
} from "../../workflows/webhooks/process-webhook"
import type { KeptPlace } from "../../workflows/webhooks/webhook-worker"

/** Messages that nobody proved to have sent cost a question each; so many are taken of them in a minute. */
const unprovenLimit: UnprovenLimit = { atMost: 120, atMostOfReference: 12, withinMs: 60_000 }

/** Whose address a message came to. */
type WebhookSource = WebhookReader & {
  /** Such as `pp_mocasa_mocasa`, or `po_mocasa_main` for payouts. */
  providerId: string
  /** The gateway's name, for people. */
  title: string
}

/**
 * Verifies a message over its raw bytes, writes it down in one statement, answers it for real, and works on it where it
 * was claimed with that, or wakes who does.
 */
export async function receiveWebhook(
  req: MedusaRequest,
  res: MedusaResponse,
  source: WebhookSource
): Promise<void> {
  const { providerId } = source
  const answer = await inSpan("gateway webhook received", { providerId }, () =>
    receive(req, source)
  )
  try {
    res.status(answer.status).json({ message: answer.message })
  } finally {
    answer.workOn?.() // whether the gateway hears of it or not
  }
}

type Answer = {
  status: number
  message: string
  /** To be called once it was answered. Returns at once, and never throws. */
  workOn?: () => void
}

/** Nothing of a message that was not verified is logged or answered. */
async function receive(req: MedusaRequest, source: WebhookSource): Promise<Answer> {
  const log = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
  const messages = messageLogOf(req.scope)
  const body = await bodyOf(req)
  if ("status" in body) {
    noteMessage(messages, source, "unreadable")
    log.warn(`${source.title}: a webhook was refused by HTTP ${body.status}: ${body.message}`)
    return body
  }
  const { method, headers } = req
  const decision = admitWebhook({ method, rawBody: body.bytes, headers }, source)
  noteMessage(messages, source, messageKind(decision, source))
  switch (decision.type) {
    case "refused":
      log.warn(`${source.title}: ${refusals[decision.status].logged}: ${decision.reason}`)
      return { status: decision.status, message: refusals[decision.status].message }
    case "foreign":
      countWebhook(source.providerId, "foreign")
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

/** For people, and for whoever collects metrics. */
function noteMessage(
  messages: ReturnType<typeof messageLogOf>,
  { providerId }: WebhookSource,
  kind: MessageKind
): void {
  messages.note(providerId, kind)
  countWebhook(providerId, kind)
}

function messageKind(decision: WebhookDecision, { webhooks }: WebhookSource): MessageKind {
  switch (decision.type) {
    case "refused":
      return decision.status === 401 ? "forged" : "unreadable"
    case "foreign":
      return webhooks === "signed" ? "verified" : "unsigned"
    case "accepted":
      return decision.proof === "proven" ? "verified" : "unsigned"
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
  const worker = webhookWorkerOf(req.scope)
  const place = worker.keepPlace()
  const { claim, isNew } = await written(req, row, place)
  if (!isNew) {
    countWebhook(source.providerId, "duplicate")
    return { status: 200, message: "Received before" }
  }
  const workOn =
    place && claim
      ? () => place.workOn(async () => await processClaimedWebhook(req.scope, claim))
      : () => worker.wake()
  return { status: 200, message: "Received", workOn }
}

/** Claimed at once where there is a place for it, which is given back where it was not. */
async function written(
  { scope }: MedusaRequest,
  row: NewWebhookEvent,
  place: KeptPlace | undefined
): Promise<ReceivedWebhook> {
  let received: ReceivedWebhook | undefined
  try {
    received = await inboxOf(scope).receive(row, place && leaseMs, place && leaseKeyOf(row))
    return received
  } finally {
    if (!received?.claim) {
      place?.giveBack()
    }
  }
}

/** Whoever names what this shop never opened must not use up the limit of the gateway's own messages. */
async function receiveHint(
  req: MedusaRequest,
  source: WebhookSource,
  event: AcceptedEvent,
  bytes: Buffer
): Promise<Answer> {
  if (!(await wasOpenedHere(req, source, event.reference))) {
    const log = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
    countWebhook(source.providerId, "foreign")
    log.info(`${source.title}: a webhook names what this shop has not opened`)
    return notOurs
  }
  const row = { ...rowOf(source, event, bytes), event_key: null }
  const received = await inboxOf(req.scope).receiveUnproven(row, unprovenLimit)
  if (!received) {
    countWebhook(source.providerId, "limited")
    return { status: 429, message: "Too many notifications in a short time" }
  }
  return { status: 200, message: "Received", workOn: () => webhookWorkerOf(req.scope).wake() }
}

function rowOf({ providerId }: WebhookSource, event: AcceptedEvent, bytes: Buffer) {
  return {
    provider_id: providerId,
    reference: event.reference,
    raw_status: event.rawStatus,
    gateway_id: event.gatewayId,
    is_later: event.isLater,
    claimed_amount: event.claimedAmount,
    body: maskedBody(bytes) ?? null,
    traceparent: presentTraceparent(),
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
  if (!isOrderReference(reference)) {
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

/** Larger than any message of these gateways, as it comes and unpacked. */
const mostBytes = 64 * 1024

type Unpack = (bytes: Buffer) => Promise<Buffer>

const unpackLimits = { maxOutputLength: mostBytes }
const unpackGzip: Unpack = async (bytes) => await promisify(gunzip)(bytes, unpackLimits)
const unpackers: Readonly<Record<string, Unpack>> = {
  "": async (bytes) => bytes,
  identity: async (bytes) => bytes,
  gzip: unpackGzip,
  "x-gzip": unpackGzip,
  deflate: async (bytes) => await promisify(inflate)(bytes, unpackLimits),
  br: async (bytes) => await promisify(brotliDecompress)(bytes, unpackLimits),
}

/** The bytes over which a gateway signs, or why they are not taken; a refusal holds nothing of them. */
type ReadBody = { bytes: Buffer } | { status: 400 | 413 | 415; message: string }

/**
 * Reads what a gateway sent, whatever its headers call it: some send no Content-Type, or another than their
 * body's. What the bytes are is found out by who reads them, and whose they are by their signature.
 *
 * Medusa's own parser answers and logs a body that it can't read with parts of that body, before anybody could
 * ask who sent it; so it is switched off where this reads.
 *
 * @param req with a `rawBody` where Medusa's parser has read it all the same, because the shop's config wants it
 */
async function readBody(req: IncomingMessage & { rawBody?: unknown }): Promise<ReadBody> {
  const encoding = req.headers["content-encoding"]?.trim().toLowerCase() ?? ""
  const unpack = Object.hasOwn(unpackers, encoding) ? unpackers[encoding] : undefined
  if (!unpack) {
    return { status: 415, message: "Only gzip, deflate and br are unpacked here" }
  }
  if (Number(req.headers["content-length"]) > mostBytes) {
    return tooLarge
  }
  try {
    const bytes = Buffer.isBuffer(req.rawBody) ? req.rawBody : await unpack(await read(req))
    return bytes.length > mostBytes ? tooLarge : { bytes }
  } catch (error) {
    return isTooLarge(error) ? tooLarge : { status: 400, message: "The body can't be read" }
  }
}

const tooLarge = { status: 413, message: "This is more than a notification has to say" } as const

/**
 * What comes after the most is thrown away, and not the connection: the sender has yet to read its answer.
 *
 * @throws TooLargeError, or another where it ends before its end
 */
function read(req: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const cutShort = () => reject(new Error("The body was cut short"))
    if (req.readableEnded || req.destroyed) {
      return cutShort()
    }
    req.on("data", (chunk: Buffer) => {
      size += chunk.length
      if (size > mostBytes) {
        chunks.length = 0
        reject(new TooLargeError())
      } else {
        chunks.push(chunk)
      }
    })
    req.once("end", () => resolve(Buffer.concat(chunks)))
    req.once("error", cutShort)
    req.once("close", cutShort)
  })
}

const tooLargeCode = "ERR_BUFFER_TOO_LARGE"

/** As Node's own, for what is too large when it is unpacked. */
class TooLargeError extends Error {
  readonly code = tooLargeCode
}

function isTooLarge(error: unknown): boolean {
  return (
    typeof error === "object" && error !== null && "code" in error && error.code === tooLargeCode
  )
}
