import { html, htmlPage, type Html } from "../shared/html"
import { isDecided, type KessOrder } from "./orders"
import { charged } from "./reply-values"
import { findService } from "./services"
import { walletCode, walletPath } from "./wallet-code"

/** Where a QR is scanned by its text; below it the payments that wait for the buyer's PIN. */
export function scanPage(orders: readonly KessOrder[], problem?: string): string {
  return htmlPage(
    "Wallet sandbox",
    html`<h1>Wallet</h1>
      ${problem === undefined ? "" : html`<p class="note bad" role="alert">${problem}</p>`}
      <form method="get" action="${walletPath}">
        <label>
          Text of the QR
          <input name="code" autocomplete="off" required />
        </label>
        <button class="primary">Scan</button>
      </form>
      ${waiting(orders.filter((order) => order.kind !== "native" && !isDecided(order)))}`
  )
}

function waiting(orders: readonly KessOrder[]): Html | "" {
  if (orders.length === 0) return ""
  const links = orders
    .map((order) => html`<a href="${linkTo(order)}">${priceOf(order)}</a>`)
    .reduce((all, link) => html`${all}, ${link}`)
  return html`<p class="note" role="status">A seller has scanned your code: ${links}</p>`
}

export function orderPage(order: KessOrder): string {
  const { subStoreName, outTradeNo, serviceId } = order
  return htmlPage(
    "Wallet sandbox",
    html`<h1>${findService(serviceId)?.title ?? "Wallet"}</h1>
      <p class="amount">${priceOf(order)}</p>
      <p class="muted">${subStoreName ?? "KESS Pay merchant"}</p>
      <p class="muted">Order ${outTradeNo}</p>
      ${note(order)} ${order.payment === null ? decisions(order) : ""}`
  )
}

function decisions(order: KessOrder): Html {
  const code = encodeURIComponent(walletCode(order))
  return html`<form method="post">
    <button class="primary" formaction="${walletPath}/pay?code=${code}">Pay</button>
    <button formaction="${walletPath}/decline?code=${code}">Decline</button>
  </form>`
}

function note(order: KessOrder): Html | "" {
  if (order.payment !== null) return html`<p class="note good" role="status">Paid.</p>`
  if (!order.declined) return ""
  return html`<p class="note bad" role="status">You declined. You can still pay.</p>`
}

function linkTo(order: KessOrder): string {
  return `${walletPath}?code=${encodeURIComponent(walletCode(order))}`
}

/** What the buyer pays, the fee on top included. */
function priceOf(order: KessOrder): string {
  return `${charged(order)} ${order.payment?.currency ?? order.currency}`
}
