import { bodyOf, Loopbacks } from "../../shared/__tests__/loopback"

/** What came over the wire, as it came. */
export type Request = {
  path: string
  method: string | undefined
  contentType: string | undefined
  accept: string | undefined
  authToken: string | string[] | undefined
  form: Record<string, string>
}

export type Answer = { status?: number; body: unknown }

const rest = "/transactionServices/REST/v1"
const tokenPaths = [`${rest}/authToken`, `${rest}/regenerateToken`]

/**
 * A server on this machine that answers as a test tells it: hands out token-1, token-2 ... and gives the
 * queued answers to all other calls, the last of them again and again. `answerFor` goes before the queue.
 */
export class PaymentzServer {
  readonly #loopbacks = new Loopbacks()
  readonly requests: Request[] = []
  readonly tokens: Answer[] = []
  answers: Answer[] = []
  answerFor: (request: Request) => Answer | undefined = () => undefined
  url = ""

  async start(): Promise<void> {
    const { url } = await this.#loopbacks.http(async (incoming, response) => {
      const request = {
        path: incoming.url ?? "",
        method: incoming.method,
        contentType: incoming.headers["content-type"],
        accept: incoming.headers.accept,
        authToken: incoming.headers.authtoken,
        form: Object.fromEntries(new URLSearchParams(await bodyOf(incoming))),
      }
      this.requests.push(request)
      const { status = 200, body } = this.#answer(request)
      response.writeHead(status, { "content-type": "application/json" })
      response.end(typeof body === "string" ? body : JSON.stringify(body))
    })
    this.url = url
  }

  async stop(): Promise<void> {
    await this.#loopbacks.close()
  }

  /** The calls besides those for a token, with their paths behind `/transactionServices/REST/v1`. */
  get calls(): Request[] {
    return this.requests
      .filter(({ path }) => !tokenPaths.includes(path))
      .map((request) => ({ ...request, path: request.path.replace(rest, "") }))
  }

  get tokenCalls(): Request[] {
    return this.requests.filter(({ path }) => tokenPaths.includes(path))
  }

  #answer(request: Request): Answer {
    if (tokenPaths.includes(request.path)) {
      return this.tokens.shift() ?? token(`token-${this.tokenCalls.length}`)
    }
    const answered = this.answerFor({ ...request, path: request.path.replace(rest, "") })
    if (answered) {
      return answered
    }
    const [next] = this.answers
    if (this.answers.length > 1) {
      this.answers.shift()
    }
    return next ?? { status: 404, body: "no answer was prepared" }
  }
}

export function token(AuthToken: string): Answer {
  return { body: { AuthToken, result: { code: "200", description: "Token generated" } } }
}

/** An answer with a code, and the fields beside it. */
export function said(
  code: string,
  fields: object = {},
  description = "words of the gateway"
): Answer {
  return { body: { ...fields, result: { code, description } } }
}

/** What an inquiry answers of a payment of 50.00 USD that was paid. */
export function record(fields: object = {}): Answer {
  return said("00026", {
    paymentId: "54289",
    merchantTransactionId: "ORD1001",
    status: "capturesuccess",
    transactionStatus: "Y",
    amount: "50.00",
    currency: "USD",
    ...fields,
  })
}
