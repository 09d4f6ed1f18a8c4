import { createHash } from "node:crypto"
import {
  CallLog,
  Faults,
  jsonReply,
  Ledger,
  type Movement,
  type Reply,
  type Route,
  type SandboxRequest,
  startServer,
  WebhookSender,
} from "medusa-regional-payments-sandbox"
import { z } from "zod"

const newOrder = z.object({ reference: z.string(), amount: z.string(), currency: z.string() })
const newRefund = z.object({ order: z.string(), reference: z.string(), amount: z.string() })
const newTransfer = newOrder.extend({ iban: z.string() })

type Order = z.infer<typeof newOrder> & { status: string }
type Refund = z.infer<typeof newRefund> & { status: string }

export type AcmeSettings = {
  apiKey: string
  /** What webhooks are signed with; the key unless told. */
  webhookKey?: string
  /** In Acme's dashboard; without it no webhook is sent. */
  webhookUrl?: string
}

/** Acme Pay, as the tests meet it: a ledger behind its API, which goes wrong when it is told to. */
export class AcmeStandIn {
  readonly ledger = new Ledger(Date.now)
  readonly faults = new Faults()
  readonly calls = new CallLog({ now: Date.now, secretFields: [], headers: [] })
  readonly webhooks: WebhookSender
  readonly orders = new Map<string, Order>()
  /** By reference; sent twice, it is one, unless it was refused. */
  readonly refunds = new Map<string, Refund>()
  readonly transfers = new Map<string, Order>()
  /** What becomes of refunds and transfers from now on. */
  refundWord = "MADE"
  transferWord = "PAID"
  /** A transfer's reference that is sent twice is refused, where else it is paid twice. */
  refusesDuplicates = false
  /** How webhooks go out. */
  sent: { copies?: number; forged?: boolean; amount?: number } = {}
  url = ""
  #close: () => Promise<void> = async () => undefined

  private constructor(private readonly settings: AcmeSettings) {
    const address = settings.webhookUrl
    this.webhooks = new WebhookSender({
      url: () => (address === undefined ? undefined : new URL(address)),
      maxFailures: 5,
      retryDelayMs: 1,
      timeoutMs: 5_000,
      now: Date.now,
    })
  }

  static async start(settings: AcmeSettings): Promise<AcmeStandIn> {
    const acme = new AcmeStandIn(settings)
    const server = await startServer({
      port: 0,
      faults: acme.faults,
      calls: acme.calls,
      gatewayRoutes: acme.#routes(),
      controlRoutes: [],
      refuse: (problem) =>
        problem === "unauthorized" ? refusal(401, "BAD_KEY") : refusal(404, "NO_SUCH_PATH"),
    })
    acme.url = server.url
    acme.#close = async () => {
      await acme.webhooks.close()
      await server.close()
    }
    return acme
  }

  /** As the shopper does; of another amount or currency than was ordered where it is told. */
  pay(reference: string, money: { amount?: string; currency?: string } = {}): void {
    const order = { ...known(this.orders, reference), ...money, status: "PAID" }
    this.orders.set(reference, order)
    this.ledger.append({ kind: "payment", ...moneyOf(order) })
    this.#tell(order)
  }

  /** Any other word for an order. */
  say(reference: string, status: string): void {
    const order = { ...known(this.orders, reference), status }
    this.orders.set(reference, order)
    this.#tell(order)
  }

  /** Ends the refund of an order that was accepted and is not final. */
  finishRefund(order: string, status: "MADE" | "REFUSED"): void {
    for (const refund of this.refunds.values()) {
      if (refund.order === order && !isFinal(refund.status)) {
        this.#endRefund(refund, status)
      }
    }
  }

  /** What becomes of a transfer in the end; the money comes back where it was paid before and is not any more. */
  endTransfer(reference: string, status: "PAID" | "REJECTED"): void {
    const before = known(this.transfers, reference)
    const transfer = { ...before, status }
    this.transfers.set(reference, transfer)
    if (status === "PAID") {
      this.ledger.append({ kind: "payout", ...moneyOf(transfer) })
    } else if (before.status === "PAID") {
      this.ledger.append({ kind: "payout_returned", ...moneyOf(transfer) })
    }
    this.#tell(transfer)
  }

  /** Sends, with a true signature, that something was paid, whether or not it was. */
  claim(reference: string, amount: string): void {
    this.#tell({ reference, status: "PAID", amount, currency: "EUR" })
  }

  /** How many calls of a route came, refused or not. */
  count(method: string, path: string): number {
    const [, root] = path.split("/")
    return this.calls
      .list()
      .filter((call) => call.method === method && call.path.split("/")[1] === root).length
  }

  async close(): Promise<void> {
    await this.#close()
  }

  #routes(): Route[] {
    return [
      this.#route("POST", "/orders", ({ body }) => this.#createOrder(newOrder.parse(json(body)))),
      this.#route("GET", "/orders/:reference", ({ params }) =>
        shown(this.orders.get(params.reference ?? ""), "NO_SUCH_ORDER")
      ),
      this.#route("POST", "/refunds", ({ body }) => this.#refund(newRefund.parse(json(body)))),
      this.#route("GET", "/refunds/:reference", ({ params }) =>
        shown(this.refunds.get(params.reference ?? ""), "NO_SUCH_REFUND")
      ),
      this.#route("POST", "/transfers", ({ body }) =>
        this.#transfer(newTransfer.parse(json(body)))
      ),
      this.#route("GET", "/transfers/:reference", ({ params }) =>
        shown(this.transfers.get(params.reference ?? ""), "NO_SUCH_TRANSFER")
      ),
    ]
  }

  #route(method: Route["method"], path: string, handle: (request: SandboxRequest) => Reply): Route {
    const isKnown = ({ headers }: SandboxRequest) => headers["x-api-key"] === this.settings.apiKey
    return {
      method,
      path,
      handle: (request) => (isKnown(request) ? handle(request) : refusal(401, "BAD_KEY")),
    }
  }

  #createOrder(order: z.infer<typeof newOrder>): Reply {
    const { reference, amount, currency } = order
    const earlier = this.orders.get(reference)
    if (earlier && (earlier.amount !== amount || earlier.currency !== currency)) {
      return refusal(409, "REFERENCE_IN_USE")
    }
    const opened = earlier ?? { ...order, status: "OPEN" }
    this.orders.set(reference, opened)
    return shown(opened)
  }

  #refund(refund: z.infer<typeof newRefund>): Reply {
    const earlier = this.refunds.get(refund.reference)
    if (earlier && earlier.status !== "REFUSED") {
      return shown(earlier)
    }
    const order = this.orders.get(refund.order)
    const given = [...this.refunds.values()].filter(
      ({ order, status }) => order === refund.order && status !== "REFUSED"
    )
    const left = Number(order?.amount) - given.reduce((sum, { amount }) => sum + Number(amount), 0)
    if (order?.status !== "PAID" || Number(refund.amount) > left) {
      return refusal(422, "REFUSED", "Only what was paid can be given back")
    }
    return shown(this.#endRefund({ ...refund, status: "NEW" }, this.refundWord))
  }

  #endRefund(refund: Refund, status: string): Refund {
    const ended = { ...refund, status }
    this.refunds.set(refund.reference, ended)
    if (status === "MADE") {
      const { currency } = known(this.orders, refund.order)
      const { order: reference, amount } = refund
      this.ledger.append({ kind: "refund", reference, amount, currency })
    }
    return ended
  }

  #transfer({ iban: _, ...transfer }: z.infer<typeof newTransfer>): Reply {
    const { reference } = transfer
    if (this.refusesDuplicates && this.transfers.has(reference)) {
      return refusal(409, "REFERENCE_IN_USE")
    }
    this.transfers.set(reference, { ...transfer, status: this.transferWord })
    if (this.transferWord === "PAID" || this.transferWord === "REJECTED") {
      this.endTransfer(reference, this.transferWord)
    }
    return shown(this.transfers.get(reference))
  }

  #tell({ reference, status, amount, currency }: Order): void {
    const { copies = 1, forged = false, amount: claimed = amount } = this.sent
    const { apiKey, webhookKey = apiKey } = this.settings
    const body = JSON.stringify({ reference, status, amount: String(claimed), currency })
    const key = forged ? "somebody else's" : webhookKey
    const signature = createHash("sha256").update(body).update(key).digest("hex")
    const headers = { "content-type": "application/json", "acme-signature": signature }
    for (let copy = 0; copy < copies; copy += 1) {
      this.webhooks.send({ reference, headers, body })
    }
  }
}

/** By its reference, with Acme's own number of it. */
function shown(found: { reference: string } | undefined, unknown = "NO_SUCH_ORDER"): Reply {
  if (found === undefined) {
    return refusal(404, unknown)
  }
  const { reference } = found
  const url = `https://acme.example/pay/${reference}`
  return jsonReply(200, { ...found, id: `acme-${reference}`, url })
}

function refusal(status: number, code: string, message = code.toLowerCase()): Reply {
  return jsonReply(status, { code, message })
}

function moneyOf({ reference, amount, currency }: Order): Omit<Movement, "kind"> {
  return { reference, amount, currency }
}

function isFinal(refundStatus: string): boolean {
  return refundStatus === "MADE" || refundStatus === "REFUSED"
}

function known<Row>(rows: ReadonlyMap<string, Row>, reference: string): Row {
  const row = rows.get(reference)
  if (row === undefined) {
    throw new Error(`Acme has no ${reference}`)
  }
  return row
}

function json(body: Buffer): unknown {
  return JSON.parse(body.toString("utf8"))
}
