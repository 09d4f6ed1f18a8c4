import { setTimeout as pause } from "node:timers/promises"
import { bodyOf, Loopbacks } from "../../shared/__tests__/loopback"

/** What came over the wire, as it came. */
export type Request = {
  path: string
  method: string | undefined
  contentType: string | undefined
  merchantId: string | string[] | undefined
  sign: string | string[] | undefined
  /** The bytes of the body, as text. */
  text: string
  fields: Record<string, unknown>
}

export type Answer = { status?: number; body: unknown }

/**
 * A server on this machine that answers as a test tells it: by the order that is asked about where an
 * answer was prepared for it, else with the queued answers, the last of them again and again.
 */
export class CashyServer {
  readonly #loopbacks = new Loopbacks()
  readonly requests: Request[] = []
  answers: Answer[] = []
  /** By `orderNo`. */
  readonly orders = new Map<unknown, Answer>()
  url = ""
  /** How long the server lets its callers wait. */
  delayMs = 0

  async start(): Promise<void> {
    const { url } = await this.#loopbacks.http(async (request, response) => {
      const text = await bodyOf(request)
      const fields: Record<string, unknown> = JSON.parse(text)
      this.requests.push({
        path: request.url ?? "",
        method: request.method,
        contentType: request.headers["content-type"],
        merchantId: request.headers.merchantid,
        sign: request.headers.sign,
        text,
        fields,
      })
      await pause(this.delayMs, undefined, { ref: false })
      const { status = 200, body } = this.orders.get(fields.orderNo) ?? this.#next()
      response.writeHead(status, { "content-type": "application/json" })
      response.end(typeof body === "string" ? body : JSON.stringify(body))
    })
    this.url = url
  }

  async stop(): Promise<void> {
    await this.#loopbacks.close()
  }

  #next(): Answer {
    const [next] = this.answers
    if (this.answers.length > 1) {
      this.answers.shift()
    }
    return next ?? { status: 404, body: "no answer was prepared" }
  }
}

export function success(data: unknown): Answer {
  return { body: { msg: "SUCCESS", code: 200, data } }
}

export function refused(msg: string | null, code: number | string = 500): Answer {
  return { body: { msg, code } }
}
