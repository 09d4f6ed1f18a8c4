import { z } from "zod"
import type { Route } from "../shared/server"
import {
  amount,
  authentication,
  currency,
  customerOf,
  isPayable,
  merchantTransactionId,
  optionalCustomer,
  optionalPayment,
  text,
  url,
} from "./fields"
import { shortStatus, type ShortStatus } from "./operations"
import { redirectTo } from "./pages"
import type { NewPayment, PaymentzPayment } from "./payments"
import { API, apiRoute, call, checksum, Refusal, type Result, timestamp } from "./protocol"
import type { PaymentzContext, PaymentzCredentials } from "./sandbox"
import { SHOPPERS_CARD } from "./saved-cards"

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

/**
 * Paymentz, POST {host}/invoiceServices/REST/v1/generate: a link by e-mail. Assumption: an invoice is a debit that is
 * found again by its own number as the merchantTransactionId; the link stands in `invoiceDetails.transactionUrl`, as
 * other clients of the platform read it.
 */
export function invoiceRoute(context: PaymentzContext): Route {
  const { credentials, payments, now, pageUrl } = context
  const generate = call(context, {
    fields: z.strictObject({
      ...authentication,
      merchantInvoiceId: merchantTransactionId,
      merchantTransactionId: merchantTransactionId.optional(),
      amount,
      currency,
      merchantRedirectUrl: url,
      notificationUrl: url.optional(),
      orderDescriptor: z.string().max(100).optional(),
      ...optionalCustomer,
      // It is sent by e-mail.
      "customer.email": text,
    }),
    checksum: ({ merchantInvoiceId, amount, merchantRedirectUrl }) =>
      checksum("invoice", { ...credentials, merchantInvoiceId, amount, merchantRedirectUrl }),
    answer: (wanted) => {
      requirePayable(context, wanted)
      requireUnused(context, wanted.merchantTransactionId ?? wanted.merchantInvoiceId)
      const payment = payments.open({
        merchantTransactionId: wanted.merchantTransactionId ?? wanted.merchantInvoiceId,
        paymentType: "DB",
        amount: wanted.amount,
        currency: wanted.currency,
        paymentMode: "CC",
        paymentBrand: "VISA",
        origin: "invoice",
        description: wanted.orderDescriptor ?? "",
        merchantRedirectUrl: wanted.merchantRedirectUrl,
        notificationUrl: wanted.notificationUrl ?? null,
        terminalId: credentials.terminalId,
        customer: customerOf(wanted),
      })
      return {
        invoiceDetails: {
          merchantInvoiceId: wanted.merchantInvoiceId,
          amount: wanted.amount,
          currency: wanted.currency,
          transactionUrl: pageUrl(payment),
        },
        result: { code: "00001", description: "The invoice was generated" },
        timestamp: timestamp(now()),
      }
    },
  })
  return apiRoute(context, {
    path: "/invoiceServices/REST/v1/generate",
    needsToken: true,
    choose: () => generate,
  })
}

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

function shortStatusOf({ status, awaits3d }: PaymentzPayment): ShortStatus {
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
