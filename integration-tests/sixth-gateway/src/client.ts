import {
  digest,
  digestEquals,
  type GatewayCall,
  gatewayErrors,
  type GatewayHttp,
  meaningOf,
  parseJsonObject,
  readJson,
  type RefusalMeaning,
  type Secret,
  type WebhookMessage,
  type WebhookReport,
} from "medusa-regional-payments/extend"
import type { ZodType } from "zod"
import { z } from "zod"

export const acmeGateway = "Acme Pay"

type AcmeOperation =
  "createOrder" | "queryOrder" | "refundOrder" | "queryRefund" | "createTransfer" | "queryTransfer"

const errors = gatewayErrors<AcmeOperation>(acmeGateway)

/** Which calls may be repeated by themselves: those that change nothing. */
const calls: Readonly<Record<AcmeOperation, Pick<GatewayCall, "method" | "path" | "reads">>> = {
  createOrder: { method: "POST", path: "/orders", reads: false },
  queryOrder: { method: "GET", path: "/orders/{reference}", reads: true },
  refundOrder: { method: "POST", path: "/refunds", reads: false },
  queryRefund: { method: "GET", path: "/refunds/{reference}", reads: true },
  createTransfer: { method: "POST", path: "/transfers", reads: false },
  queryTransfer: { method: "GET", path: "/transfers/{reference}", reads: true },
}

const openedOrder = z.object({ reference: z.string(), id: z.string(), url: z.url() })

const knownOrder = z.object({
  reference: z.string(),
  id: z.string(),
  status: z.string(),
  /** In major units, as a text. */
  amount: z.string(),
  currency: z.string(),
  /** Told again, so that an order whose first answer was lost can still be paid. */
  url: z.url(),
})

const refund = z.object({ reference: z.string(), status: z.string() })

const transfer = z.object({
  reference: z.string(),
  id: z.string(),
  status: z.string(),
  amount: z.string(),
})

const webhookBody = z.object({
  reference: z.string(),
  status: z.string(),
  amount: z.string().optional(),
})

/** Acme's words for an order; a word that is not listed means that nothing was paid yet. */
const orderStates: Readonly<Record<string, "paid" | "failed" | "expired">> = {
  PAID: "paid",
  FAILED: "failed",
  EXPIRED: "expired",
}

/** Acme's words for a refund; one that is not listed tells nothing. */
const refundOutcomes: Readonly<Record<string, "done" | "declined">> = {
  MADE: "done",
  REFUSED: "declined",
}

/** Acme's words for a transfer; one that is not listed tells nothing. */
const transferOutcomes: Readonly<Record<string, "succeeded" | "failed" | "processing">> = {
  PAID: "succeeded",
  REJECTED: "failed",
  PENDING: "processing",
}

/** Every refusal of Acme's has a code, and no other answer has one. */
const refusalFields = z.object({ code: z.string().optional(), message: z.string().optional() })

/**
 * What Acme's codes mean; one that is not listed says nothing of whether money moved, as `REFERENCE_IN_USE`, which may
 * be our own first try. HTTP 401 and those from 500 on are the same for every gateway, and do not come here.
 */
const refusals: Readonly<Record<string, RefusalMeaning>> = {
  NOT_ALLOWED: "credentials",
  NO_SUCH_ORDER: "not_found",
  NO_SUCH_REFUND: "not_found",
  NO_SUCH_TRANSFER: "not_found",
  REFUSED: "declined",
  TOO_MANY_CALLS: "busy",
}

/** Acme's API: JSON both ways, with the key in a header. */
export class AcmeClient {
  readonly #http: GatewayHttp
  readonly #apiKey: Secret

  constructor(http: GatewayHttp, apiKey: Secret) {
    this.#http = http
    this.#apiKey = apiKey
  }

  /** @throws GatewayError */
  async createOrder(order: {
    reference: string
    amount: string
    currency: string
    returnUrl: string
  }): Promise<{ id: string; url: string }> {
    const opened = await this.#send("createOrder", openedOrder, { json: JSON.stringify(order) })
    errors.requireSame("createOrder", "reference", order.reference, opened.reference)
    return opened
  }

  /** @throws GatewayError; with `isNotFound` where Acme knows of no such order */
  async queryOrder(reference: string) {
    const order = await this.#send("queryOrder", knownOrder, { reference })
    errors.requireSame("queryOrder", "reference", reference, order.reference)
    return { ...order, state: meaningOf(orderStates, order.status) ?? ("pending" as const) }
  }

  /**
   * Acme makes one refund of one reference, however often it is sent.
   *
   * @throws GatewayError
   */
  async refundOrder(order: string, reference: string, amount: string) {
    const json = JSON.stringify({ order, reference, amount })
    return this.#refund("refundOrder", reference, { json })
  }

  /** @throws GatewayError; with `isNotFound` where Acme knows of no such refund */
  async queryRefund(reference: string) {
    return this.#refund("queryRefund", reference, { reference })
  }

  /** @throws GatewayError */
  async createTransfer(transfer: {
    reference: string
    amount: string
    currency: string
    name: string
    iban: string
  }) {
    return this.#transfer("createTransfer", transfer.reference, { json: JSON.stringify(transfer) })
  }

  /** @throws GatewayError; with `isNotFound` where Acme knows of no such transfer */
  async queryTransfer(reference: string) {
    return this.#transfer("queryTransfer", reference, { reference })
  }

  async #transfer(
    operation: "createTransfer" | "queryTransfer",
    reference: string,
    parameters: Parameters
  ) {
    const answered = await this.#send(operation, transfer, parameters)
    errors.requireSame(operation, "reference", reference, answered.reference)
    const { id, status, amount } = answered
    const outcome = meaningOf(transferOutcomes, status) ?? ("unknown" as const)
    return { outcome, gatewayId: id, code: status, amount }
  }

  async #refund(
    operation: "refundOrder" | "queryRefund",
    reference: string,
    parameters: Parameters
  ) {
    const { status, reference: answered } = await this.#send(operation, refund, parameters)
    errors.requireSame(operation, "reference", reference, answered)
    return { outcome: meaningOf(refundOutcomes, status) ?? ("unknown" as const), code: status }
  }

  async #send<Data>(
    operation: AcmeOperation,
    schema: ZodType<Data>,
    { json, reference }: Parameters
  ): Promise<Data> {
    const answer = await this.#http.send({
      operation,
      ...calls[operation],
      headers: { "X-Api-Key": this.#apiKey },
      ...(json === undefined ? {} : { body: { json } }),
      ...(reference === undefined ? {} : { pathParams: { reference } }),
    })
    const call = { gateway: acmeGateway, operation }
    const { code, message } = readJson(answer, refusalFields, call)
    if (code !== undefined || answer.httpStatus >= 400) {
      const meaning = meaningOf(refusals, code) ?? "unknown"
      throw errors.refusal(operation, meaning, { code, gatewayMessage: message }, answer.httpStatus)
    }
    return readJson(answer, schema, call)
  }
}

type Parameters = { json?: string; reference?: string }

/** The key before is set while it is being changed. */
export type AcmeKeys = { apiKey: Secret; previousApiKey?: Secret | undefined }

/** Reads a message; `acme-signature` is the SHA-256 of its bytes and the key, in hex. */
export function readWebhook({ rawBody, headers }: WebhookMessage, keys: AcmeKeys): WebhookReport {
  const isSigned = [keys.apiKey, keys.previousApiKey].some(
    (key) =>
      key !== undefined &&
      digestEquals(digest("sha256", [rawBody, key.reveal()]), headers["acme-signature"], "hex")
  )
  if (!isSigned) {
    return { type: "forged" }
  }
  const body = webhookBody.safeParse(parseJsonObject(rawBody)).data
  return body
    ? {
        type: "event",
        reference: body.reference,
        rawStatus: body.status,
        claimedAmount: body.amount,
        eventKey: `${body.reference}|${body.status}`,
      }
    : { type: "unreadable", reason: "it has no reference or no status" }
}
