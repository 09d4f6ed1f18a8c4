import { digest, isDigestOf } from "../shared/digest"
import type { Secret } from "../shared/secret"

/**
 * What is signed, joined with `|` in this order. The secure key's place differs from operation to operation
 * (Paymentz, the page of each operation).
 *
 * Assumption: the rows of saved cards, of the lists and of an inquiry by our own reference are those of the
 * operations they are most like; the vendor's overview does not write them out.
 */
const rows = {
  payment: ["memberId", "secureKey", "merchantTransactionId", "amount"],
  /** Captures and refunds. */
  operation: ["memberId", "secureKey", "paymentId", "amount"],
  /** Reversals and inquiries by the gateway's number. */
  paymentId: ["memberId", "secureKey", "paymentId"],
  /** Inquiries by our reference. */
  reference: ["memberId", "secureKey", "merchantTransactionId"],
  savedCardPayment: ["memberId", "secureKey", "registrationId", "amount"],
  savedCard: ["memberId", "secureKey", "registrationId"],
  /** Lists of transactions and of saved cards. */
  member: ["memberId", "secureKey"],
  payout: ["memberId", "merchantTransactionId", "amount", "secureKey"],
  checkout: [
    "memberId",
    "totype",
    "amount",
    "merchantTransactionId",
    "merchantRedirectUrl",
    "secureKey",
  ],
  invoice: ["memberId", "secureKey", "merchantInvoiceId", "amount", "merchantRedirectUrl"],
} as const

type Row = keyof typeof rows
type FieldOf<Of extends Row> = (typeof rows)[Of][number]

/** Who signs: the merchant's own number and key stand in every row. */
export type ChecksumMerchant = { memberId: string; secureKey: Secret }

/** A row that we sign, with its texts exactly as they are sent. */
export type Signed = {
  [Of in Row]: { row: Of } & Readonly<
    Record<Exclude<FieldOf<Of>, "memberId" | "secureKey">, string>
  >
}[Row]

/** The value of `checksum`: MD5 in lower-case hex. */
export function checksum(
  { row, ...texts }: Signed,
  { memberId, secureKey }: ChecksumMerchant
): string {
  return md5(row, { ...texts, memberId, secureKey: secureKey.reveal() }).toString("hex")
}

/** What the gateway itself signs of a callback; `transactionStatus` is the short status, such as `N`. */
export type CallbackTexts = Readonly<
  Record<"paymentId" | "merchantTransactionId" | "amount" | "transactionStatus", string>
>

/** What the gateway signs a callback with, as 16 bytes; the texts exactly as they were received. */
export function callbackDigest(texts: CallbackTexts, secureKey: Secret): Buffer {
  return digest("md5", [signedCallback(texts, secureKey)])
}

/** Whether the `checksum` of a callback is one made with that key, in capitals or not. */
export function isSignedCallback(
  texts: CallbackTexts,
  checksum: unknown,
  secureKey: Secret
): boolean {
  const signed = signedCallback(texts, secureKey)
  return isDigestOf([signed], checksum, { algorithm: "md5", encoding: "hex" })
}

function signedCallback(
  { paymentId, merchantTransactionId, amount, transactionStatus }: CallbackTexts,
  secureKey: Secret
): string {
  return `${paymentId}|${merchantTransactionId}|${amount}|${transactionStatus}|${secureKey.reveal()}`
}

function md5(row: Row, texts: Readonly<Record<string, string>>): Buffer {
  return digest("md5", [rows[row].map((name) => texts[name]).join("|")])
}
