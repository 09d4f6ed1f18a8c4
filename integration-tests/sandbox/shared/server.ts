import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http"
import type { AddressInfo } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import type { CallLog } from "./call-log"
import { answerWithFault, type Faults, sendReply } from "./faults"

const LOOPBACK = "127.0.0.1"
const MAX_BODY_BYTES = 1024 * 1024
/** What stands under it belongs to the sandbox, not to the gateway: no faults, no entry in the call log. */
export const CONTROL_PREFIX = "/_sandbox/"

/** What a gateway refuses before a route of its own is asked. */
export type Problem = "unknown-path" | "wrong-method" | "body-too-large" | "unauthorized"

export interface ServerOptions {
  /** 0 for any free port. */
  readonly port: number
  readonly gatewayRoutes: readonly Route[]
  readonly controlRoutes: readonly Route[]
  readonly faults: Faults
  readonly calls: CallLog
  /** The gateway's words for each problem. */
  readonly refuse: (problem: Problem) => Reply
}

export interface SandboxServer {
  /** Without a slash at the end. */
  readonly url: string
  /** Ends every connection and every wait. */
  close(): Promise<void>
}

export class PortTakenError extends Error {
  constructor(readonly port: number) {
    super(`Port ${port} on ${LOOPBACK} is taken by another program`)
  }
}

/** @throws {PortTakenError} */
export async function startServer(options: ServerOptions): Promise<SandboxServer> {
  const closing = new AbortController()
  const server = createServer((request, response) => {
    serve(request, response, options, closing.signal).catch((error: unknown) => {
      // A client that hung up, or the sandbox closing: nobody is left to answer.
      if (response.headersSent || closing.signal.aborted) response.destroy()
      else
        sendReply(
          response,
          jsonReply(500, { error: `The sandbox itself failed: ${String(error)}` })
        )
    })
  })
  const port = await listen(server, options.port)
  return {
    url: `http://${LOOPBACK}:${port}`,
    close: () =>
      new Promise((resolve) => {
        closing.abort()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? new PortTakenError(port) : error)
    )
    server.listen(port, LOOPBACK, () => {
      const address: AddressInfo | string | null = server.address()
      resolve(typeof address === "object" && address !== null ? address.port : port)
    })
  })
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  options: ServerOptions,
  closing: AbortSignal
): Promise<void> {
  const url = new URL(message.url ?? "/", `http://${LOOPBACK}`)
  const method = message.method ?? "GET"
  const isControl = url.pathname.startsWith(CONTROL_PREFIX)
  const routes = isControl ? options.controlRoutes : options.gatewayRoutes
  const match = matchRoute(routes, method, url.pathname)

  let body: Buffer
  try {
    body = await readBody(message, MAX_BODY_BYTES)
  } catch (error) {
    if (!(error instanceof BodyTooLargeError)) return void response.destroy()
    return sendReply(response, options.refuse("body-too-large"))
  }

  const request: SandboxRequest = {
    method,
    path: url.pathname,
    target: message.url ?? "/",
    params: match.kind === "found" ? match.params : {},
    query: url.searchParams,
    headers: message.headers,
    body,
  }
  if (isControl) {
    return sendReply(
      response,
      match.kind === "found"
        ? await match.route.handle(request)
        : jsonReply(404, { error: `There is no ${method} ${url.pathname} in the sandbox` })
    )
  }

  options.calls.record(request)
  if (match.kind !== "found") return sendReply(response, options.refuse(match.kind))

  const act = async () => match.route.handle(request)
  const { path, faultPath } = match.route
  const { latencyMs, fault } = options.faults.strike(faultPath?.(request) ?? path)
  if (latencyMs > 0) await sleep(latencyMs, undefined, { signal: closing })
  if (fault === undefined) return sendReply(response, await act())
  await answerWithFault(fault, {
    response,
    act,
    unauthorized: () => options.refuse("unauthorized"),
  })
}

export interface Route {
  readonly method: "GET" | "POST" | "DELETE"
  /** `:name` stands for one segment. */
  readonly path: string
  /** For gateways whose pages write a path in both ways; faults and refusals know it by `path` alone. */
  readonly mayEndWithSlash?: boolean
  /** What faults know a call by, for gateways that make several calls by one path; `path` unless told. */
  readonly faultPath?: (request: SandboxRequest) => string
  readonly handle: (request: SandboxRequest) => Reply | Promise<Reply>
}

type Match =
  | {
      readonly kind: "found"
      readonly route: Route
      readonly params: Readonly<Record<string, string>>
    }
  | { readonly kind: "wrong-method" }
  | { readonly kind: "unknown-path" }

export function matchRoute(routes: readonly Route[], method: string, path: string): Match {
  let pathIsKnown = false
  for (const route of routes) {
    const params = matchPath(route.path, route.mayEndWithSlash ? withoutLastSlash(path) : path)
    if (params === undefined) continue
    if (route.method === method) return { kind: "found", route, params }
    pathIsKnown = true
  }
  return { kind: pathIsKnown ? "wrong-method" : "unknown-path" }
}

function withoutLastSlash(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/")
  const given = path.split("/")
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? ""
    if (!segment.startsWith(":")) {
      if (segment !== value) return undefined
      continue
    }
    const decoded = decodeSegment(value)
    if (!decoded) return undefined
    params[segment.slice(1)] = decoded
  }
  return params
}

function decodeSegment(value: string): string | undefined {
  try {
    return decodeURIComponent(value)
  } catch {
    return undefined
  }
}

export interface SandboxRequest {
  readonly method: string
  readonly path: string
  /** Path and query exactly as they were sent, for gateways whose signature covers these bytes. */
  readonly target: string
  /** What stood in place of `:name` in the route's path, percent-decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export function jsonReply(status: number, value: unknown): Reply {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) }
}

export function htmlReply(status: number, body: string): Reply {
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      // No `form-action`: Chromium applies it to the redirect after a form too, and that one leads to the shop.
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      "cache-control": "no-store",
    },
    body,
  }
}

/** 303, so that the browser comes back with GET after it has sent a form. */
export function seeOther(location: string): Reply {
  return { status: 303, headers: { location, "cache-control": "no-store" }, body: "" }
}

class BodyTooLargeError extends Error {}

/** @throws {BodyTooLargeError} when more than `limit` bytes come. */
async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    // Read to its end, but not kept: leaving the loop would drop the connection and the refusal with it.
    if (size <= limit) chunks.push(bytes)
  }
  if (size > limit) throw new BodyTooLargeError(`The request body is larger than ${limit} bytes`)
  return Buffer.concat(chunks)
}

/** The media type alone, in lower case: `Application/JSON; charset=utf-8` is `application/json`. */
export function mediaType(request: Pick<SandboxRequest, "headers">): string {
  const [type = ""] = (request.headers["content-type"] ?? "").split(";")
  return type.trim().toLowerCase()
}

type Form =
  | { readonly fields: Readonly<Record<string, string>> }
  /** A field that came twice has no one meaning: a strict gateway must refuse it. */
  | { readonly repeated: string }

export function parseForm(body: Buffer): Form {
  const fields = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(body.toString("utf8"))) {
    if (fields.has(name)) return { repeated: name }
    fields.set(name, value)
  }
  return { fields: Object.fromEntries(fields) }
}

/** `undefined` where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The URL a text stands for, if it is an absolute http or https one; `javascript:` and the like are not. */
export function parseHttpUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  return url.protocol === "http:" || url.protocol === "https:" ? url : undefined
}
