import { setTimeout as pause } from "node:timers/promises"
import { bodyOf, Loopbacks } from "../../shared/__tests__/loopback"

/** What came over the wire, as it came. */
export type Request = {
  path: string
  method: string | undefined
  contentType: string | undefined
  authorization: string | undefined
  body: string
}

export type Answer = { status?: number; body: unknown }

const tokenPath = "/token"

/**
 * A server on this machine that answers as a test tells it: hands out token-1, token-2 ... and gives the
 * queued answers to all other calls, the last of them again and again.
 */
export class KessServer {
  readonly #loopbacks = new Loopbacks()
  readonly requests: Request[] = []
  readonly tokens: Answer[] = []
  answers: Answer[] = []
  url = ""
  /** How long the server lets its callers wait, except for a token. */
  delayMs = 0

  async start(): Promise<void> {
    const { url } = await this.#loopbacks.http(async (request, response) => {
      this.requests.push({
        path: request.url ?? "",
        method: request.method,
        contentType: request.headers["content-type"],
        authorization: request.headers.authorization,
        body: await bodyOf(request),
      })
      await pause(request.url === tokenPath ? 0 : this.delayMs, undefined, { ref: false })
      const { status = 200, body } = this.#answer(request.url)
      response.writeHead(status, { "content-type": "application/json" })
      response.end(typeof body === "string" ? body : JSON.stringify(body))
    })
    this.url = url
  }

  async stop(): Promise<void> {
    await this.#loopbacks.close()
  }

  /** The calls besides those for a token. */
  get calls(): Request[] {
    return this.requests.filter(({ path }) => path !== tokenPath)
  }

  get tokenCalls(): Request[] {
    return this.requests.filter(({ path }) => path === tokenPath)
  }

  #answer(path: string | undefined): Answer {
    if (path === tokenPath) {
      const token = `token-${this.tokenCalls.length}`
      return this.tokens.shift() ?? success({ message: "SUCCESS", token })
    }
    const [next] = this.answers
    if (this.answers.length > 1) {
      this.answers.shift()
    }
    return next ?? { status: 404, body: "no answer was prepared" }
  }
}

export function success(data: unknown): Answer {
  return { body: { success: true, data } }
}

export function refused(message: string, status = 200): Answer {
  return { status, body: { success: false, data: { message } } }
}
