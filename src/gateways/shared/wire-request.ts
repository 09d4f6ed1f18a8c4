import type { GatewayCall, WireFields } from "./gateway-call"
import { GatewayNotSentError } from "./gateway-error"
import { Secret } from "./secret"

/** A call as it goes onto the wire. */
export type WireRequest = {
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
  return {
    url: base.origin + requestTarget(gateway, base, call),
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
    "Content-Type": contentType(call.body),
  }
  for (const [name, value] of Object.entries(call.headers ?? {})) {
    const text = revealed(value)
    // The HTTP library would silently drop the characters, and a signature with them.
    if (!HEADER_VALUE.test(text)) {
      const detail = `its header ${name} holds characters that a header can't hold`
      throw invalidRequest(gateway, call, detail)
    }
    headers[name] = text
  }
  return headers
}

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
