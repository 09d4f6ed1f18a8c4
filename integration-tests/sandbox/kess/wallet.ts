import { html, type Html, htmlPage } from "../shared/html"
import { htmlReply, type Reply, type Route, type SandboxRequest, seeOther } from "../shared/server"
import { charged } from "./order-routes"
import { isDecided, type KessOrder } from "./orders"
import { findService } from "./protocol"
import type { KessContext } from "./sandbox"

/** The buyer's wallet: KESS itself has no page for the shopper. */
export function walletRoutes({ orders }: KessContext): readonly Route[] {
  const withOrder =
    (answer: (order: KessOrder) => Reply) =>
    (request: SandboxRequest): Reply => {
      const code = request.query.get("code")?.trim()
      if (!code) return htmlReply(200, scanPage(orders.all()))
      const order = orders.all().find((each) => walletCode(each) === code)
      return order === undefined
        ? htmlReply(404, scanPage(orders.all(), "There is no order behind this code."))
        : answer(order)
    }
  const decided = (choice: "pay" | "decline") =>
    withOrder((order) => {
      orders[choice](order.outTradeNo)
      return seeOther(`${walletPath}?code=${encodeURIComponent(walletCode(order))}`)
    })
  return [
    {
      method: "GET",
      path: walletPath,
      handle: withOrder((order) => htmlReply(200, orderPage(order))),
    },
    { method: "POST", path: `${walletPath}/pay`, handle: decided("pay") },
    { method: "POST", path: `${walletPath}/decline`, handle: decided("decline") },
  ]
}

/** Where a QR is scanned by its text; below it the payments that wait for the buyer's PIN. */
function scanPage(orders: readonly KessOrder[], problem?: string): string {
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

function orderPage(order: KessOrder): string {
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

export const walletPath = "/wallet"

/** What the buyer's wallet opens an order by: the text of its QR. Of a scanned code nobody but the wallet sees it. */
export function walletCode({ serviceId, walletId }: KessOrder): string {
  return findService(serviceId)?.qrText(walletId) ?? walletId
}
