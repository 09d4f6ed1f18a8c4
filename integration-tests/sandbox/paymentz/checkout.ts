import { z } from "zod"
import {
  htmlReply,
  mediaType,
  parseForm,
  type Route,
  type SandboxRequest,
  seeOther,
} from "../shared/server"
import { amount, anyText, currency, merchantTransactionId, url } from "./fields"
import { refusedPage } from "./pages"
import { requirePayable } from "./payment-routes"
import { hasEnded, isPaid, type NewPayment, type PaymentzPayment } from "./payments"
import { checksum, readFields, Refusal, type RefusalName } from "./protocol"
import type { PaymentzContext } from "./sandbox"

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

/** Hosted page, "Request parameters": the form that the shopper's browser posts. */
const checkoutForm = z.strictObject({
  memberId: z.string().regex(/^\d{1,10}$/, "must be 1 to 10 digits"),
  totype: z.string().regex(/^[A-Za-z0-9]{1,30}$/, "must be 1 to 30 letters and digits"),
  amount,
  merchantTransactionId,
  checksum: z.string().regex(/^[0-9a-f]{32}$/, "must be MD5 in lower-case hexadecimal"),
  merchantRedirectUrl: url,
  transactionType: z.enum(["PA", "DB"]),
  currency: currency.optional(),
  terminalid: anyText.optional(),
  paymentMode: anyText.optional(),
  paymentBrand: anyText.optional(),
  notificationUrl: url.optional(),
  orderDescription: z.string().max(100).optional(),
  TMPL_AMOUNT: amount.optional(),
  TMPL_CURRENCY: currency.optional(),
  ip: anyText.optional(),
  firstName: anyText.optional(),
  lastName: anyText.optional(),
  country: anyText.optional(),
  city: anyText.optional(),
  state: anyText.optional(),
  postcode: anyText.optional(),
  street: anyText.optional(),
  phone: anyText.optional(),
  telnocc: anyText.optional(),
  email: anyText.optional(),
  lang: anyText.optional(),
  accountid: anyText.optional(),
  attemptThreeD: z.enum(["only3D", "3D", "direct"]).optional(),
  // Assumption: a card is saved by the same words as over REST; the page's own list has none for it.
  createRegistration: z.enum(["true", "false"]).optional(),
  recurringType: z.literal("INITIAL").optional(),
  customerId: anyText.optional(),
})

type CheckoutForm = z.output<typeof checkoutForm>
