import type { IncomingHttpHeaders } from "node:http"
import { setTimeout as pause } from "node:timers/promises"
import { inspect } from "node:util"
import { createGatewayHttp, type GatewayHttp, type GatewayHttpOptions } from "../http"
import { bodyOf, Loopbacks } from "./loopback"

/** `body` is sent as JSON where it is no text. */
export type Answer = { status?: number; body: unknown }

/** A request as it came over the wire. */
export type ReceivedRequest = {
  method: string | undefined
  path: string
  /** Path and query, byte for byte. */
  target: string
  query: Record<string, string>
  headers: IncomingHttpHeaders
  /** In the letters in which they were sent. */
  headerNames: string[]
  contentType: string | undefined
  body: string
  /** The body read as a form. */
  form: Record<string, string>
}

export type FakeGatewayOptions<Request> = {
  /** What a test looks at of a request. */
  read: (request: ReceivedRequest) => Request
  /** The calls for a token, the answer to the nth of them, and whether `delayMs` is not for them. */
  tokens?: { paths: readonly string[]; answer: (count: number) => Answer; areAtOnce?: boolean }
}

/**
 * A server on this machine that answers as a test tells it: hands out tokens, and gives the queued answers to all
 * other calls, the last of them again and again.
 */
export class FakeGateway<Request extends { path: string }> {
  readonly requests: Request[] = []
  readonly tokens: Answer[] = []
  answers: Answer[] = []
  /** An answer that goes before the queue. */
  answerFor: (request: Request) => Answer | undefined = () => undefined
  url = ""
  /** How long it lets its callers wait. */
  delayMs = 0
  readonly #loopbacks = new Loopbacks()

  constructor(private readonly options: FakeGatewayOptions<Request>) {}

  /** The calls besides those for a token. */
  get calls(): Request[] {
    return this.requests.filter((request) => !this.#isForToken(request))
  }

  get tokenCalls(): Request[] {
    return this.requests.filter((request) => this.#isForToken(request))
  }

  async start(): Promise<void> {
    const { url } = await this.#loopbacks.http(async (incoming, response) => {
      const target = incoming.url ?? ""
      const [path = "", search] = target.split("?")
      const body = await bodyOf(incoming)
      const request = this.options.read({
        method: incoming.method,
        path,
        target,
        query: Object.fromEntries(new URLSearchParams(search)),
        headers: incoming.headers,
        headerNames: incoming.rawHeaders.filter((_, index) => index % 2 === 0),
        contentType: incoming.headers["content-type"],
        body,
        form: Object.fromEntries(new URLSearchParams(body)),
      })
      this.requests.push(request)
      const isAtOnce = this.options.tokens?.areAtOnce && this.#isForToken(request)
      await pause(isAtOnce ? 0 : this.delayMs, undefined, { ref: false })
      const answer = this.#answer(request)
      response.writeHead(answer.status ?? 200, { "content-type": "application/json" })
      response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body))
    })
    this.url = url
  }

  async stop(): Promise<void> {
    await this.#loopbacks.close()
  }

  #isForToken({ path }: Request): boolean {
    return this.options.tokens?.paths.includes(path) ?? false
  }

  #answer(request: Request): Answer {
    const { tokens } = this.options
    if (tokens && this.#isForToken(request)) {
      return this.tokens.shift() ?? tokens.answer(this.tokenCalls.length)
    }
    const answer = this.answerFor(request)
    if (answer) {
      return answer
    }
    const [next] = this.answers
    if (this.answers.length > 1) {
      this.answers.shift()
    }
    return next ?? { status: 404, body: "no answer was prepared" }
  }
}

const open: (() => void | Promise<void>)[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()))
})

/** Starts the server, which ends with the test. */
export async function started<Server extends { start(): Promise<void>; stop(): Promise<void> }>(
  server: Server
): Promise<Server> {
  await server.start()
  open.push(() => server.stop())
  return server
}

/** Starts the server, and gives a client of HTTP for it that does not pause between repeats; both end with the test. */
export async function connectTo<Request extends { path: string }>(
  server: FakeGateway<Request>,
  options: Pick<GatewayHttpOptions, "gateway" | "readGatewayError">
): Promise<GatewayHttp> {
  await started(server)
  const sleep = async () => undefined
  const http = createGatewayHttp({ baseUrl: server.url, sleep, ...options })
  open.push(() => http.close())
  return http
}

/** What the call was rejected with. */
export async function failure(call: () => Promise<unknown>): Promise<unknown> {
  return await call().then(
    (value) => {
      throw new Error(`it was answered: ${inspect(value)}`)
    },
    (error: unknown) => error
  )
}

/** The call of a client, and the server that it asks as soon as there is one. */
type CallUnderTest = {
  operation: string
  call: () => Promise<unknown>
  answerWith: (...answers: Answer[]) => void
}

/** Answers that can't be read leave the outcome of a call unknown. */
export function itCantRead(
  { operation, call, answerWith }: CallUnderTest,
  answers: [what: string, answer: Answer][]
): void {
  it.each(answers)("has an unknown outcome where the answer %s", async (_what, answer) => {
    answerWith(answer)
    expect(await failure(call)).toMatchObject({
      outcome: "unknown",
      reason: "unreadable",
      operation,
    })
  })
}

/** So do answers about another order, and about one whose number is written in other letters. */
export function itTakesNoOtherOrder(
  { operation, call, answerWith }: CallUnderTest,
  order: string,
  answerAbout: (order: string) => Answer
): void {
  it.each([
    ["another order", "01JQ7ZK3V5W8X9Y0A1B2C3D4E51"],
    ["an order in other letters", order.toLowerCase()],
  ])("takes nothing from an answer about %s", async (_what, other) => {
    answerWith(answerAbout(other))
    expect(await failure(call)).toMatchObject({
      outcome: "unknown",
      reason: "mismatch",
      operation,
    })
  })
}

/** So do errors of the gateway's own, whatever stands in them. */
export function itTrustsNoServerError({ call, answerWith }: CallUnderTest, body: unknown): void {
  it.each([500, 502, 503])("has an unknown outcome after HTTP %i", async (status) => {
    answerWith({ status, body })
    expect(await failure(call)).toMatchObject({ outcome: "unknown", reason: "server_error" })
  })
}

/** Answers in which the envelope is right and its `data` is not. */
export function withoutData(success: (data: unknown) => Answer): [what: string, answer: Answer][] {
  return [
    ["has null for data", success(null)],
    ["has a list for data", success([])],
    ["has a text for data", success("ok")],
    ["has empty data", success({})],
  ]
}

/** Answers that are no JSON, or none that says anything. */
export const noMessage: [what: string, answer: Answer][] = [
  ["is null", { body: "null" }],
  ["is empty", { body: "" }],
  ["is a page", { body: "<html>Maintenance</html>" }],
]
