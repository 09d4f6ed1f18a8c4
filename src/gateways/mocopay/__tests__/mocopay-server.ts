import { setTimeout as pause } from "node:timers/promises"
import { bodyOf, Loopbacks } from "../../shared/__tests__/loopback"

/** What came over the wire, as it came. */
export type Request = {
  method: string | undefined
  path: string
  /** Path and query, byte for byte. */
  target: string
  query: Record<string, string>
  signature: string | string[] | undefined
  accept: string | undefined
  contentType: string | undefined
  contentLength: string | undefined
  body: string
}

export type Answer = { status?: number; body: unknown }

/** A server on this machine that gives the queued answers, the last of them again and again. */
export class MocopayServer {
  readonly #loopbacks = new Loopbacks()
  readonly calls: Request[] = []
  answers: Answer[] = []
  /** Answers verifyPayment by what it is asked for, in place of the queue. */
  sessions: Record<string, Answer> | undefined
  url = ""
  delayMs = 0

  async start(): Promise<void> {
    const { url } = await this.#loopbacks.http(async (request, response) => {
      const target = request.url ?? ""
      const [path = "", search] = target.split("?")
      const call: Request = {
        method: request.method,
        path,
        target,
        query: Object.fromEntries(new URLSearchParams(search)),
        signature: request.headers.signature,
        accept: request.headers.accept,
        contentType: request.headers["content-type"],
        contentLength: request.headers["content-length"],
        body: await bodyOf(request),
      }
      this.calls.push(call)
      await pause(this.delayMs, undefined, { ref: false })
      const { status = 200, body } = this.#answer(call)
      response.writeHead(status, { "content-type": "application/json" })
      response.end(typeof body === "string" ? body : JSON.stringify(body))
    })
    this.url = url
  }

  async stop(): Promise<void> {
    await this.#loopbacks.close()
  }

  #answer({ path, query }: Request): Answer {
    if (this.sessions && path.endsWith("/verifyPayment")) {
      return this.sessions[query.sessionId ?? query.userId ?? ""] ?? unknownSession
    }
    const [next] = this.answers
    if (this.answers.length > 1) {
      this.answers.shift()
    }
    return next ?? { status: 500, body: "no answer was prepared" }
  }
}

export const unknownSession: Answer = { status: 404, body: { message: "No such session" } }

export const reference = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"
export const sessionId = "8903cf28aa3940f0b31d699fea5aa7ff"
export const redirectUrl =
  "http://checkout.mocopay.com/paymentService/init.html?trn=123&exp=127362736211&hash=deiuheiehfc89cicssic9j9sc"

/** A payment of ours, paid once with 10 EUR, with all the fields of the vendor's example. */
export const paidSession = {
  sessionId,
  serviceCode: "PS-000-002",
  pid: "PP27638049",
  type: "onetime",
  endUser: { userId: reference, phone: "0099923026", mcc: "999", mnc: "99" },
  lang: "hr",
  series: 1,
  status: "PaymentComplete",
  chargedAmount: 10,
  failedAmount: 0,
  lastChargedAmount: 10,
  lastFailedAmount: 0,
  totalChargedAmount: 10,
  totalFailedAmount: 0,
  currencyCode: "EUR",
  recurrent: false,
  expiresIn: -115392,
  timeInit: "2014-04-02 14:34:53",
  timeAuthorized: "2014-04-02 14:35:29",
  timeLastSuccessfullPayment: "2014-04-02 14:35:30",
  transactions: ["ad22a2c458dc4bafbf81de733af21d27"],
}

/** The same before anything was charged. */
export const unpaidSession = {
  ...paidSession,
  status: "Authorized",
  chargedAmount: 0,
  lastChargedAmount: 0,
  totalChargedAmount: 0,
  timeLastSuccessfullPayment: null,
  transactions: [],
}
