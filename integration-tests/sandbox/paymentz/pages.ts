import { createHash } from "node:crypto"
import { html, type Html, htmlPage } from "../shared/html"
import {
  htmlReply,
  parseForm,
  type Reply,
  type Route,
  type SandboxRequest,
  seeOther,
} from "../shared/server"
import { paymentReply, type PaymentReply } from "./payment-routes"
import { isPaid, type Money, type PaymentzPayment } from "./payments"
import type { PaymentzContext } from "./sandbox"

const PAGE = "/transaction/page/:linkId"

export function pagePath(linkId: string): string {
  return PAGE.replace(":linkId", encodeURIComponent(linkId))
}

/** The pages that the shopper meets, and the buttons on them. */
export function pageRoutes(context: PaymentzContext): readonly Route[] {
  const withPayment =
    (answer: (payment: PaymentzPayment, request: SandboxRequest) => Reply) =>
    (request: SandboxRequest): Reply => {
      const payment = context.payments.getByLink(request.params["linkId"] ?? "")
      return payment === undefined ? htmlReply(404, unknownPage()) : answer(payment, request)
    }
  const decided = (choice: Choice) =>
    withPayment((payment, request) =>
      back(context, decide(context, choice, payment, { savesCard: wantsToSave(request) }))
    )
  return [
    {
      method: "GET",
      path: PAGE,
      handle: withPayment((payment, { query }) => show(payment, query)),
    },
    {
      method: "POST",
      path: PAGE,
      handle: withPayment((payment, { body }) => {
        const form = parseForm(body)
        const parameters = new URLSearchParams("fields" in form ? form.fields : {})
        return seeOther(`${pagePath(payment.linkId)}?${parameters}`)
      }),
    },
    { method: "POST", path: `${PAGE}/pay`, handle: decided("pay") },
    { method: "POST", path: `${PAGE}/decline`, handle: decided("decline") },
    { method: "POST", path: `${PAGE}/cancel`, handle: decided("cancel") },
    { method: "POST", path: `${PAGE}/back`, handle: withPayment((each) => back(context, each)) },
  ]
}

/** Strict: a bank knows its payment by the parameters that the redirect came with. */
function show(payment: PaymentzPayment, query: URLSearchParams): Reply {
  const isRedirected = payment.origin === "bank" || payment.origin === "saved-card"
  if (isRedirected && query.get(REDIRECT_PARAMETER) !== payment.paymentId) {
    return htmlReply(404, unknownPage())
  }
  return htmlReply(200, paymentPage(payment, pagePath(payment.linkId)))
}

function back({ credentials, now }: PaymentzContext, payment: PaymentzPayment): Reply {
  const reply = paymentReply(payment, credentials, now())
  return returnForm(payment.merchantRedirectUrl, flat(reply))
}

function wantsToSave({ body }: SandboxRequest): boolean {
  const form = parseForm(body)
  return "fields" in form && form.fields["saveCard"] === "true"
}

/** What the shopper sees: the hosted page, an invoice, a bank, or the issuer's 3-D Secure. */
function paymentPage(payment: PaymentzPayment, base: string): string {
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

function unknownPage(): string {
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

/** Sends the shopper's browser back with a POST, which no redirect can do. */
function returnForm(url: string, fields: Readonly<Record<string, string>>): Reply {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`
  )
  const page = htmlPage(
    "Back to the shop",
    html`<h1>Back to the shop</h1>
      <form method="post" action="${url}">
        ${inputs.reduce((all, input) => html`${all}${input}`, html``)}
        <button class="primary">Go back to the shop</button>
      </form>
      ${SUBMIT}`
  )
  const reply = htmlReply(200, page)
  const policy = `${reply.headers["content-security-policy"] ?? ""}; script-src '${SUBMIT_HASH}'`
  return { ...reply, headers: { ...reply.headers, "content-security-policy": policy } }
}

const SUBMIT = html`<script>
  document.forms[0].submit()
</script>`
/** A policy allows a script by the digest of every character between its tags. */
const SUBMIT_HASH = `sha256-${createHash("sha256")
  .update(SUBMIT.text.replace(/<\/?script>/g, ""), "utf8")
  .digest("base64")}`

/** What the shopper's browser brings back. Assumption: what is an object in JSON is written with a dot in a form, as in requests. */
function flat(reply: PaymentReply): Record<string, string> {
  const pairs = Object.entries(reply).flatMap(([name, value]): [string, string][] =>
    typeof value === "string"
      ? [[name, value]]
      : Object.entries(value ?? {}).map(([key, text]) => [`${name}.${key}`, String(text)])
  )
  return Object.fromEntries(pairs)
}

const REDIRECT_PARAMETER = "transactionRef"

/** How the shopper gets to the bank or to the issuer's 3-D Secure: "redirected with provided parameters". */
interface Redirect {
  /** Without the parameters. */
  readonly url: string
  readonly method: "GET" | "POST"
  readonly target: string
  readonly parameters: readonly { readonly name: string; readonly value: string }[]
}

export function redirectTo(
  { pageUrl }: Pick<PaymentzContext, "pageUrl">,
  payment: PaymentzPayment,
  method: Redirect["method"]
): Redirect {
  return {
    url: pageUrl(payment),
    method,
    target: "_self",
    parameters: [{ name: REDIRECT_PARAMETER, value: payment.paymentId }],
  }
}

type Choice = "pay" | "decline" | "cancel"

interface ChoiceDetails {
  /** Takes the place of what was ordered. */
  readonly money?: Money | undefined
  readonly savesCard?: boolean
}

/** What a shopper does with a payment, by the page's buttons or on a test's word; Paymentz tells the merchant. */
export function decide(
  { payments, notifier, savedCards, settings }: PaymentzContext,
  choice: Choice,
  chosen: PaymentzPayment,
  { money, savesCard = false }: ChoiceDetails = {}
): PaymentzPayment {
  if (isPaid(chosen)) return chosen
  const { paymentId } = payments.payable(chosen)
  switch (choice) {
    case "pay": {
      if (savesCard) {
        const payment = payments.require(paymentId)
        const { registrationId } = savedCards.save(payment.customer)
        payments.put({ ...payment, registrationId })
      }
      return notifier.decided(payments.approve(paymentId, money))
    }
    case "decline":
      return notifier.decided(payments.decline(paymentId, settings().declineCode))
    case "cancel":
      return notifier.decided(payments.cancel(paymentId))
  }
}
