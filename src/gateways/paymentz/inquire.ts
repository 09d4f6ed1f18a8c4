import type { PaymentzClient } from "./client"
import { paymentBody } from "./messages"
import { commonInquiryPath, type InquiryPath } from "./operation"
import { paymentOf, type PaymentzPayment } from "./payment"
import { refusal } from "./refusal"

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
  if (payment.paymentId === undefined || payment.word === undefined) {
    throw refusal("inquire", answer.words, answer.httpStatus)
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
