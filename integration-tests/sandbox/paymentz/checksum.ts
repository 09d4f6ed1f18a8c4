import { createHash } from "node:crypto"

/**
 * What each checksum is made of, in this order. The secure key stands at another place from one operation to the
 * next. The rows that end with "Assumption" are not published; they follow the rule of the others.
 */
export const checksumParts = {
  payment: ["memberId", "secureKey", "merchantTransactionId", "amount"],
  /** Capture and refund. */
  moveOfAmount: ["memberId", "secureKey", "paymentId", "amount"],
  /** Reversal, and an inquiry by paymentId. */
  paymentOnly: ["memberId", "secureKey", "paymentId"],
  /** Assumption. */
  inquiryByTransaction: ["memberId", "secureKey", "merchantTransactionId"],
  /** Assumption. */
  savedCardPayment: ["memberId", "secureKey", "registrationId", "amount"],
  /** Assumption. */
  savedCard: ["memberId", "secureKey", "registrationId"],
  /** The list of transactions; Assumption for that of saved cards. */
  memberOnly: ["memberId", "secureKey"],
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
  /** Of answers, callbacks and the shopper's return; the status is the short one. */
  callback: ["paymentId", "merchantTransactionId", "amount", "transactionStatus", "secureKey"],
} as const

export type ChecksumName = keyof typeof checksumParts
export type ChecksumValues<Name extends ChecksumName> = Readonly<
  Record<(typeof checksumParts)[Name][number], string>
>

/** MD5 over the values as they stand in the message, joined by `|`; lower-case hexadecimal. */
export function checksum<Name extends ChecksumName>(
  name: Name,
  values: ChecksumValues<Name>
): string {
  const known = new Map<string, string>(Object.entries(values))
  const parts = checksumParts[name].map((part) => known.get(part) ?? "")
  return createHash("md5").update(parts.join("|"), "utf8").digest("hex")
}
