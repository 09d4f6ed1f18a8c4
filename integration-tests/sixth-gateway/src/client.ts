import {
  digest,
  digestEquals,
  type GatewayAnswer,
  type GatewayCall,
  gatewayErrors,
  type GatewayHttp,
  meaningOf,
  parseJsonOrForm,
  readJson,
  type RefusalMeaning,
  type Secret,
  type WebhookMessage,
  type WebhookReport,
} from "medusa-regional-payments/extend"
import type { ZodType } from "zod"
import { z } from "zod"

export const acmeGateway = "Acme Pay"

type AcmeOperation = "createOrder" | "queryOrder" | "refundOrder" | "queryRefund"

const errors = gatewayErrors<AcmeOperation>(acmeGateway)

/** Which calls may be repeated by themselves: those that change nothing. */
const calls: Readonly<Record<AcmeOperation, Pick<GatewayCall, "method" | "path" | "reads">>> = {
  createOrder: { method: "POST", path: "/orders", reads: false },
  queryOrder: { method: "GET", path: "/orders/{reference}", reads: true },
  refundOrder: { method: "POST", path: "/refunds", reads: false },
  queryRefund: { method: "GET", path: "/refunds/{reference}", reads: true },
}

const openedOrder = z.object({ reference: z.string(), id: z.string(), url: z.url() })

const knownOrder = z.object({
  reference: z.string(),
  id: z.string(),
  status: z.string(),
  /** In major units, as a text. */
  amount: z.string(),
  currency: z.string(),
})

const refund = z.object({ reference: z.string(), status: z.string() })

const webhookBody = z.object({ reference: z.string(), status: z.string() })

/** Acme's words for an order; a word that is not listed means that nothing was paid yet. */
const orderStates: Readonly<Record<string, "paid" | "failed">> = { PAID: "paid", FAILED: "failed" }

/** Acme's words for a refund; one that is not listed tells nothing. */
const refundOutcomes: Readonly<Record<string, "done" | "declined">> = {
  MADE: "done",
  REFUSED: "declined",
}

/** What HTTP statuses mean; 401 and those from 500 on are the same for every gateway. */
const refusals: ReadonlyMap<number, RefusalMeaning> = new Map([
  [403, "credentials"],
  [404, "not_found"],
  [422, "declined"],
  [429, "busy"],
])

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
    if (answer.httpStatus >= 400) {
      throw refusal(operation, answer)
    }
    return readJson(answer, schema, { gateway: acmeGateway, operation })
  }
}

type Parameters = { json?: string; reference?: string }

/** A status that no table lists says nothing of whether money moved. */
function refusal(operation: AcmeOperation, { httpStatus }: GatewayAnswer) {
  return errors.refusal(operation, refusals.get(httpStatus) ?? "unknown", {}, httpStatus)
}

/** Reads a message; `acme-signature` is the SHA-256 of its bytes and the key, in hex. */
export function readWebhook({ rawBody, headers }: WebhookMessage, apiKey: Secret): WebhookReport {
  const expected = digest("sha256", [rawBody, apiKey.reveal()])
  if (!digestEquals(expected, headers["acme-signature"], "hex")) {
    return { type: "forged" }
  }
  const body = webhookBody.safeParse(parseJsonOrForm(rawBody)).data
  return body
    ? {
        type: "event",
        reference: body.reference,
        rawStatus: body.status,
        eventKey: `${body.reference}|${body.status}`,
      }
    : { type: "unreadable", reason: "it has no reference or no status" }
}
