import { html, type Html, htmlPage } from "../shared/html"
import { htmlReply, type Reply, type Route, type SandboxRequest, seeOther } from "../shared/server"
import { isPaid, type MocasaOrder } from "./orders"
import type { MocasaContext } from "./sandbox"

const PAGE = "/pay/:linkId"

export function paymentPath(linkId: string): string {
  return PAGE.replace(":linkId", encodeURIComponent(linkId))
}

/** What the shopper sees behind a payment link, and the buttons on it. */
export function paymentPageRoutes(context: MocasaContext): readonly Route[] {
  const withOrder =
    (answer: (order: MocasaOrder) => Reply) =>
    (request: SandboxRequest): Reply => {
      const order = context.orders.getByLink(request.params["linkId"] ?? "")
      return order === undefined ? htmlReply(404, unknownLinkPage()) : answer(order)
    }
  const decided = (choice: "pay" | "decline") =>
    withOrder(({ orderNo }) => seeOther(returnUrlWithResult(decide(context, choice, orderNo))))
  return [
    { method: "GET", path: PAGE, handle: withOrder((order) => htmlReply(200, paymentPage(order))) },
    { method: "POST", path: `${PAGE}/pay`, handle: decided("pay") },
    { method: "POST", path: `${PAGE}/decline`, handle: decided("decline") },
    {
      method: "POST",
      path: `${PAGE}/close`,
      handle: withOrder((order) => seeOther(order.returnUrl)),
    },
  ]
}

/** Assumption: the vendor does not say what the shopper brings back; a merchant must not believe it anyway. */
function returnUrlWithResult(order: MocasaOrder): string {
  const url = new URL(order.returnUrl)
  url.searchParams.set("orderNo", order.orderNo)
  url.searchParams.set("status", order.transaction?.txStatus ?? "")
  return url.href
}

function paymentPage(order: MocasaOrder): string {
  const base = paymentPath(order.linkId)
  return htmlPage(
    "Mocasa Pay sandbox",
    html`<h1>Mocasa Pay</h1>
      <p class="amount">${formatPesos(order.amount)}</p>
      <p class="muted">${order.productName}</p>
      <p class="muted">Order ${order.orderNo}</p>
      ${note(order)}
      <form method="post" action="${base}/close">
        ${isPaid(order) ? "" : decisions(base)}
        <button class="${isPaid(order) ? "primary" : "quiet"}">
          ${isPaid(order) ? "Back to the shop" : "Close"}
        </button>
      </form>`
  )
}

function decisions(base: string): Html {
  return html`<button class="primary" formaction="${base}/pay">Pay</button>
    <button formaction="${base}/decline">Decline</button>`
}

function note(order: MocasaOrder): Html | "" {
  if (order.refund?.refundStatus === "success") {
    return html`<p class="note" role="status">This order was paid and has been refunded.</p>`
  }
  if (isPaid(order)) return html`<p class="note good" role="status">This order is paid.</p>`
  if (order.transaction === null) return ""
  return html`<p class="note bad" role="status">
    The last attempt failed. You can still pay with this link.
  </p>`
}

function unknownLinkPage(): string {
  return htmlPage(
    "Unknown payment link",
    html`<h1>Unknown payment link</h1>
      <p class="note bad">
        There is no order behind this link. The sandbox forgets its orders when it stops: go back to
        the shop and choose the payment again.
      </p>`
  )
}

/** `"1234.50"` is `₱1,234.50`. */
function formatPesos(amount: string): string {
  return `₱${amount.replace(/\B(?=(\d{3})+\.)/g, ",")}`
}

/** What a shopper does with an order, by the page's buttons or on a test's word; Mocasa tells the merchant. */
export function decide(
  { orders, notifier }: Pick<MocasaContext, "orders" | "notifier">,
  choice: "pay" | "decline",
  orderNo: string
): MocasaOrder {
  const { order, changed } = orders[choice](orderNo)
  if (changed) notifier.orderChanged(order)
  return order
}
