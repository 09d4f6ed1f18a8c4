import { setTimeout as pause } from "node:timers/promises"
import { bodyOf, Loopbacks } from "../../shared/__tests__/loopback"

/** What came over the wire, as it came. */
export type Request = {
  path: string
  method: string | undefined
  contentType: string | undefined
  /** Names of the headers in the letters in which they were sent. */
  headerNames: string[]
  accessToken: string | string[] | undefined
  form: Record<string, string>
}

export type Answer = { status?: number; body: unknown }

const tokenPath = "/auth/token/apply"

/**
 * A server on this machine that answers as a test tells it: hands out token-1, token-2 ... and gives the
 * queued answers to all other calls, the last of them again and again.
 */
export class MocasaServer {
  readonly #loopbacks = new Loopbacks()
  readonly requests: Request[] = []
  readonly tokens: Answer[] = []
  answers: Answer[] = []
  url = ""
  /** How long the server lets its callers wait. */
  delayMs = 0

  async start(): Promise<void> {
    const { url } = await this.#loopbacks.http(async (request, response) => {
      this.requests.push({
        path: request.url ?? "",
        method: request.method,
        contentType: request.headers["content-type"],
        headerNames: request.rawHeaders.filter((_, index) => index % 2 === 0),
        accessToken: request.headers.accesstoken,
        form: Object.fromEntries(new URLSearchParams(await bodyOf(request))),
      })
      await pause(this.delayMs, undefined, { ref: false })
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
      const accessToken = `token-${this.tokenCalls.length}`
      return this.tokens.shift() ?? success({ accessToken, expireTime: 7_200 })
    }
    const [next] = this.answers
    if (this.answers.length > 1) {
      this.answers.shift()
    }
    return next ?? { status: 404, body: "no answer was prepared" }
  }
}

export function success(data: unknown): Answer {
  return { body: { success: true, code: "0", message: "ok", data } }
}

export function refused(code: string, message: string, status = 200): Answer {
  return { status, body: { success: false, code, message, data: null } }
}
