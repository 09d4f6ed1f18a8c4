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
  | "reverse"
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
  reverse: { path: `${rest}/payments/{id}`, reads: false },
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
