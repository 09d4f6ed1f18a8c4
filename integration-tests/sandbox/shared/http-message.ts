import type { IncomingHttpHeaders } from "node:http"

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
