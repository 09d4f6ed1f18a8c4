import { z } from "zod"
import type { Route } from "../shared/router"
import { isPayable } from "./amount"
import { API, apiRoute, call } from "./api-route"
import { checksum } from "./checksum"
import type { PaymentzContext } from "./context"
import {
  amount,
  authentication,
  currency,
  customerOf,
  merchantTransactionId,
  optionalPayment,
  text,
  url,
} from "./fields"
import type { NewPayment } from "./payment"
import { paymentReply } from "./payment-reply"
import { redirectTo } from "./redirect"
import { Refusal } from "./refusal"

const CARD_MODES = ["CC", "DC"]

const fields = z.strictObject({
  ...authentication,
  merchantTransactionId,
  amount,
  currency,
  paymentType: z.enum(["DB", "PA"]),
  paymentMode: text,
  paymentBrand: text,
  // "redirected back to the merchantRedirectUrl": without it an asynchronous payment has no way back.
  merchantRedirectUrl: url,
  ...optionalPayment,
})

/** Paymentz, POST /payments: asynchronous payments by bank or wallet. */
export function paymentRoute(context: PaymentzContext): Route {
  const { credentials, payments, settings, now } = context
  const pay = call(context, {
    fields,
    checksum: ({ merchantTransactionId, amount }) =>
      checksum("payment", { ...credentials, merchantTransactionId, amount }),
    answer: (wanted) => {
      if (CARD_MODES.includes(wanted.paymentMode)) throw new Refusal("CARD_DATA_REFUSED")
      requirePayable(context, wanted)
      requireUnused(context, wanted.merchantTransactionId)
      const opened = payments.open({
        ...newPayment(wanted, credentials.terminalId),
        origin: "bank",
        paymentMode: wanted.paymentMode,
        paymentBrand: wanted.paymentBrand,
        merchantRedirectUrl: wanted.merchantRedirectUrl,
      })
      const payment = payments.put({ ...opened, status: "authstarted" })
      return {
        ...paymentReply(payment, credentials, now()),
        redirect: redirectTo(context, payment, settings().redirectMethod),
      }
    },
  })
  return apiRoute(context, { path: `${API}/payments`, needsToken: true, choose: () => pay })
}

type WantedPayment = {
  readonly merchantTransactionId: string
  readonly amount: string
  readonly currency: string
  readonly paymentType: "DB" | "PA"
} & z.output<z.ZodObject<typeof optionalPayment>>

export function newPayment(
  wanted: WantedPayment,
  terminalId: string
): Omit<NewPayment, "origin" | "paymentMode" | "paymentBrand" | "merchantRedirectUrl"> {
  return {
    merchantTransactionId: wanted.merchantTransactionId,
    paymentType: wanted.paymentType,
    amount: wanted.amount,
    currency: wanted.currency,
    description: wanted.orderDescriptor ?? "",
    notificationUrl: wanted.notificationUrl ?? null,
    terminalId,
    customer: customerOf(wanted),
  }
}

/** @throws {Refusal} */
export function requirePayable(
  { settings }: PaymentzContext,
  { amount, currency }: { readonly amount: string; readonly currency: string }
): void {
  if (!settings().currencies.includes(currency)) throw new Refusal("CURRENCY_NOT_TAKEN", currency)
  if (!isPayable(amount, currency)) {
    throw new Refusal("FIELD_INVALID", `amount ${amount} does not exist in ${currency}`)
  }
}

/** @throws {Refusal} */
export function requireUnused(
  { payments, settings }: PaymentzContext,
  merchantTransactionId: string
): void {
  const isUsed = payments.attempts(merchantTransactionId).length > 0
  if (isUsed && settings().duplicateTransaction === "refuse") {
    throw new Refusal("TRANSACTION_EXISTS")
  }
}
