/** Whether a gateway knows the shop, by a question that moves no money and that only the shop may ask. */

import { GatewayError } from "../../gateways/shared/errors"
import { orderReference } from "../../modules/payment-journal/references"
import type { CheckOutcome } from "../../modules/payment-journal/repositories/provider-health"
import { gatewayErrorOf } from "./errors"
import type { KnownOrder, PaymentGateway } from "./gateway"

export type CheckedCredentials = { outcome: CheckOutcome; code?: string; message?: string }

/**
 * Asks about an order that can't exist: "there is none" is the answer to whom the gateway knows. It never rejects for what
 * the gateway does or says.
 *
 * @param gateway without an access token from before, which may outlive the credentials
 */
export async function checkCredentials(
  gateway: Pick<PaymentGateway, "queryOrder" | "checkAccess" | "decimals">
): Promise<CheckedCredentials> {
  try {
    const order = impossibleOrder(gateway)
    await (gateway.checkAccess?.(order) ?? gateway.queryOrder(order))
    return { outcome: "accepted" }
  } catch (error) {
    if (!(error instanceof GatewayError)) {
      throw error
    }
    const outcome = outcomeOf(error)
    return outcome === "accepted" ? { outcome } : { outcome, ...gatewayErrorOf(error) }
  }
}

/** The session's ULID is of the first millisecond of 1970: no payment was ever opened under it. */
const impossibleSession = `payses_${"0".repeat(26)}`

function impossibleOrder({ decimals }: Pick<PaymentGateway, "decimals">): KnownOrder {
  return {
    reference: orderReference(impossibleSession, 0),
    amount: "1",
    currency: Object.keys(decimals)[0] ?? "usd",
    gatewayData: {},
    candidateIds: [],
  }
}

/**
 * Assumption: a gateway that declines the question itself, in its own words, declines whoever asks: there is nothing else
 * in it that could be wrong.
 */
function outcomeOf(error: GatewayError): CheckOutcome {
  switch (error.setUpFault) {
    case "credentials":
      return "refused"
    case "address":
      return "wrong_address"
    case undefined:
  }
  if (error.outcome === "declined") {
    return error.isNotFound ? "accepted" : "refused"
  }
  return isAnswer(error) ? "unclear" : "no_answer"
}

/** It came, and is none that this gateway gives to a question that it understands. */
function isAnswer({ reason }: GatewayError): boolean {
  return reason === "unlisted_code" || reason === "mismatch" || reason === "unreadable"
}
