import { parseForm } from "../shared/body"
import { html, htmlPage } from "../shared/html"
import { htmlReply, type Reply, type SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import type { CashyContext } from "./context"
import { formatMoney } from "./format-money"
import { transfer } from "./shopper"

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
