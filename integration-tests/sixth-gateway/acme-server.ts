import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { z } from "zod"

const newOrder = z.object({ reference: z.string(), amount: z.string(), currency: z.string() })
const newRefund = z.object({ order: z.string(), reference: z.string(), amount: z.string() })

/** Acme Pay, as far as the example needs it: a ledger of orders and refunds behind its API. */
export class AcmeServer {
  readonly orders = new Map<string, z.infer<typeof newOrder> & { status: string }>()
  /** By reference; sent twice, it is one. */
  readonly refunds = new Map<string, z.infer<typeof newRefund>>()
  readonly #server = createServer((request, response) => void this.#answer(request, response))
  /** So many answers to refunds are lost after they were made. */
  lostAnswers = 0

  constructor(private readonly apiKey: string) {}

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve))
    const { port } = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${port}`
  }

  pay(reference: string): void {
    const order = this.orders.get(reference)
    this.orders.set(reference, { ...newOrder.parse(order), status: "PAID" })
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reply = (status: number, body: object) =>
      void response
        .writeHead(status, { "content-type": "application/json" })
        .end(JSON.stringify(body))
    if (request.headers["x-api-key"] !== this.apiKey) {
      return reply(401, {})
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) {
      chunks.push(chunk)
    }
    const body: unknown = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {}
    const [, kind, name = ""] = (request.url ?? "").split("/")
    if (request.method === "POST" && kind === "orders") {
      const order = newOrder.parse(body)
      this.orders.set(order.reference, { ...order, status: "OPEN" })
      return reply(200, this.#shown(order.reference))
    }
    if (request.method === "POST" && kind === "refunds") {
      const refund = newRefund.parse(body)
      this.refunds.set(refund.reference, refund)
      if (this.lostAnswers > 0) {
        this.lostAnswers -= 1
        return void response.destroy()
      }
      return reply(200, { reference: refund.reference, status: "MADE" })
    }
    if (kind === "orders" && this.orders.has(name)) {
      return reply(200, this.#shown(name))
    }
    if (kind === "refunds" && this.refunds.has(name)) {
      return reply(200, { reference: name, status: "MADE" })
    }
    return reply(404, {})
  }

  #shown(reference: string) {
    const order = this.orders.get(reference)
    return { ...order, id: `acme-${reference}`, url: `https://acme.example/pay/${reference}` }
  }
}
