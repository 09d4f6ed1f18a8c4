import type { PaymentzAnswer, PaymentzClient } from "./client"
import { paymentBody } from "./messages"
import type { PaymentzPaymentType } from "./operation"
import { paymentOf, type PaymentzPayment } from "./payment"
import { mismatch, refusal } from "./refusal"
import { wireAmount } from "./wire-amount"
import type { z } from "zod"
import { nameParts } from "./name-parts"

/** Amounts in major units; the currency in either case. */
export type PaymentzNewPayment = {
  reference: string
  amount: string
  currency: string
  paymentType: PaymentzPaymentType
  /** At most 100 characters each. */
  returnUrl: string
  notificationUrl: string
}

/** A payment without card data; the words of mode and brand are the gateway's own, such as `NB`. */
export type PaymentzMethodPayment = PaymentzNewPayment & {
  paymentMode: string
  paymentBrand?: string
  /** The shopper, where the method asks for one; all is optional. */
  customer?: { name?: string; email?: string; phone?: string; id?: string }
  country?: string
  /** Whether the method is kept for the customer, who has to be named. */
  isSaved?: boolean
}

/** Where it is not done, the shopper must go on elsewhere. */
export type PaidPayment = PaymentzPayment & { paymentId: string; isDone: boolean }

/**
 * Opens a payment by a method without a card: the shopper is sent on to a bank or a wallet.
 *
 * @throws GatewayError; `declined` when there is no such payment
 */
export async function pay(
  client: PaymentzClient,
  payment: PaymentzMethodPayment
): Promise<PaidPayment> {
  const amount = wireAmount("pay", payment.amount)
  const { customer = {} } = payment
  const { givenName, surname } = nameParts(customer.name)
  const answer = await client.call({
    operation: "pay",
    signed: { row: "payment", merchantTransactionId: payment.reference, amount },
    fields: {
      ...commonFields(payment, amount),
      orderDescriptor: payment.reference,
      paymentMode: payment.paymentMode,
      paymentBrand: payment.paymentBrand,
      "shipping.country": payment.country,
      "customer.givenName": givenName,
      "customer.surname": surname,
      "customer.email": customer.email,
      "customer.phone": customer.phone,
      "customer.customerId": customer.id,
      ...(payment.isSaved ? { createRegistration: "true", recurringType: "INITIAL" } : {}),
    },
    schema: paymentBody,
  })
  return paidPayment("pay", payment.reference, answer)
}

/** A payment with a card that was saved before. */
export type PaymentzTokenPayment = PaymentzNewPayment & {
  registrationId: string
  isRepeated: boolean
}

/**
 * Charges a saved card, or reserves with it.
 *
 * Assumption: a repeated charge goes by the number of the saved card; the vendor's overview says that it
 * goes by the tracking id of the payment with which the card was saved, the pages of the call say this.
 *
 * @throws GatewayError; `declined` for a final no
 */
export async function payWithToken(
  client: PaymentzClient,
  payment: PaymentzTokenPayment
): Promise<PaidPayment> {
  const { registrationId } = payment
  const amount = wireAmount("payWithToken", payment.amount)
  const answer = await client.call({
    operation: "payWithToken",
    id: registrationId,
    signed: { row: "savedCardPayment", registrationId, amount },
    fields: {
      ...commonFields(payment, amount),
      recurringType: payment.isRepeated ? "REPEATED" : undefined,
    },
    schema: paymentBody,
  })
  return paidPayment("payWithToken", payment.reference, answer)
}

function commonFields(payment: PaymentzNewPayment, amount: string): Record<string, string> {
  return {
    merchantTransactionId: payment.reference,
    amount,
    currency: payment.currency.toUpperCase(),
    paymentType: payment.paymentType,
    merchantRedirectUrl: payment.returnUrl,
    notificationUrl: payment.notificationUrl,
  }
}

/**
 * Where the shopper is to be sent on, the payment was made whatever the code beside it says: no code is
 * listed for that answer. An answer that does not name our payment hands nobody a stranger's.
 */
function paidPayment(
  operation: "pay" | "payWithToken",
  reference: string,
  answer: PaymentzAnswer<z.output<typeof paymentBody>>
): PaidPayment {
  const payment = paymentOf(answer)
  if (payment.reference !== undefined && payment.reference !== reference) {
    throw mismatch(operation, "the answer is about another merchantTransactionId")
  }
  const isRefused = answer.meaning === "declined" || answer.meaning === "not_found"
  const isDone = answer.meaning === "done" && !payment.next
  if (isRefused || (!isDone && !payment.next)) {
    throw refusal(operation, answer.words, answer.httpStatus)
  }
  if (payment.reference === undefined || payment.paymentId === undefined) {
    throw mismatch(operation, "the answer names no paymentId or no merchantTransactionId")
  }
  return { ...payment, paymentId: payment.paymentId, isDone }
}
