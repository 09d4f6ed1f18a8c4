import { parseForm, mediaType } from "../shared/body"
import { htmlReply, seeOther, type SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import { readFields } from "./api-route"
import { checkoutForm, type CheckoutForm } from "./checkout-form"
import { checksum } from "./checksum"
import type { PaymentzContext } from "./context"
import { refusedPage } from "./page"
import { hasEnded, isPaid, type NewPayment, type PaymentzPayment } from "./payment"
import { requirePayable } from "./payment-routes"
import { Refusal, type RefusalName } from "./refusal"

/** Paymentz, hosted page: a form that only a browser posts, answered with a page whatever it says. */
export function checkoutRoute(context: PaymentzContext): Route {
  return {
    method: "POST",
    path: "/transaction/Checkout",
    handle: (request) => {
      try {
        const form = readForm(request)
        requireTrue(context, form)
        return seeOther(context.pageUrl(paymentFor(context, form)))
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return htmlReply(400, refusedPage(error.code, wordsFor(error)))
      }
    },
  }
}

function readForm(request: SandboxRequest): CheckoutForm {
  if (mediaType(request) !== "application/x-www-form-urlencoded") {
    throw new Refusal("CONTENT_TYPE_NOT_SUPPORTED")
  }
  const form = parseForm(request.body)
  if ("repeated" in form) throw new Refusal("FIELD_INVALID", `${form.repeated} was sent twice`)
  return readFields(form.fields, checkoutForm)
}

/** @throws {Refusal} */
function requireTrue(context: PaymentzContext, form: CheckoutForm): void {
  const { memberId, secureKey, terminalId, totype } = context.credentials
  if (form.memberId !== memberId) throw new Refusal("MEMBER_UNKNOWN")
  // A totype that is not the partner's is told from no other reason why a checksum can be wrong.
  const expected = checksum("checkout", { ...form, totype, secureKey })
  if (form.totype !== totype || form.checksum !== expected) throw new Refusal("CHECKSUM_WRONG")
  if ((form.terminalid ?? terminalId) !== terminalId) {
    throw new Refusal("FIELD_INVALID", "terminalid")
  }
  requirePayable(context, { amount: form.amount, currency: currencyOf(context, form) })
}

const wordless: readonly RefusalName[] = ["CHECKSUM_WRONG", "MEMBER_UNKNOWN"]

/** The shopper is not told why a checksum did not match; neither is the merchant. */
function wordsFor({ reason, message }: Refusal): string {
  return wordless.includes(reason) ? "" : message
}

/** Assumption: the first of the terminal's where the form names none. */
function currencyOf({ settings }: PaymentzContext, form: CheckoutForm): string {
  return form.currency ?? settings().currencies[0] ?? ""
}

/**
 * The same form posted again shows the same attempt while it can be paid, and opens another after one that ended
 * without money.
 */
function paymentFor(context: PaymentzContext, form: CheckoutForm): PaymentzPayment {
  const { payments } = context
  const wanted = newPayment(context, form)
  const known = payments.best(form.merchantTransactionId)
  if (known === undefined) return payments.open(wanted)
  if (isPaid(known)) return known
  if (hasEnded(known)) return payments.open(wanted)
  if (known.amount !== wanted.amount || known.currency !== wanted.currency) {
    throw new Refusal("TRANSACTION_EXISTS")
  }
  return known
}

function newPayment(context: PaymentzContext, form: CheckoutForm): NewPayment {
  return {
    merchantTransactionId: form.merchantTransactionId,
    paymentType: form.transactionType,
    amount: form.amount,
    currency: currencyOf(context, form),
    paymentMode: form.paymentMode ?? "CC",
    paymentBrand: form.paymentBrand ?? "VISA",
    origin: "checkout",
    description: form.orderDescription ?? "",
    merchantRedirectUrl: form.merchantRedirectUrl,
    notificationUrl: form.notificationUrl ?? null,
    terminalId: form.terminalid ?? context.credentials.terminalId,
    wantsCardSaved: form.createRegistration === "true",
    customer: {
      id: form.customerId ?? "",
      email: form.email ?? "",
      givenName: form.firstName ?? "",
      surname: form.lastName ?? "",
    },
  }
}
