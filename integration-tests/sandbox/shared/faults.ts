import type { ServerResponse } from "node:http"
import { pipeline } from "node:stream/promises"
import { z } from "zod"
import { htmlReply, jsonReply, type Reply } from "./server"

const aim = {
  /** The route's path as the gateway declares it, or `*` for whatever is called next. */
  path: z.union([z.literal("*"), z.string().startsWith("/")]),
  times: z.union([z.int().positive(), z.literal("forever")]).default(1),
  /** How many calls go well before it strikes, counted once the faults of the path before it have struck. */
  after: z.int().nonnegative().default(0),
}
/** Whether the gateway still does what it was asked for. A client can't tell: that is the point. */
const acts = (byDefault: boolean) => z.boolean().default(byDefault)

const faultSchema = z.discriminatedUnion("kind", [
  /** Waits, then acts and answers, also when the client has hung up by then. Joins the next other fault. */
  z.strictObject({ kind: z.literal("latency"), ...aim, ms: z.int().nonnegative() }),
  /** Acts, then drops the connection without a byte. */
  z.strictObject({ kind: z.literal("answer-lost"), ...aim }),
  /** Resets the connection and does nothing. */
  z.strictObject({ kind: z.literal("reset-before-acting"), ...aim }),
  /** Keeps the connection open and never answers. */
  z.strictObject({ kind: z.literal("black-hole"), ...aim, acts: acts(false) }),
  z.strictObject({
    kind: z.literal("http-error"),
    ...aim,
    status: z.int().min(400).max(599).default(500),
    acts: acts(false),
  }),
  /** A page for people where JSON was due, as a proxy or a maintenance page sends it. */
  z.strictObject({
    kind: z.literal("html"),
    ...aim,
    status: z.int().min(200).max(599).default(200),
    acts: acts(false),
  }),
  z.strictObject({
    kind: z.literal("wrong-shape"),
    ...aim,
    answer: z.json().default({ result: [] }),
    acts: acts(true),
  }),
  /** Acts, announces the whole answer, sends the first half of it and drops the connection. */
  z.strictObject({ kind: z.literal("half-answer"), ...aim }),
  z.strictObject({
    kind: z.literal("huge-body"),
    ...aim,
    bytes: z
      .int()
      .positive()
      .default(50 * 1024 * 1024),
    acts: acts(true),
  }),
  /** 307 by default: a client that follows it carries the body, and with it the secrets, to another host. */
  z.strictObject({
    kind: z.literal("redirect"),
    ...aim,
    location: z.url(),
    status: z.int().min(300).max(399).default(307),
    acts: acts(false),
  }),
  /** Does not act; answers HTTP 401 in the gateway's own words. */
  z.strictObject({ kind: z.literal("unauthorized"), ...aim }),
])

export type Fault = z.output<typeof faultSchema>
export type FaultInput = z.input<typeof faultSchema>
type LatencyFault = Extract<Fault, { kind: "latency" }>
type AnswerFault = Exclude<Fault, LatencyFault>

/** What is to go wrong with one call. */
interface Trouble {
  readonly latencyMs: number
  readonly fault: AnswerFault | undefined
}

/** What goes wrong, and how often. Faults of one path strike in the order they were added. */
export class Faults {
  #waiting: Fault[] = []

  /** @throws {Error} that names what is wrong with the fault. */
  add(fault: FaultInput): void {
    this.addUnchecked(fault)
  }

  /** For what comes over HTTP. @throws {Error} as `add` does. */
  addUnchecked(fault: unknown): void {
    const parsed = faultSchema.safeParse(fault)
    if (!parsed.success) throw new Error(`Not a fault: ${z.prettifyError(parsed.error)}`)
    this.#waiting.push(parsed.data)
  }

  clear(): void {
    this.#waiting = []
  }

  /** Those that have not yet struck as often as they were to. */
  waiting(): readonly Fault[] {
    return [...this.#waiting]
  }

  /** Uses up what is waiting for a call of this path: at most one latency and one other fault. */
  strike(path: string): Trouble {
    const latency = this.#take(path, isLatency)
    return { latencyMs: latency?.ms ?? 0, fault: this.#take(path, isAnswerFault) }
  }

  #take<Kind extends Fault>(
    path: string,
    isKind: (fault: Fault) => fault is Kind
  ): Kind | undefined {
    for (const [index, fault] of this.#waiting.entries()) {
      if (!isKind(fault) || (fault.path !== "*" && fault.path !== path)) continue
      if (fault.after > 0) {
        this.#waiting[index] = { ...fault, after: fault.after - 1 }
        return undefined
      }
      if (fault.times === "forever") return fault
      if (fault.times === 1) this.#waiting.splice(index, 1)
      else this.#waiting[index] = { ...fault, times: fault.times - 1 }
      return fault
    }
    return undefined
  }
}

function isLatency(fault: Fault): fault is LatencyFault {
  return fault.kind === "latency"
}

function isAnswerFault(fault: Fault): fault is AnswerFault {
  return fault.kind !== "latency"
}

interface Answering {
  readonly response: ServerResponse
  /** Does what the call asks for. Called once, or never where the fault strikes before it. */
  readonly act: () => Promise<Reply>
  /** The gateway's own words for a token it does not take. */
  readonly unauthorized: () => Reply
}

export function sendReply(response: ServerResponse, reply: Reply): void {
  const bytes = Buffer.from(reply.body, "utf8")
  response.writeHead(reply.status, { ...reply.headers, "content-length": bytes.length }).end(bytes)
}

export async function answerWithFault(fault: AnswerFault, answering: Answering): Promise<void> {
  const { response, act, unauthorized } = answering
  if ("acts" in fault && fault.acts) await act()
  switch (fault.kind) {
    case "answer-lost":
      await act()
      response.destroy()
      return
    case "reset-before-acting":
      response.socket?.resetAndDestroy()
      return
    case "black-hole":
      return
    case "http-error":
      sendReply(response, jsonReply(fault.status, { error: "A fault of the sandbox" }))
      return
    case "html":
      sendReply(response, htmlReply(fault.status, "<!doctype html><h1>Down for maintenance</h1>"))
      return
    case "wrong-shape":
      sendReply(response, jsonReply(200, fault.answer))
      return
    case "half-answer":
      sendHalf(response, await act())
      return
    case "huge-body":
      await sendHuge(response, fault.bytes)
      return
    case "redirect":
      sendReply(response, {
        status: fault.status,
        headers: { location: fault.location },
        body: "",
      })
      return
    case "unauthorized":
      sendReply(response, unauthorized())
      return
    default:
      return assertUnreachable(fault)
  }
}

function sendHalf(response: ServerResponse, reply: Reply): void {
  const bytes = Buffer.from(reply.body, "utf8")
  response.writeHead(reply.status, { ...reply.headers, "content-length": bytes.length })
  const half = bytes.subarray(0, Math.floor(bytes.length / 2))
  response.write(half, () => response.destroy())
}

async function sendHuge(response: ServerResponse, size: number): Promise<void> {
  response.writeHead(200, { "content-type": "application/json" })
  await pipeline(hugeJson(size), response)
}

/** Valid JSON all the way, and never held in memory as a whole on this side. */
function* hugeJson(size: number): Generator<Buffer> {
  const chunk = Buffer.alloc(64 * 1024, "x")
  yield Buffer.from('{"data":"')
  for (let sent = 0; sent < size; sent += chunk.length) yield chunk
  yield Buffer.from('"}')
}

function assertUnreachable(value: never): never {
  throw new Error(`Unhandled fault: ${JSON.stringify(value)}`)
}
