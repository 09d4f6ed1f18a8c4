/** What Mocasa's refusals mean for money. */

import {
  type GatewayError,
  gatewayErrors,
  type RefusalMeaning,
  saysLowBalance,
} from "../shared/errors"
import type { MocasaEnvelope } from "./messages"

export const mocasaGateway = "Mocasa Pay"

export type MocasaOperation =
  | "applyToken"
  | "createOrder"
  | "queryOrder"
  | "refundOrder"
  | "createAccount"
  | "initiateTransfer"
  | "queryTransfer"

export const mocasaErrors = gatewayErrors<MocasaOperation>(mocasaGateway)

/**
 * Assumption: this is what `success: false` means for money. The vendor publishes no codes, so no code can be
 * known to be a final refusal of a call that moves money.
 */
const outcomes: Readonly<Record<MocasaOperation, RefusalMeaning>> = {
  applyToken: "declined", // moves nothing
  createOrder: "declined", // no payment link was handed out: nobody can pay
  queryOrder: "not_found", // Mocasa knows no such order
  refundOrder: "unknown", // perhaps made all the same: ask before it is sent again
  createAccount: "declined", // moves nothing: an account that was made all the same is never paid
  initiateTransfer: "unknown", // perhaps sent all the same, unless it says what keeps it from that: see below
  queryTransfer: "unknown", // may say anything; what says that there is none is saysNoSuchTransfer
}

export function refusal(
  operation: MocasaOperation,
  envelope: Pick<MocasaEnvelope, "code" | "message">,
  httpStatus: number
): GatewayError {
  const { code, message: gatewayMessage } = envelope
  const meaning =
    operation === "initiateTransfer" ? meaningForTransfer(envelope) : outcomes[operation]
  return mocasaErrors.refusal(operation, meaning, { code, gatewayMessage }, httpStatus)
}

function meaningForTransfer(
  gatewayError: Pick<MocasaEnvelope, "code" | "message">
): RefusalMeaning {
  if (saysLowBalance(gatewayError)) {
    return "low_balance"
  }
  return saysNoSuchPayee(gatewayError) ? "declined" : outcomes.initiateTransfer
}

const noSuchPayeeCode =
  /^(payee|beneficiary)([_ -]account)?([_ -]?no)?[_ -](not[_ -](found|exists?)|does[_ -]not[_ -]exist)$/i
const noSuchPayeeStatement =
  /^(the )?(payee|beneficiary)( account|AccountNo)?( number)? (was |is )?(not found|not exist|does not exist|doesn't exist|not a beneficiary|not added as (a )?beneficiary)[.!]?$/i

/**
 * Assumption: a transfer to somebody whom Mocasa does not know was not sent. Mocasa publishes no code for it, and says
 * that an account has to be added as a beneficiary before (Mocasa, "Create Beneficiary"), so that only a code or a
 * whole sentence that says just that counts.
 */
function saysNoSuchPayee({ code, message }: Pick<MocasaEnvelope, "code" | "message">): boolean {
  return (
    noSuchPayeeCode.test(String(code ?? "")) || noSuchPayeeStatement.test(message?.trim() ?? "")
  )
}

const noSuchTransferCode =
  /^(transfer|transfer[ _-]?serial[ _-]?no)[ _-](not[ _-](found|exists?)|does[ _-]not[ _-]exist)$/i
const noSuchTransferStatement =
  /^(there is no (such )?transfer( with this transferSerialNo)?|(the |this )?transfer(SerialNo)? (was |is )?(not found|not exist|does not exist|doesn't exist))[.!]?$/i

/**
 * Assumption: Mocasa publishes no code for a transfer that it does not know, so that only a code or a whole
 * sentence that says just that counts as one. Any other refusal of a question tells nothing about the
 * transfer.
 */
export function saysNoSuchTransfer(gatewayError: { code?: string; message?: string }): boolean {
  return (
    noSuchTransferCode.test(gatewayError.code ?? "") ||
    noSuchTransferStatement.test(gatewayError.message?.trim() ?? "")
  )
}

const alreadyRefundedCode = /^((order|payment|transaction|tx)[ _-])?already[ _-]refunded$/i
const alreadyRefundedStatement =
  /^((the|this) )?((order|payment|transaction)( (?=\S*\d)[a-z0-9-]+)? )?((has|was|is) )?((already|previously) (been )?refunded|refunded already)[.!]?$/i

/**
 * Assumption: a second refund of one order is refused with words that say so, because Mocasa refunds an
 * order in full or not at all. Such a refusal proves that the money was given back before. Only a code or a
 * whole sentence that says just that counts: a rule ("must not be already refunded") or a part of it proves
 * nothing, and a false proof would cost the shopper the money.
 */
export function saysAlreadyRefunded(gatewayError: { code?: string; message?: string }): boolean {
  return (
    alreadyRefundedCode.test(gatewayError.code ?? "") ||
    alreadyRefundedStatement.test(gatewayError.message?.trim() ?? "")
  )
}
