import { z } from "zod"
import { isFields, isTextOrAbsent, webAddress } from "../shared/messages"

/**
 * Every answer comes in one envelope, in which the vendor calls every field optional (Mocasa, "Return
 * Data"). What a call can't do without is required where that call reads its `data`.
 */
const envelope = z.object({
  success: z.boolean(),
  code: z.union([z.string(), z.number()]).nullish(),
  message: z.string().nullish(),
  data: z.unknown(),
})

export type MocasaEnvelope = z.infer<typeof envelope>

export const envelopeSchema = envelope

/** Mocasa, "Authorization". */
export const tokenData = z.object({
  accessToken: z.string().min(1),
  /** A number by the vendor's table; as a text it must not keep the shop from selling. */
  expireTime: z
    .union([z.number().nonnegative(), z.string().regex(/^\d+$/).transform(Number)])
    .nullish(),
})

/** Mocasa, "Create Order". */
export const createdOrderData = z.object({
  orderNo: z.string(),
  paymentLink: webAddress,
})

/**
 * Mocasa, "Get Order Status". No amount and no currency come back. Whether it was paid must not hang on
 * fields that nothing here decides by, so those are taken as absent where they are not as documented.
 */
export const orderStatusData = z.object({
  orderNo: z.string(),
  paymentLink: webAddress.nullish().catch(undefined),
  txStatus: z.string().nullish(),
  txMessage: z.string().nullish().catch(undefined),
})

/** Mocasa, "Order Refund". */
export const refundData = z.object({
  orderNo: z.string(),
  refundStatus: z.string().nullish(),
  refundRef: z.string().nullish(),
})

/** Mocasa, "Create Beneficiary". A number that comes as one is read with all its digits. */
export const accountData = z.object({
  accountNo: z.union([z.string().min(1), z.number()]).transform(String),
  status: z.string().nullish(),
})

/** Mocasa, "Transfer" and "Get Transfer Status": one shape. No amount, currency or fee comes back. */
export const transferData = z.object({
  transferSerialNo: z.string(),
  txStatus: z.string().nullish(),
  txMessage: z.string().nullish().catch(undefined),
})

/**
 * Mocasa, "Webhook", "Request Parameters".
 * Assumption: a payout's event has the same fields with `transferSerialNo` in the place of `orderNo`; the
 * vendor describes no other and has one address for both.
 */
export type MocasaWebhookBody = {
  orderNo?: string
  transferSerialNo?: string
  txStatus: string
  /** Not signed, and compared only to warn: whatever is no amount is taken as absent. */
  amount?: string | number
}

/** Undefined for what is no such message. Without a schema, which would cost as much as the digest. */
export function webhookBodyOf(value: unknown): MocasaWebhookBody | undefined {
  if (!isFields(value)) {
    return undefined
  }
  const { orderNo, transferSerialNo, txStatus, amount } = value
  if (!isTextOrAbsent(orderNo) || !isTextOrAbsent(transferSerialNo)) {
    return undefined
  }
  if (typeof txStatus !== "string" || txStatus === "" || !(orderNo || transferSerialNo)) {
    return undefined
  }
  const isAmount = typeof amount === "string" || typeof amount === "number"
  return {
    orderNo: orderNo || undefined,
    transferSerialNo: transferSerialNo || undefined,
    txStatus,
    amount: isAmount ? amount : undefined,
  }
}
