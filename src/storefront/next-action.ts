import { isRecord, isText } from "./json"

/** What the shopper must do next; the same for all gateways. */
export type NextAction =
  | { type: "redirect"; url: string }
  | { type: "post_form"; url: string; fields: Record<string, string> }
  | { type: "qr_code"; value: string; expires_at?: string }
  | { type: "pay_code"; code: string; expires_at?: string }
  | { type: "shopper_code" }
  | { type: "none" }

/** The shopper pays on a page of the gateway's. */
export type PageAction = Extract<NextAction, { type: "redirect" | "post_form" }>

/** A payment session as Medusa's Store API gives it, as far as it is read here. */
export type PaymentSessionLike = { data?: Record<string, unknown> | null }

const nothing: NextAction = { type: "none" }

/**
 * What the shopper must do next to pay: the same six answers for all gateways. A session of another plugin,
 * one that is over, and no session at all give `none`.
 *
 * @example
 * const action = nextAction(session)
 * switch (action.type) {
 *   case "redirect":
 *   case "post_form":  leaveFor(action, document); break   // to the gateway's own page
 *   case "qr_code":    show(qrSvg(action.value)); break     // then waitForPayment
 *   case "pay_code":   show(action.code); break             // then waitForPayment
 *   case "shopper_code": break                              // the seller scans the shopper's code
 *   case "none":       break                                // complete the cart
 * }
 */
export function nextAction(session: PaymentSessionLike | null | undefined): NextAction {
  const action = session?.data?.next_action
  if (!isRecord(action)) {
    return nothing
  }
  const { type, url, fields, value, code } = action
  switch (type) {
    case "redirect":
      return isWebAddress(url) ? { type, url } : nothing
    case "post_form":
      return isWebAddress(url) && isRecord(fields) ? { type, url, fields: texts(fields) } : nothing
    case "qr_code":
      return isText(value) ? { type, value, ...expiry(action) } : nothing
    case "pay_code":
      return isText(code) ? { type, code, ...expiry(action) } : nothing
    case "shopper_code":
      return { type }
    default:
      return nothing
  }
}

function expiry({ expires_at }: Record<string, unknown>): { expires_at?: string } {
  return isText(expires_at) ? { expires_at } : {}
}

/** Medusa merges a session's data deeply and clears with null: what is no text is no field. */
function texts(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : []
    )
  )
}

/** Nothing but a page is ever opened: no `javascript:`, no `data:`, and nothing that a browser would throw on. */
function isWebAddress(value: unknown): value is string {
  if (typeof value !== "string" || !/^https?:\/\//i.test(value)) {
    return false
  }
  try {
    return new URL(value).host !== ""
  } catch {
    return false
  }
}
