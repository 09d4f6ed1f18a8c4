import { z } from "zod"
import {
  mediaType,
  parseJson,
  jsonReply,
  type Reply,
  type SandboxRequest,
  CONTROL_PREFIX,
} from "./server"
import type { CallLog } from "./call-log"
import type { Faults } from "./faults"
import type { Ledger } from "./ledger"
import type { Route } from "./server"
import type { WebhookSender } from "./webhook-sender"

/** What every gateway's sandbox has. */
export interface CommonParts {
  readonly ledger: Ledger
  readonly calls: CallLog
  readonly faults: Faults
}

export interface WebhookParts {
  readonly sender: WebhookSender
  /** @throws {Error} that says what is wrong with the address. */
  readonly setUrl: (url: string | null) => void
}

/** What every sandbox can be asked and told by another process, also about webhooks where its gateway has them. */
export function controlRoutes(
  { ledger, calls, faults }: CommonParts,
  webhooks: WebhookParts | undefined
): readonly Route[] {
  return [
    control("GET", "ledger", () => ledger.entries()),
    control("GET", "calls", () => calls.list()),
    control("GET", "faults", () => faults.waiting()),
    control("POST", "faults", (request) => {
      faults.addUnchecked(readJson(request))
      return faults.waiting()
    }),
    control("DELETE", "faults", () => {
      faults.clear()
      return faults.waiting()
    }),
    ...(webhooks === undefined ? [] : webhookRoutes(webhooks)),
  ]
}

const webhookBody = z.strictObject({ url: z.string().nullable() })

function webhookRoutes({ sender, setUrl }: WebhookParts): readonly Route[] {
  return [
    control("GET", "webhooks", () => ({ enabled: sender.enabled, deliveries: sender.deliveries })),
    control("POST", "webhook", (request) => {
      const example = '{"url": "http://..."} or, to set none, {"url": null}'
      const body = readBody(request, webhookBody, example)
      setUrl(body.url)
      return body
    }),
  ]
}

/**
 * The part of the shopper, the bank or the gateway in one thing, for another process: `GET` of it shows it, `POST` to an
 * action behind it does that.
 *
 * @param kind its path begins with it and an `s`
 */
export function controlsOf<Thing>(
  kind: "order" | "payment" | "payout" | "transfer",
  find: (number: string) => Thing | undefined,
  actions: Readonly<Record<string, (thing: Thing, request: SandboxRequest) => unknown>>,
  shown: (thing: Thing) => unknown = (thing) => thing
): readonly Route[] {
  const found = (request: SandboxRequest) => {
    const number = request.params["number"] ?? ""
    const thing = find(number)
    if (thing === undefined) throw new NotFoundError(`There is no ${kind} ${number}`)
    return thing
  }
  const path = `${kind}s/:number`
  return [
    control("GET", path, (request) => shown(found(request))),
    ...Object.entries(actions).map(([action, act]) =>
      control("POST", `${path}/${action}`, (request) => act(found(request), request))
    ),
  ]
}

class NotFoundError extends Error {}

/** A control route that answers a value as JSON, and what its handler throws as a 404 or 400 that says why. */
function control(
  method: Route["method"],
  path: string,
  answer: (request: SandboxRequest) => unknown
): Route {
  return {
    method,
    path: CONTROL_PREFIX + path,
    handle: (request): Reply => {
      try {
        return jsonReply(200, answer(request))
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        return jsonReply(error instanceof NotFoundError ? 404 : 400, { error: message })
      }
    },
  }
}

/**
 * @param example what stands behind "Send" where the body is of another shape
 * @throws {Error} that says how to send it.
 */
export function readBody<Body>(
  request: SandboxRequest,
  shape: z.ZodType<Body>,
  example: string
): Body {
  const parsed = shape.safeParse(readJson(request))
  if (!parsed.success) throw new Error(`Send ${example}`)
  return parsed.data
}

/** @throws {Error} that says how to send it. */
function readJson(request: SandboxRequest): unknown {
  // A page in a browser can't send this type to another origin without asking first: so none can aim webhooks.
  if (mediaType(request) !== "application/json") {
    throw new Error("Send JSON with the header content-type: application/json")
  }
  const value = parseJson(request.body.toString("utf8"))
  if (value === undefined) throw new Error("The body is not JSON")
  return value
}
