/** Pays, asks about a payment, captures, refunds and voids. */

import type { z } from "zod"
import { type DecimalString, tryDecimal } from "../shared/money"
import { type PaymentzAnswer, type PaymentzClient, wireAmount } from "./client"
import { paymentzErrors, refusal } from "./errors"
import {
  commonInquiryPath,
  type InquiryPath,
  operationBody,
  paymentBody,
  type PaymentzPaymentType,
  type PaymentzRedirect,
} from "./messages"

/** Amounts in major units; the currency in either case. */
type PaymentzNewPayment = {
  reference: string
  amount: string
  currency: string
  paymentType: PaymentzPaymentType
  /** At most 100 characters each. */
  returnUrl: string
  notificationUrl: string
}

/** A payment without card data; the words of mode and brand are the gateway's own, such as `NB`. */
type PaymentzMethodPayment = PaymentzNewPayment & {
  paymentMode: string
  paymentBrand?: string
  /** The shopper, where the method asks for one; all is optional. */
  customer?: { name?: string; email?: string; phone?: string; id?: string }
  country?: string
  /** Whether the method is kept for the customer, who has to be named. */
  isSaved?: boolean
}

/** Where it is not done, the shopper must go on elsewhere. */
type PaidPayment = PaymentzPayment & { paymentId: string; isDone: boolean }

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
type PaymentzTokenPayment = PaymentzNewPayment & {
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
    throw paymentzErrors.mismatch(operation, "the answer is about another merchantTransactionId")
  }
  const isRefused = answer.meaning === "declined" || answer.meaning === "not_found"
  const isDone = answer.meaning === "done" && !payment.next
  if (isRefused || (!isDone && !payment.next)) {
    throw refusal(operation, answer.gatewayError, answer.httpStatus)
  }
  if (payment.reference === undefined || payment.paymentId === undefined) {
    throw paymentzErrors.mismatch(
      operation,
      "the answer names no paymentId or no merchantTransactionId"
    )
  }
  return { ...payment, paymentId: payment.paymentId, isDone }
}

/** By the gateway's number, or by our reference: the only way when nobody told the number. */
export type InquiryKey =
  | {
      paymentId: string
      /** Nobody proved that it is a payment of ours. */
      isGuess?: boolean
    }
  | { reference: string }

/**
 * What the gateway knows of a payment; undefined where it has no record.
 *
 * Assumption: by our reference it is asked for as by the gateway's number, with the reference in the
 * number's place, `idType` `MID` in place of `PID`, and the reference in the checksum.
 *
 * An answer that holds the record counts whatever code stands beside it: of a payment that failed, some
 * brands repeat the code of the failure. Nothing is believed but what the record itself says.
 *
 * @throws GatewayError; `declined` where the gateway refuses to tell
 */
export async function inquire(
  client: PaymentzClient,
  key: InquiryKey,
  inquiryPath: InquiryPath
): Promise<PaymentzPayment | undefined> {
  const isByNumber = "paymentId" in key
  const answer = await client.call({
    operation: "inquire",
    ...addressOf(key, inquiryPath),
    signed: isByNumber
      ? { row: "paymentId", paymentId: key.paymentId }
      : { row: "reference", merchantTransactionId: key.reference },
    fields: {
      paymentType: "IN",
      idType: isByNumber ? "PID" : "MID",
      ...namedKey(key, inquiryPath),
    },
    schema: paymentBody,
    isGuess: isByNumber && key.isGuess === true,
  })
  if (answer.meaning === "not_found") {
    return undefined
  }
  const payment = paymentOf(answer)
  if (payment.paymentId === undefined || payment.rawStatus === undefined) {
    throw refusal("inquire", answer.gatewayError, answer.httpStatus)
  }
  return payment
}

function addressOf(key: InquiryKey, inquiryPath: InquiryPath): { id?: string; path?: string } {
  if (inquiryPath === "inquiry") {
    return { path: commonInquiryPath }
  }
  return { id: "paymentId" in key ? key.paymentId : key.reference }
}

/** At the common address the number can't stand in the path. */
function namedKey(key: InquiryKey, inquiryPath: InquiryPath): Record<string, string> {
  if (inquiryPath === "payments") {
    return {}
  }
  return "paymentId" in key
    ? { paymentId: key.paymentId }
    : { merchantTransactionId: key.reference }
}

type PaymentzOperation = {
  /** The gateway's number of the payment. */
  paymentId: string
  /** Major units. */
  amount: string
}

export type MadeOperation = { code?: string; message?: string }

const paymentTypes = { capture: "CP", refund: "RF" } as const

/**
 * Captures a reservation, or refunds a payment, in full or in part.
 *
 * Assumption: a reservation can be captured once; the vendor says the same of a refund.
 *
 * @throws GatewayError; `declined` only for a code that is listed as a final no
 */
export async function captureOrRefund(
  client: PaymentzClient,
  operation: "capture" | "refund",
  input: PaymentzOperation
): Promise<MadeOperation> {
  const { paymentId } = input
  const amount = wireAmount(operation, input.amount)
  const answer = await client.call({
    operation,
    id: paymentId,
    signed: { row: "operation", paymentId, amount },
    fields: { paymentType: paymentTypes[operation], amount },
    schema: operationBody,
  })
  return made(operation, paymentId, answer)
}

/**
 * Gives a reservation back, all of it.
 *
 * Assumption: it can't be given back in part; the overview says "less than or equal to the authorised
 * amount", but the call has no amount.
 *
 * @throws GatewayError; `declined` only for a code that is listed as a final no
 */
export async function voidPayment(
  client: PaymentzClient,
  { paymentId }: Pick<PaymentzOperation, "paymentId">
): Promise<MadeOperation> {
  const answer = await client.call({
    operation: "void",
    id: paymentId,
    signed: { row: "paymentId", paymentId },
    fields: { paymentType: "RV" },
    schema: operationBody,
  })
  return made("void", paymentId, answer)
}

/** The replies name no amount and not our reference: the gateway's number is all that binds them to it. */
function made(
  operation: "capture" | "refund" | "void",
  paymentId: string,
  { body, meaning, gatewayError, httpStatus }: PaymentzAnswer<z.output<typeof operationBody>>
): MadeOperation {
  if (body.paymentId !== undefined && body.paymentId !== paymentId) {
    throw paymentzErrors.mismatch(operation, "the answer is about another paymentId")
  }
  if (meaning !== "done") {
    throw refusal(operation, gatewayError, httpStatus)
  }
  if (body.paymentId === undefined) {
    throw paymentzErrors.mismatch(operation, "the answer names no paymentId")
  }
  return { code: gatewayError.code, message: gatewayError.gatewayMessage }
}

/** A payment as the gateway tells of it. */
export type PaymentzPayment = {
  paymentId?: string
  /** Ours. */
  reference?: string
  /** The long status, or the short one where there is no other. */
  rawStatus?: string
  /** Major units. */
  amount?: DecimalString
  /** Lower case. */
  currency?: string
  /** Of a card that was saved with it. */
  registrationId?: string
  /** What the shopper must do next. */
  next?: PaymentzNext
  code?: string
  message?: string
}

/** An address to follow, or a form that the shopper's browser posts. */
type PaymentzNext =
  | { type: "redirect"; url: string }
  | { type: "post_form"; url: string; fields: Record<string, string> }

export function paymentOf({
  body,
  gatewayError,
}: Pick<PaymentzAnswer<z.output<typeof paymentBody>>, "body" | "gatewayError">): PaymentzPayment {
  return {
    paymentId: body.paymentId,
    reference: body.merchantTransactionId,
    rawStatus: body.status ?? body.transactionStatus,
    amount: tryDecimal(body.amount),
    currency: body.currency?.toLowerCase(),
    registrationId: body.registrationId,
    next: body.redirect && nextStep(body.redirect),
    code: gatewayError.code,
    message: gatewayError.gatewayMessage,
  }
}

/**
 * Where the shopper is sent to for 3-D Secure or a bank's own page.
 *
 * Assumption: it is posted where the method says so, or where it says nothing and there is something to
 * post; else it is an address to follow, with its parameters in the query.
 */
function nextStep({ url, method, parameters }: PaymentzRedirect): PaymentzNext {
  const fields = Object.fromEntries(parameters.map(({ name, value }) => [name, value]))
  if (method === "POST" || (method === undefined && parameters.length > 0)) {
    return { type: "post_form", url, fields }
  }
  const target = new URL(url)
  for (const { name, value } of parameters) {
    target.searchParams.append(name, value)
  }
  return { type: "redirect", url: parameters.length > 0 ? target.href : url }
}

/** The last word is the family's name, as far as one can tell. */
export function nameParts(name: string | undefined): { givenName?: string; surname?: string } {
  const parts = name?.trim().split(/\s+/) ?? []
  return parts.length < 2
    ? { givenName: parts[0] || undefined }
    : { givenName: parts.slice(0, -1).join(" "), surname: parts.at(-1) }
}
