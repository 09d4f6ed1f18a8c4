import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { answerWithFault, sendReply } from "./answer"
import { BodyTooLargeError, readBody } from "./body"
import type { CallLog } from "./call-log"
import type { Faults } from "./faults"
import { jsonReply, type Reply, type SandboxRequest } from "./http-message"
import { matchRoute, type Route } from "./router"

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
