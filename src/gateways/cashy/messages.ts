/** The shapes of Cashy's answers and callbacks, and what is read out of their links and numbers. */

import { z } from "zod"

const number = z.union([z.number(), z.string()])

/** Every answer comes in one envelope. A `code` of 200 is a yes, and `msg` a token such as `System_busy`. */
export const envelopeSchema = z.object({
  code: number,
  msg: z.string().nullish(),
  data: z.unknown(),
})

export type CashyEnvelope = z.infer<typeof envelopeSchema>

/** What can't be read as text counts as absent: any of the three may be missing (Cashy, "Create Payin Order"). */
const link = z.string().nullish().catch(undefined)

const payable = { payDeskUrl: link, payUrl: link, payCode: link }

/** Cashy, "Create Payin Order". */
export const createdOrderData = z.object({
  mchOrderNo: z.string(),
  orderNo: z.string().min(1),
  ...payable,
})

/** Cashy, "Query Payin Order". No currency comes back. */
export const orderData = z.object({
  mchOrderNo: z.string(),
  orderNo: z.string().min(1),
  orderStatus: z.string().nullish(),
  /** A text in the samples, a decimal in the table. Only what was paid is read by it. */
  amount: number.nullish().catch(undefined),
  ...payable,
})

/**
 * Cashy, "Create Payout Order" and its query: one shape. No currency comes back. Whether it was sent must not
 * hang on what nothing is decided by, so that is taken as absent where it is not as documented.
 */
export const payoutData = z.object({
  mchOrderNo: z.string(),
  orderNo: z.string().min(1),
  orderStatus: z.string().nullish(),
  amount: number.nullish().catch(undefined),
  fee: number.nullish().catch(undefined),
  /** Why it ended as it did, as a token such as `INVALID_BANK_ACCOUNT`; only a query has it. */
  resultDesc: z.string().nullish().catch(undefined),
})

/** Cashy, "Merchant Balance query". No currency comes back. */
export const balanceData = z.object({ balance: number })

/**
 * Cashy, "Webhook Request Parameters". Assumption: what can be absent in one of the vendor's samples can be
 * absent; the links are not read, so that the table's 32 characters for a `payUrl`, which the samples
 * contradict, don't matter. A payout's callback has the same fields.
 */
export const callbackBody = z.object({
  mchOrderNo: z.string().min(1),
  orderNo: z.string().min(1),
  orderStatus: z.string().min(1),
  orderType: z.string().nullish(),
  patchMchOrderNo: z.string().nullish(),
  /** A hint that is compared, never believed: whatever is no amount is taken as absent. */
  amount: number.nullish().catch(undefined),
})

export type CashyCallback = z.infer<typeof callbackBody>

/** Where Cashy lets the shopper pay. */
export type CashyWayToPay = { type: "page"; url: string } | { type: "code"; code: string }

type CashyPayable = {
  payDeskUrl?: string | null
  payUrl?: string | null
  payCode?: string | null
}

/**
 * The best of the ways that an answer holds; any of the three may be absent or empty (Cashy, "Create Payin
 * Order").
 *
 * Assumption: the pay desk is better than the wallet's own page, because it shows every way there is and the
 * pay code as well. A link that is no web address is nowhere to send a shopper and counts as absent.
 */
export function wayToPay({ payDeskUrl, payUrl, payCode }: CashyPayable): CashyWayToPay | undefined {
  const url = [payDeskUrl, payUrl].find(isWebAddress)
  if (url) {
    return { type: "page", url }
  }
  const code = payCode?.trim()
  return code ? { type: "code", code } : undefined
}

function isWebAddress(link: string | null | undefined): boolean {
  return typeof link === "string" && /^https?:\/\//i.test(link) && URL.canParse(link)
}

/**
 * Assumption: what Cashy appends to our number for an additional payment are five digits, as its text says
 * (`MCH20230088` becomes `MCH2023008800001`), or four, as its sample shows (Cashy, "Supplementary
 * instructions").
 */
const serial = /^\d{4,5}$/

/** Whether a number of Cashy's `mchOrderNo` kind is this reference of ours, with or without a serial number. */
export function isNumberOf(mchOrderNo: string, reference: string): boolean {
  return (
    mchOrderNo === reference ||
    (mchOrderNo.startsWith(reference) && serial.test(mchOrderNo.slice(reference.length)))
  )
}
