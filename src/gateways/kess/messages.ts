import { z } from "zod"
import { amountField, errorField } from "../shared/messages"
import { printableText } from "../shared/text"

/** Every answer comes in one envelope; of its words none is documented, and none is needed. */
export const envelope = z.object({
  success: z.boolean(),
  code: errorField,
  message: errorField,
  error: errorField,
  data: z.unknown(),
})

/** With an HTTP status from 400 on it is a refusal, whatever it says of itself. */
export const refusedEnvelope = envelope.extend({
  success: z.unknown().transform(() => false),
})

/** The words in the envelope's `data`, as the token's answer has one. */
export const errorInData = z.object({
  code: errorField,
  result_code: errorField,
  message: errorField,
})

/** A JSON number by the vendor's samples; a text is read as well. Major units. */
const amount = amountField

const currency = z.string().min(1).toLowerCase()

/** The wallet's own number, of up to 32 digits; long ones arrive as text. */
const transactionId = z
  .union([z.string().min(1).max(64), z.number().transform(String)])
  .nullish()
  .catch(undefined)

const resultCode = z.string().min(1).max(64)

/** KESS, "Get API token". */
export const tokenData = z.object({ token: z.string().min(1) })

/** The most that fits into a QR code, in bytes. */
const longestQr = 2_953

/** KESS, "Native pay": `weixin://...` or a web address of Alipay's, to be drawn as a QR. */
export const nativePayData = z.object({
  qr_code: z.string().min(1).max(longestQr).nullish(),
  amount: amount.nullish(),
  out_trade_no: z.string(),
  result_code: resultCode,
})

/** KESS, "Quick pay" and "JSAPI pay". What was charged is what check payment status then names. */
export const codePayData = z.object({
  out_trade_no: z.string(),
  transaction_id: transactionId,
  result_code: resultCode,
})

/** KESS, "Refund to buyer". */
export const refundData = z.object({
  refund_amount: amount,
  currency: currency.nullish(),
  out_trade_no: z.string(),
  out_refund_no: z.string(),
  transaction_id: transactionId,
  result_code: resultCode,
})

/** Cleaned here, because it is shown as it is. */
const message = z
  .string()
  .transform((text) => printableText(text))
  .nullish()
  .catch(undefined)

/** Of a no only what tells whose it is: its form is not documented, and it proves nothing. */
const paid = z.object({
  is_success: z.literal(true),
  out_trade_no: z.string(),
  amount,
  currency,
  message,
})

const notPaid = z.object({
  is_success: z.literal(false),
  out_trade_no: z.string().nullish(),
  message,
})

/**
 * KESS, "Check payment status".
 *
 * Assumption: an `out_refund_no` in it tells that something was refunded, neither how much nor by whom. So
 * it is not read: what was paid stays paid until a refund of ours is made.
 */
export const checkPaymentData = z.discriminatedUnion("is_success", [paid, notPaid])

/** Which refund it is about; a list or an object would be a form that is not documented. */
const refundNumber = z.union([z.string(), z.number().transform(String)]).nullish()

/** KESS, "Check refund status": the same shape, with the amount of the refund. */
export const checkRefundData = z.discriminatedUnion("is_success", [
  paid.extend({ out_refund_no: refundNumber }),
  notPaid.extend({ out_refund_no: refundNumber }),
])

export type KessPaymentCheck = z.infer<typeof checkPaymentData>
export type KessRefundCheck = z.infer<typeof checkRefundData>
