/** Paymentz's operations with their addresses, and the shapes of its answers. */

import { z } from "zod"
import { optionalText, webAddress } from "../shared/messages"

/** Sold under many names; what it is called does not change what it does. */
export const paymentzGateway = "Paymentz"

export type PaymentzOperation =
  | "authToken"
  | "regenerateToken"
  | "pay"
  | "payWithToken"
  | "inquire"
  | "capture"
  | "refund"
  | "void"
  | "payOut"
  | "listTransactions"
  | "listSavedCards"
  | "deleteSavedCard"
  | "generateInvoice"

const rest = "/transactionServices/REST/v1"

type Call = {
  path: string
  /** Whether it changes nothing and may be repeated by itself. */
  reads: boolean
}

/** Paymentz, "REST API", "Addressing URL", and its pages on each operation. */
export const calls: Readonly<Record<PaymentzOperation, Call>> = {
  authToken: { path: `${rest}/authToken`, reads: true },
  regenerateToken: { path: `${rest}/regenerateToken`, reads: true },
  pay: { path: `${rest}/payments`, reads: false },
  payWithToken: { path: `${rest}/paywithtoken/{id}`, reads: false },
  inquire: { path: `${rest}/payments/{id}`, reads: true },
  capture: { path: `${rest}/payments/{id}`, reads: false },
  refund: { path: `${rest}/payments/{id}`, reads: false },
  void: { path: `${rest}/payments/{id}`, reads: false },
  payOut: { path: `${rest}/payout`, reads: false },
  listTransactions: { path: `${rest}/getTransactionList`, reads: true },
  listSavedCards: { path: `${rest}/getCardsAndAccounts`, reads: true },
  deleteSavedCard: { path: `${rest}/paywithtoken/{id}`, reads: false },
  generateInvoice: { path: "/invoiceServices/REST/v1/generate", reads: false },
}

/**
 * Where an inquiry goes. Assumption: to the payment's own address, as most brands of the platform document
 * it; some have one address for all inquiries.
 */
export type InquiryPath = "payments" | "inquiry"

export const commonInquiryPath = `${rest}/inquiry`

/** Debit at once, or reserve now and capture later. */
export type PaymentzPaymentType = "DB" | "PA"

/** What nothing is decided by must not make an answer unreadable. */
const hint = optionalText.catch(undefined)

const result = z.object({ code: optionalText, description: hint }).nullish()

/** Every answer has it (Paymentz, "Response format"). */
export const answerBody = z.object({ result })

const redirect = z
  .object({
    url: webAddress,
    method: hint,
    parameters: z
      .array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]).nullish() }))
      .nullish(),
  })
  .transform(({ url, method, parameters }) => ({
    url,
    method: method?.toUpperCase(),
    parameters: (parameters ?? []).map(({ name, value }) => ({ name, value: `${value ?? ""}` })),
  }))

/** Some answers have an empty one where there is nothing to redirect to. */
const optionalRedirect = z.preprocess(
  (value) => (hasAddress(value) ? value : undefined),
  redirect.optional()
)

function hasAddress(value: unknown): boolean {
  return typeof value === "object" && value !== null && Boolean(Reflect.get(value, "url"))
}

/** Paymentz, the reply to a payment, an inquiry and a payment with a saved card: one shape. */
export const paymentBody = z.object({
  paymentId: optionalText,
  merchantTransactionId: optionalText,
  status: optionalText,
  transactionStatus: optionalText,
  amount: optionalText,
  currency: optionalText,
  registrationId: hint,
  redirect: optionalRedirect,
  result,
})

export type PaymentzRedirect = z.infer<typeof redirect>

/** The short reply to a capture, and all that is read of those to a refund and a reversal. */
export const operationBody = z.object({ paymentId: optionalText, result })

/** Paymentz, "Authentication Token". */
export const tokenBody = z.object({ AuthToken: optionalText, result })

/** An XML-born list: one entry may come without the brackets. */
function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .preprocess(
      (value) => (value === null || value === undefined || value === "" ? [] : [value].flat()),
      z.array(item)
    )
    .optional()
}

/** Paymentz, "getTransactionList". The gateway's number stands under another name than in a reply. */
export const transactionListBody = z.object({
  transaction: listOf(
    z.object({
      systemPaymentId: optionalText,
      paymentId: optionalText,
      merchantTransactionId: optionalText,
      transactionStatus: hint,
      captureamount: hint,
      refundamount: hint,
      payoutamount: hint,
      chargebackamount: hint,
    })
  ),
  result,
})

/**
 * Paymentz, "getCardsAndAccounts".
 * Assumption: the answer names the customer whose cards they are, at its top or at each card.
 */
export const savedCardsBody = z.object({
  customerId: optionalText,
  cards: listOf(
    z.object({
      registrationId: optionalText,
      customerId: optionalText,
      cardType: hint,
      paymentBrand: hint,
      last4Digits: hint,
      lastFourDigits: hint,
      expiryMonth: hint,
      expiryYear: hint,
    })
  ),
  result,
})

/** Paymentz, "Invoice", generate. Assumption: the link stands in `invoiceDetails`, or at the top. */
export const invoiceBody = z.object({
  transactionUrl: optionalText,
  invoiceDetails: z.object({ transactionUrl: optionalText }).nullish(),
  result,
})
