import { html, htmlPage, type Html } from "../shared/html"
import { isPaid, type PaymentzPayment } from "./payment"

/** What the shopper sees: the hosted page, an invoice, a bank, or the issuer's 3-D Secure. */
export function paymentPage(payment: PaymentzPayment, base: string): string {
  const title = titleOf(payment)
  return htmlPage(
    `${title} sandbox`,
    html`<h1>${title}</h1>
      <p class="amount">${formatAmount(payment.amount)} ${payment.currency}</p>
      ${payment.description === "" ? "" : html`<p class="muted">${payment.description}</p>`}
      <p class="muted">Order ${payment.merchantTransactionId}</p>
      ${isPaid(payment) ? html`<p class="note good" role="status">This payment is made.</p>` : ""}
      <form method="post" action="${base}/${isPaid(payment) ? "back" : "cancel"}">
        ${isPaid(payment) ? "" : decisions(payment, base)}
        <button class="${isPaid(payment) ? "primary" : "quiet"}">
          ${isPaid(payment) ? "Back to the shop" : "Cancel and go back"}
        </button>
      </form>`
  )
}

function titleOf({ origin }: PaymentzPayment): string {
  switch (origin) {
    case "checkout":
      return "Paymentz"
    case "invoice":
      return "Paymentz invoice"
    case "bank":
      return "Your bank"
    case "saved-card":
      return "3-D Secure"
  }
}

function decisions({ origin, wantsCardSaved }: PaymentzPayment, base: string): Html {
  const ticked = wantsCardSaved ? html`checked` : ""
  return html`${
      origin === "checkout"
        ? html`<label
            ><span
              ><input
                type="checkbox"
                name="saveCard"
                value="true"
                style="width: auto; min-height: 0"
                ${ticked}
              />
              Save this card</span
            ></label
          >`
        : ""
    }
    <button class="primary" formaction="${base}/pay">Pay</button>
    <button formaction="${base}/decline">Decline</button>`
}

/** A form that the page does not take. Of some reasons it says no more than their code. */
export function refusedPage(code: string, words: string): string {
  return htmlPage(
    "Payment not possible",
    html`<h1>Payment not possible</h1>
      <p class="note bad" role="alert">Error ${code}${words === "" ? "" : `. ${words}`}</p>`
  )
}

export function unknownPage(): string {
  return htmlPage(
    "Unknown payment",
    html`<h1>Unknown payment</h1>
      <p class="note bad">
        There is no payment behind this address. The sandbox forgets its payments when it stops: go
        back to the shop and choose the payment again.
      </p>`
  )
}

/** `"1234.50"` is `1,234.50`. */
function formatAmount(amount: string): string {
  return amount.replace(/\B(?=(\d{3})+\.)/g, ",")
}
