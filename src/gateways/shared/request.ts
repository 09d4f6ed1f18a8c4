/** A call to a gateway, and how it is written as an HTTP request. */

import type { IncomingHttpHeaders } from "node:http"
import { type GatewayErrorReason, GatewayNotSentError, type GatewayOutcome } from "./errors"
import { Secret } from "./secret"

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
  /** The time at the gateway, as its answer's header has it. */
  date?: string
}

/** A call as it goes onto the wire. */
export type WireRequest = {
  origin: string
  /** Path and query, as they stand in the request line. */
  target: string
  /** Both together. */
  url: string
  headers: Record<string, string | false>
  data: string | undefined
}

/** The base address in two parts; the path without a slash at its end. */
export type WireBase = { origin: string; basePath: string }

/** What the request line is made of. */
export type TargetOf = Pick<GatewayCall, "operation" | "path" | "pathParams" | "query">

/** Only characters that no URL parser rewrites: the path that is signed is the path that is sent. */
const PATH = /^\/[\w.~!$&'()*+,;=:@%/-]*$/
/** `/./` and `/../` would be resolved on the way; so would their percent-encoded forms. */
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:\/|$)/i
/** What HTTP lets a header hold. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** @throws GatewayNotSentError (`invalid_request`): a fault of the caller, found before sending */
export function wireRequest(gateway: string, base: WireBase, call: GatewayCall): WireRequest {
  const target = requestTarget(gateway, base, call)
  return {
    origin: base.origin,
    target,
    url: base.origin + target,
    headers: headersOf(gateway, call),
    data: call.body && ("json" in call.body ? call.body.json : formText(call.body.form)),
  }
}

/**
 * Path and query as they stand in the request line, for gateways that sign them.
 *
 * @throws GatewayNotSentError (`invalid_request`)
 */
export function requestTarget(gateway: string, { basePath }: WireBase, call: TargetOf): string {
  const path = basePath + (call.path.includes("{") ? filledPath(gateway, call) : call.path)
  if (!call.path.startsWith("/") || !PATH.test(path) || DOT_SEGMENT.test(path)) {
    throw invalidRequest(gateway, call, "its path is not a plain path")
  }
  const search = call.query && new URLSearchParams(call.query).toString()
  return search ? `${path}?${search}` : path
}

function filledPath(gateway: string, call: TargetOf): string {
  const params = call.pathParams ?? {}
  return call.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    // A value that is empty or dots would make it another path, and so another call.
    if (value === undefined || /^\.{0,2}$/.test(value) || !isWellFormed(value)) {
      throw invalidRequest(gateway, call, `its path parameter ${name} is missing or not usable`)
    }
    return encodeURIComponent(value)
  })
}

/** `detail` says what is wrong without a value. */
function invalidRequest(
  gateway: string,
  { operation }: TargetOf,
  detail: string
): GatewayNotSentError {
  return new GatewayNotSentError({ gateway, operation, reason: "invalid_request", detail })
}

function headersOf(gateway: string, call: GatewayCall): WireRequest["headers"] {
  const headers: WireRequest["headers"] = {
    Accept: "application/json",
    "Accept-Encoding": "gzip, deflate, br",
    "Content-Type": contentType(call.body),
  }
  for (const [name, value] of Object.entries(call.headers ?? {})) {
    const text = revealed(value)
    // The HTTP library would silently drop the characters, and a signature with them.
    if (!HEADER_VALUE.test(text)) {
      const detail = `its header ${name} holds characters that a header can't hold`
      throw invalidRequest(gateway, call, detail)
    }
    headers[ownNames.get(name.toLowerCase()) ?? name] = text
  }
  return headers
}

/** A header of the call's goes in the place of ours, however it is written. */
const ownNames: ReadonlyMap<string, string> = new Map(
  ["Accept", "Accept-Encoding", "Content-Type"].map((name) => [name.toLowerCase(), name])
)

/** False keeps the HTTP library from naming a type for a body that is not there. */
function contentType(body: GatewayCall["body"]): string | false {
  if (body === undefined) {
    return false
  }
  return "json" in body ? "application/json" : "application/x-www-form-urlencoded"
}

function formText(form: WireFields): string {
  const fields = new URLSearchParams()
  for (const [name, value] of Object.entries(form)) {
    fields.append(name, revealed(value))
  }
  return fields.toString()
}

function revealed(value: string | Secret): string {
  return value instanceof Secret ? value.reveal() : value
}

/** encodeURIComponent throws for a lone surrogate. */
function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text)
}

/** The gateway's address can't be used; the sentence is for the merchant. */
export class InvalidEndpointError extends Error {
  override readonly name = "InvalidEndpointError"
}

/**
 * What is wrong with a gateway's base address, as the rest of a sentence that begins with the
 * option's name ("must begin with https://"); undefined where nothing is. For option schemas.
 */
export function endpointProblem(baseUrl: string): string | undefined {
  // URL would remove blanks and line breaks silently.
  if (/\s/.test(baseUrl)) {
    return "must not contain blanks or line breaks"
  }
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    return "must be an address such as https://api.example.com"
  }
  if (url.username !== "" || url.password !== "") {
    return "must not contain a user name or password; credentials have options of their own"
  }
  if (/[?#]/.test(baseUrl)) {
    return "must not contain a query (?) or a fragment (#)"
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return "must begin with https:// (plain http is accepted only for localhost)"
  }
  return undefined
}

/**
 * The base address in its normal form, without a slash at the end.
 *
 * @throws InvalidEndpointError, which begins with `name` and does not repeat the address: it may
 * hold a password
 */
export function gatewayUrl(baseUrl: string, { name }: { name: string }): string {
  const problem = endpointProblem(baseUrl)
  if (problem !== undefined) {
    throw new InvalidEndpointError(`${name}: the base address ${problem}`)
  }
  return new URL(baseUrl).href.replace(/\/+$/, "")
}

/** The host of a parsed URL, which writes 127.1 and 0x7f000001 as 127.0.0.1. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

/** The fields that are there; what is undefined is left out of a form. */
export function withoutGaps(
  fields: Readonly<Record<string, string | undefined>>
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined)
  )
}
