import { isGatewayFailure } from "../../gateways/shared/gateway-error"
import type {
  PayoutBeneficiaryResult,
  PayoutReport,
  PayoutResult,
} from "../../modules/payout/payout-provider"
import { saidByAny } from "../../providers/base/errors"

/**
 * What a failed call says about a transfer that was to be sent. A gateway that does not accept our credentials
 * did nothing: it is as if nothing had been sent.
 */
export function failedToSend(error: unknown): PayoutResult {
  const words = saidByAny(error)
  if (!isGatewayFailure(error)) {
    return { outcome: "unknown", ...words }
  }
  switch (error.outcome) {
    case "not_sent":
      return { outcome: "not_sent", ...words }
    case "declined":
      return { outcome: error.isUnauthorized ? "not_sent" : "failed", ...words }
    case "unknown":
      return { outcome: "unknown", ...words }
  }
}

/** A question that fails says nothing about the transfer, however final its own failure is. */
export function failedToAsk(error: unknown): PayoutReport {
  return { outcome: "unknown", ...saidByAny(error) }
}

/**
 * What a failed call says about a beneficiary.
 *
 * @param whereToLook what a person does about an answer that was lost
 */
export function failedToRegister(error: unknown, whereToLook: string): PayoutBeneficiaryResult {
  const { code, message } = saidByAny(error)
  if (!isGatewayFailure(error) || error.outcome === "unknown") {
    return { status: "pending", code, message: `${message}. ${whereToLook}` }
  }
  if (error.outcome === "not_sent" || error.isUnauthorized) {
    return { status: "rejected", code, message: `${message}. Nothing was made: add it once more` }
  }
  return { status: "rejected", code, message }
}
