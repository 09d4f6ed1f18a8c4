import { parseForm } from "../shared/body"
import { html, htmlPage, type Html } from "../shared/html"
import { htmlReply, seeOther, type Reply, type SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import type { CashyContext } from "./context"
import { formatMoney } from "./format-money"
import { isPatchOf, type CashyOrder } from "./order"
import { decide, payPart } from "./shopper"

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
