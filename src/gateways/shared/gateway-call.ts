import type { IncomingHttpHeaders } from "node:http"
import type { GatewayErrorReason, GatewayOutcome } from "./gateway-error"
import type { Secret } from "./secret"

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

/** Fields and headers may be given as Secrets: they are revealed only where they are written. */
export type WireFields = Readonly<Record<string, string | Secret>>

export type GatewayCall = {
  /** The gateway client's own word for it, such as `createOrder`; it names the call in errors. */
  operation: string
  method: HttpMethod
  /** From the base address on, with `{name}` for what differs from call to call: `/orders/{id}`. */
  path: string
  /** What stands for the `{name}`s of the path; written percent-encoded, never shown in logs. */
  pathParams?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, string>>
  headers?: WireFields
  /** `json` is sent byte for byte as it is given, so that what was signed is what is sent. */
  body?: { form: WireFields } | { json: string }
  /** The call changes nothing at the gateway and may be repeated. The HTTP method does not tell. */
  reads: boolean
  /**
   * It asks about a number that nobody proved, so that whoever made the number up decides how it is answered. It is
   * tried once, never counts for or against the host, and is not sent to one that is away.
   */
  isGuess?: boolean
  /** How long its answer is waited for, in milliseconds, in place of the client's `headersMs`. */
  timeoutMs?: number
  signal?: AbortSignal
}

/** A complete answer, unpacked but not yet read. */
export type GatewayAnswer = {
  httpStatus: number
  /** Names in lower case. */
  headers?: IncomingHttpHeaders
  body: Buffer
}

/** One attempt, told to the log. Nothing in it can hold a secret: no query, no values, no body. */
export type GatewayCallRecord = {
  gateway: string
  operation: string
  method: HttpMethod
  /** As the call declares it: `/orders/{id}`. */
  path: string
  /** From 1; above that it is a repeat of a reading call. */
  attempt: number
  ms: number
  outcome: "answered" | GatewayOutcome
  reason?: GatewayErrorReason
  httpStatus?: number
}
