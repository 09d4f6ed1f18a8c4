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

export interface ControlOptions extends CommonParts {
  readonly webhooks: WebhookSender
  /** @throws {Error} that says what is wrong with the address. */
  readonly setWebhookUrl: (url: string | null) => void
}

const webhookBody = z.strictObject({ url: z.string().nullable() })

/** What the sandbox of a gateway with webhooks can be asked and told by another process. */
export function controlRoutes(options: ControlOptions): readonly Route[] {
  const { webhooks, setWebhookUrl } = options
  return [
    ...commonControlRoutes(options),
    control("GET", "webhooks", () => ({
      enabled: webhooks.enabled,
      deliveries: webhooks.deliveries,
    })),
    control("POST", "webhook", (request) => {
      const body = readBody(
        request,
        webhookBody,
        '{"url": "http://..."} or, to set none, {"url": null}'
      )
      setWebhookUrl(body.url)
      return body
    }),
  ]
}

/** The same of a gateway that has none. */
export function commonControlRoutes({ ledger, calls, faults }: CommonParts): readonly Route[] {
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
