import qrcode from "qrcode-generator"
import type { NextAction } from "../providers/base/gateway"

export type { NextAction }

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

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== ""
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

type PageAction = Extract<NextAction, { type: "redirect" | "post_form" }>

type FormLike = {
  setAttribute(name: string, value: string): void
  append(...inputs: unknown[]): void
  submit(): void
}

/** What is used of a browser's document; named here, so that no server code is compiled with a browser's types. */
export type DocumentLike = {
  location: { assign(url: string): void } | null
  body: { append(form: unknown): void }
  createElement(name: "form"): FormLike
  createElement(name: "input"): object
}

/**
 * Sends the shopper to the gateway's own page: by a link, or by a form that the browser posts.
 *
 * A field in a form hides the form's own property of that name, and banks have fields called `submit`, `action` and
 * `method`. So the form is complete before its fields come, all at once, and is submitted by the method of another
 * form, which has none.
 */
export function leaveFor(action: PageAction, page: DocumentLike): void {
  if (action.type === "redirect") {
    page.location?.assign(action.url)
    return
  }
  const form = page.createElement("form")
  form.setAttribute("method", "post")
  form.setAttribute("action", action.url)
  // Whatever the page around it is written in.
  form.setAttribute("accept-charset", "utf-8")
  const inputs = Object.entries(action.fields).map(([name, value]) =>
    // The type first: any other kind of input takes line breaks out of a value.
    Object.assign(page.createElement("input"), { type: "hidden", name, value })
  )
  page.body.append(form)
  form.append(...inputs)
  const { submit } = page.createElement("form")
  submit.call(form)
}

/**
 * A QR code as an SVG that scales to the space it is given, to be put into the page as it is.
 *
 * @param value what the wallet's camera is to read, such as `weixin://wxpay/...`; any text, as UTF-8
 * @param label read aloud to those who can't see it
 * @throws Error when the value is longer than a QR code can hold (about 2,300 bytes)
 */
export function qrSvg(value: string, label = "QR code to pay with"): string {
  // 0: as large as it has to be. M: read even when a seventh of it is dirty.
  const code = qrcode(0, "M")
  code.addData(bytesOf(value), "Byte")
  code.make()
  const svg = code.createSvgTag({ cellSize: 1, margin: 4, scalable: true })
  return svg.replace("<svg ", `<svg role="img" aria-label="${attribute(label)}" `)
}

/** A character for each byte of UTF-8, because the library writes the lower eight bits of each character. */
function bytesOf(value: string): string {
  return Array.from(new TextEncoder().encode(value), (byte) => String.fromCharCode(byte)).join("")
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")
}
