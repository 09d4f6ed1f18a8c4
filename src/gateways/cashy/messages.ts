/** The shapes of Cashy's answers and callbacks, and what is read out of their links and numbers. */

import { z } from "zod"
import { isFields, isTextOrAbsent } from "../shared/messages"

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
export type CashyCallback = {
  mchOrderNo: string
  orderNo: string
  orderStatus: string
  orderType?: string | null
  patchMchOrderNo?: string | null
  /** A hint that is compared, never believed: whatever is no amount is taken as absent. */
  amount?: string | number
}

/** Undefined for what is no such message. Without a schema, which would cost as much as the parser does. */
export function callbackOf(value: unknown): CashyCallback | undefined {
  if (!isFields(value)) {
    return undefined
  }
  const { mchOrderNo, orderNo, orderStatus, orderType, patchMchOrderNo, amount } = value
  if (!isText(mchOrderNo) || !isText(orderNo) || !isText(orderStatus)) {
    return undefined
  }
  if (!isTextOrAbsent(orderType) || !isTextOrAbsent(patchMchOrderNo)) {
    return undefined
  }
  const isAmount = typeof amount === "string" || typeof amount === "number"
  return {
    mchOrderNo,
    orderNo,
    orderStatus,
    orderType,
    patchMchOrderNo,
    amount: isAmount ? amount : undefined,
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== ""
}

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
