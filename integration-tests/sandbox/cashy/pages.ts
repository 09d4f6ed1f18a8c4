import { html, type Html, htmlPage } from "../shared/html"
import {
  htmlReply,
  parseForm,
  type Reply,
  type Route,
  type SandboxRequest,
  seeOther,
} from "../shared/server"
import { type CashyOrder, isPatchOf } from "./orders"
import { isWhole, parseAmount } from "./protocol"
import type { CashyContext } from "./sandbox"

/** Behind payDeskUrl and behind payUrl: the same page, as neither is described by the vendor. */
const PAGES = { payDeskUrl: "/pay/:orderNo", payUrl: "/wallet/:orderNo" } as const

export function pagePath(way: keyof typeof PAGES, orderNo: string): string {
  return PAGES[way].replace(":orderNo", encodeURIComponent(orderNo))
}

/** What the shopper sees, and the buttons on it. Cashy knows no way back to the shop: the shopper stays on the page. */
export function payDeskRoutes(context: CashyContext): readonly Route[] {
  return [PAGES.payDeskUrl, PAGES.payUrl].flatMap((page) => pageRoutes(context, page))
}

function pageRoutes(context: CashyContext, page: string): readonly Route[] {
  const withOrder =
    (answer: (order: CashyOrder, base: string, request: SandboxRequest) => Reply) =>
    (request: SandboxRequest): Reply => {
      const order = context.orders.byOrderNo(request.params["orderNo"] ?? "")
      return order === undefined
        ? htmlReply(404, unknownOrderPage())
        : answer(order, page.replace(":orderNo", encodeURIComponent(order.orderNo)), request)
    }
  const decided = (choice: "pay" | "decline") =>
    withOrder(({ orderNo }, base) => {
      decide(context, choice, orderNo)
      return seeOther(base)
    })
  return [
    {
      method: "GET",
      path: page,
      handle: withOrder((order, base) => htmlReply(200, orderPage(context, order, base))),
    },
    { method: "POST", path: `${page}/pay`, handle: decided("pay") },
    { method: "POST", path: `${page}/decline`, handle: decided("decline") },
    {
      method: "POST",
      path: `${page}/part`,
      handle: withOrder((order, base, request) => {
        try {
          payPart(context, order.orderNo, typedAmount(request))
          return seeOther(base)
        } catch (error) {
          const complaint = error instanceof Error ? error.message : String(error)
          return htmlReply(400, orderPage(context, order, base, complaint))
        }
      }),
    },
  ]
}

function typedAmount({ body }: SandboxRequest): string {
  const form = parseForm(body)
  return "fields" in form ? (form.fields["amount"] ?? "").trim() : ""
}

function orderPage(
  { orders }: CashyContext,
  order: CashyOrder,
  base: string,
  complaint?: string
): string {
  const patches = orders.all().filter((other) => isPatchOf(other, order))
  return htmlPage(
    "Cashy sandbox",
    html`<h1>Cashy</h1>
      <p class="amount">${formatMoney(order)}</p>
      <p class="muted">Order ${order.mchOrderNo}</p>
      ${complaint === undefined ? "" : html`<p class="note bad" role="alert">${complaint}</p>`}
      ${note(order, orders.isOpen(order))} ${patches.length === 0 ? "" : patchesNote(patches)}
      ${orders.isOpen(order) ? decisions(base) : ""}
      <form method="post" action="${base}/part">
        <label>
          Another amount
          <input name="amount" inputmode="decimal" autocomplete="off" required />
        </label>
        <button>Pay another amount</button>
      </form>`
  )
}

function decisions(base: string): Html {
  return html`<form method="post">
    <button class="primary" formaction="${base}/pay">Pay</button>
    <button formaction="${base}/decline">Decline</button>
  </form>`
}

function note({ orderStatus }: CashyOrder, isOpen: boolean): Html | "" {
  if (isOpen) return ""
  return orderStatus === "SUCCESS"
    ? html`<p class="note good" role="status">This order is paid. Go back to the shop.</p>`
    : html`<p class="note bad" role="status">
        This order was declined or has expired. Go back to the shop.
      </p>`
}

function patchesNote(patches: readonly CashyOrder[]): Html {
  return html`<p class="note" role="status">
    Beside it you paid ${patches.map(formatMoney).join(" and ")}.
  </p>`
}

function unknownOrderPage(): string {
  return htmlPage(
    "Unknown order",
    html`<h1>Unknown order</h1>
      <p class="note bad">
        There is no order behind this link. The sandbox forgets its orders when it stops: go back to
        the shop and choose the payment again.
      </p>`
  )
}

const PAGE = "/bank"

/** The shopper's own bank, where a pay code is typed: for orders that have no page of Cashy's. */
export function bankPageRoutes(context: CashyContext): readonly Route[] {
  return [
    { method: "GET", path: PAGE, handle: () => htmlReply(200, bankPage()) },
    { method: "POST", path: PAGE, handle: (request) => transferred(context, request) },
  ]
}

function transferred(context: CashyContext, { body }: SandboxRequest): Reply {
  const form = parseForm(body)
  const { payCode = "", amount = "" } = "fields" in form ? form.fields : {}
  try {
    const order = transfer(context, payCode.trim(), amount.trim())
    return htmlReply(200, bankPage({ kind: "good", text: `You sent ${formatMoney(order)}.` }))
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return htmlReply(400, bankPage({ kind: "bad", text }))
  }
}

function bankPage(note?: { readonly kind: "good" | "bad"; readonly text: string }): string {
  return htmlPage(
    "Bank sandbox",
    html`<h1>Your bank</h1>
      ${note === undefined ? "" : html`<p class="note ${note.kind}" role="status">${note.text}</p>`}
      <form method="post" action="${PAGE}">
        <label
          >Pay code <input name="payCode" inputmode="numeric" autocomplete="off" required
        /></label>
        <label
          >Amount <input name="amount" inputmode="decimal" autocomplete="off" required
        /></label>
        <button class="primary">Send</button>
      </form>`
  )
}

type Shopping = Pick<CashyContext, "orders" | "notifier" | "settings">

/** What a shopper does with an order, by the page's buttons or on a test's word; Cashy tells the merchant. */
export function decide(
  { orders, notifier }: Shopping,
  choice: "pay" | "decline",
  number: string
): CashyOrder {
  const { order, changed } = orders[choice](number)
  if (changed) notifier.orderChanged(order)
  return order
}

/** Pays another amount than was ordered, or once more, whatever became of the order. @returns the PATCH order */
export function payPart(
  { orders, notifier, settings }: Shopping,
  number: string,
  text: string
): CashyOrder {
  const { patchNumbering, wholeAmounts } = settings()
  const amount = requireAmount(text)
  if (wholeAmounts && !isWhole(amount)) throw new Error(`${text} has places, and amounts are whole`)
  const patch = orders.patch(number, amount, patchNumbering)
  notifier.orderChanged(patch)
  return patch
}

/** A transfer to a pay code: it pays the order where it can and is a supplementary payment where it can't. */
export function transfer(context: Shopping, payCode: string, amount: string): CashyOrder {
  const order = context.orders.byPayCode(payCode)
  if (order === undefined) throw new Error(`No order waits for transfers to ${payCode}`)
  const isWhatWasOrdered = order.amount === requireAmount(amount) && context.orders.isOpen(order)
  return isWhatWasOrdered
    ? decide(context, "pay", order.orderNo)
    : payPart(context, order.orderNo, amount)
}

export function requireAmount(text: string): string {
  const amount = parseAmount(text)
  if (amount === undefined) {
    throw new Error(`"${text}" is no amount: a positive decimal with at most two places, as 100.00`)
  }
  return amount
}

/** `"1234.50"` of PKR is `PKR 1,234.50`. */
function formatMoney({ amount, currency }: { amount: string; currency: string }): string {
  return `${currency} ${amount.replace(/\B(?=(\d{3})+\.)/g, ",")}`
}
