import { isGatewayFailure } from "../../gateways/shared/errors"
import type {
  PayoutBeneficiaryResult,
  PayoutReport,
  PayoutResult,
} from "../../modules/payout/provider"
import { saidByAny, saidToOwner, type SetUpSubject } from "../../providers/base/errors"

/**
 * What a failed call says about a transfer that was to be sent. A gateway that does not accept our credentials
 * did nothing: it is as if nothing had been sent.
 */
export function failedToSend(error: unknown, subject?: SetUpSubject): PayoutResult {
  const words = said(error, subject)
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
export function failedToAsk(error: unknown, subject?: SetUpSubject): PayoutReport {
  return { outcome: "unknown", ...said(error, subject) }
}

/**
 * What a failed call says about a beneficiary.
 *
 * @param whereToLook what a person does about an answer that was lost
 */
export function failedToRegister(
  error: unknown,
  whereToLook: string,
  subject?: SetUpSubject
): PayoutBeneficiaryResult {
  const { code, message } = said(error, subject)
  if (!isGatewayFailure(error) || error.outcome === "unknown") {
    return { status: "pending", code, message: `${message}. ${whereToLook}` }
  }
  if (error.outcome === "not_sent" || error.isUnauthorized) {
    return { status: "rejected", code, message: `${message}. Nothing was made: add it once more` }
  }
  return { status: "rejected", code, message }
}

/** @param subject of whom the set-up may be wrong: what to set right is said as well */
function said(error: unknown, subject?: SetUpSubject): { code?: string; message: string } {
  return subject ? saidToOwner(subject, error) : saidByAny(error)
}
