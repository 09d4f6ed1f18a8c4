import { checksum } from "./checksum"
import type { PaymentzCredentials } from "./context"
import type { PaymentzPayment } from "./payment"
import type { Result } from "./reply"
import { SHOPPERS_CARD } from "./saved-cards"
import { shortStatus, type ShortStatus } from "./statuses"
import { timestamp } from "./timestamp"

const CARD_MODE = "CC"

/** What answers and callbacks say of a payment, in one shape. */
export interface PaymentReply {
  readonly paymentId: string
  readonly status?: string
  readonly transactionStatus?: ShortStatus
  readonly paymentBrand: string
  readonly paymentMode: string
  readonly firstName: string
  readonly lastName: string
  readonly amount: string
  readonly currency: string
  readonly descriptor: string
  readonly merchantTransactionId: string
  readonly remark: string
  readonly tmpl_amount: string
  readonly tmpl_currency: string
  readonly checksum: string
  readonly result: Result
  readonly card: Readonly<Record<CardField, string>>
  readonly customer: { readonly email: string; readonly id: string }
  readonly timestamp: string
  readonly eci: string
  readonly bankReferenceId: string
  readonly terminalId: string
  readonly registrationId?: string
}

type CardField = "bin" | "lastFourDigits" | "last4Digits" | "expiryMonth" | "expiryYear"

export function paymentReply(
  payment: PaymentzPayment,
  { secureKey }: Pick<PaymentzCredentials, "secureKey">,
  now: number,
  result: Result = { code: payment.resultCode, description: payment.remark }
): PaymentReply {
  const { paymentId, merchantTransactionId, amount, currency, customer, registrationId } = payment
  const transactionStatus = shortStatusOf(payment)
  return {
    paymentId,
    ...(payment.status !== null && { status: payment.status, transactionStatus }),
    paymentBrand: payment.paymentBrand,
    paymentMode: payment.paymentMode,
    firstName: customer.givenName,
    lastName: customer.surname,
    amount,
    currency,
    descriptor: "Sandbox",
    merchantTransactionId,
    remark: payment.remark,
    tmpl_amount: amount,
    tmpl_currency: currency,
    checksum: checksum("callback", {
      paymentId,
      merchantTransactionId,
      amount,
      transactionStatus,
      secureKey,
    }),
    result,
    card: cardOf(payment),
    customer: { email: customer.email, id: customer.id },
    timestamp: timestamp(now),
    eci: "",
    bankReferenceId: "",
    terminalId: payment.terminalId,
    ...(registrationId !== null && { registrationId }),
  }
}

export function shortStatusOf({ status, awaits3d }: PaymentzPayment): ShortStatus {
  return awaits3d ? "3D" : shortStatus(status ?? "")
}

/** For bank methods the fields are there and empty. */
function cardOf({ paymentMode }: PaymentzPayment): PaymentReply["card"] {
  if (paymentMode !== CARD_MODE) {
    return { bin: "", lastFourDigits: "", last4Digits: "", expiryMonth: "", expiryYear: "" }
  }
  const { bin, last4Digits, expiryMonth, expiryYear } = SHOPPERS_CARD
  return { bin, lastFourDigits: last4Digits, last4Digits, expiryMonth, expiryYear }
}
