import { html, type Html, htmlPage } from "../shared/html"
import { htmlReply, type Reply, type Route, type SandboxRequest } from "../shared/server"
import { type MocopayPayment, type Money, referenceOf, type Transaction } from "./payments"
import type { MocopayContext, MocopaySettings } from "./sandbox"

const PAGE = "/paymentService/init.html"
const DECISION = "/paymentService/:linkHash"
/** Assumption: the vendor names neither the number nor the words of the SMS. */
const SHORT_CODE = "60600"

/** MoCoPay, initPayment: `init.html` with `trn`, `exp` and `hash`. Assumption: `exp` is epoch milliseconds. */
export function pagePath({ requestId, linkEndsAt, linkHash }: MocopayPayment): string {
  return `${PAGE}?${new URLSearchParams({ trn: requestId, exp: String(linkEndsAt), hash: linkHash })}`
}

/** The payment form behind a redirectUrl, which has the shopper send an SMS, and the buttons on it. */
export function paymentPageRoutes(context: MocopayContext, shopper: ShopperSide): readonly Route[] {
  const opened =
    (linkHash: (request: SandboxRequest) => string, answer: (payment: MocopayPayment) => Reply) =>
    (request: SandboxRequest): Reply => {
      const payment = context.payments.getByLink(linkHash(request))
      if (payment === undefined) return htmlReply(404, unknownLinkPage())
      if (payment.linkEndsAt <= context.now()) return htmlReply(410, closedLinkPage())
      return answer(payment)
    }
  const decided = (act: (reference: string) => MocopayPayment) =>
    opened(
      ({ params }) => params["linkHash"] ?? "",
      ({ requestId }) => sendBack(act(requestId), context)
    )
  return [
    {
      method: "GET",
      path: PAGE,
      handle: opened(
        ({ query }) => query.get("hash") ?? "",
        (payment) => htmlReply(200, paymentPage(payment))
      ),
    },
    {
      method: "POST",
      path: `${DECISION}/pay`,
      handle: decided((requestId) => shopper.pay(requestId)),
    },
    {
      method: "POST",
      path: `${DECISION}/decline`,
      handle: decided((requestId) => shopper.decline(requestId)),
    },
    {
      method: "POST",
      path: `${DECISION}/close`,
      handle: decided((requestId) => context.payments.require(requestId)),
    },
  ]
}

/** 302, as the vendor shows it; after a form a browser goes on with GET. */
function sendBack(payment: MocopayPayment, { settings }: Pick<MocopayContext, "settings">): Reply {
  const { callbackUrl, toldSessionId } = settings()
  const address = payment.parameters.callbackUrl ?? callbackUrl
  if (address === null) return htmlReply(200, paymentPage(payment))
  const location = returnUrl(payment, address, toldSessionId)
  return { status: 302, headers: { location, "cache-control": "no-store" }, body: "" }
}

function paymentPage(payment: MocopayPayment): string {
  const { isPaid, linkHash, product } = payment
  const base = DECISION.replace(":linkHash", encodeURIComponent(linkHash))
  return htmlPage(
    "MoCoPay sandbox",
    html`<h1>MoCoPay</h1>
      <p class="amount">${product.amount} ${product.currency}</p>
      <p class="muted">
        ${product.type === "subscription" ? "For each series of the subscription" : "Once"}, on your
        phone bill
      </p>
      <p class="muted">Product ${product.pid}, order ${referenceOf(payment)}</p>
      ${note(payment)}
      <form method="post" action="${base}/close">
        ${isPaid ? "" : decisions(base)}
        <button class="${isPaid ? "primary" : "quiet"}">
          ${isPaid ? "Back to the shop" : "Close"}
        </button>
      </form>`
  )
}

function decisions(base: string): Html {
  return html`<button class="primary" formaction="${base}/pay">Pay</button>
    <button formaction="${base}/decline">Decline</button>`
}

function note({ isPaid, isTouched, product, status }: MocopayPayment): Html {
  if (isPaid) return html`<p class="note good" role="status">This order is paid.</p>`
  const sms = html`<p class="note">
    To pay, send PAY ${product.pid} by SMS to ${SHORT_CODE}: the button does it for you.
  </p>`
  if (!isTouched) return sms
  return html`<p class="note bad" role="status">The last word was ${status}. You can still pay.</p>
    ${sms}`
}

function unknownLinkPage(): string {
  return htmlPage(
    "Unknown payment link",
    html`<h1>Unknown payment link</h1>
      <p class="note bad">
        There is no payment behind this link. The sandbox forgets its payments when it stops: go
        back to the shop and choose the payment again.
      </p>`
  )
}

function closedLinkPage(): string {
  return htmlPage(
    "Payment link closed",
    html`<h1>Payment link closed</h1>
      <p class="note bad">Go back to the shop and choose the payment again.</p>`
  )
}

type Parts = Pick<MocopayContext, "payments" | "notifier" | "settings">

/**
 * What a shopper and the operator do with a payment, by the page's buttons or on a test's word; MoCoPay tells the
 * merchant.
 */
export class ShopperSide {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Sends the SMS, and the operator charges, once. */
  pay(reference: string, money?: Money): MocopayPayment {
    return this.#change(reference, (payment, settings) =>
      payment.isPaid
        ? payment
        : this.#parts.payments.pay(payment, paidWord(payment, settings), money)
    )
  }

  payPart(reference: string, amount: string): MocopayPayment {
    return this.#change(reference, (payment, settings) =>
      this.#parts.payments.payPart(payment, paidWord(payment, settings), amount)
    )
  }

  /** The operator agreed and has charged nothing so far. */
  authorize(reference: string): MocopayPayment {
    return this.#change(reference, (payment) =>
      payment.isPaid ? payment : this.#parts.payments.authorize(payment)
    )
  }

  /** The shopper sent no SMS. */
  decline(reference: string): MocopayPayment {
    return this.#change(reference, (payment, { declinedStatus }) =>
      payment.isPaid ? payment : this.#parts.payments.say(payment, declinedStatus)
    )
  }

  /** The operator could not charge: no money on the phone. */
  fail(reference: string): MocopayPayment {
    return this.#change(reference, (payment, { failedStatus }) =>
      payment.isPaid ? payment : this.#parts.payments.fail(payment, failedStatus)
    )
  }

  chargeSeries(reference: string, outcome: Transaction["outcome"] = "charged"): MocopayPayment {
    return this.#change(reference, (payment, { subscriptionStatus }) =>
      this.#parts.payments.chargeSeries(payment, subscriptionStatus, outcome)
    )
  }

  say(reference: string, status: string): MocopayPayment {
    return this.#change(reference, (payment) => this.#parts.payments.say(payment, status))
  }

  #change(
    reference: string,
    change: (payment: MocopayPayment, settings: MocopaySettings) => MocopayPayment
  ): MocopayPayment {
    const before = this.#parts.payments.require(reference)
    const now = change(before, this.#parts.settings())
    if (now !== before) this.#parts.notifier.changed(before, now)
    return now
  }
}

function paidWord({ product }: MocopayPayment, settings: MocopaySettings): string {
  switch (product.type) {
    case "onetime":
      return settings.paidStatus
    case "subscription":
      return settings.subscriptionStatus
  }
}

/**
 * MoCoPay, callbackUrl redirection: where the shopper's browser is sent. The browser writes it: whoever holds it can
 * change every word.
 */
function returnUrl(
  payment: MocopayPayment,
  callbackUrl: string,
  toldSessionId: string | null
): string {
  const { requestId, parameters, status } = payment
  const sessionId = toldSessionId ?? payment.sessionId
  const url = new URL(callbackUrl)
  const told = {
    sid: sessionId,
    sessionId,
    requestId,
    ...(parameters.referenceId && { referenceId: parameters.referenceId }),
    status,
  }
  for (const [name, value] of Object.entries(told)) url.searchParams.set(name, value)
  return url.href
}
