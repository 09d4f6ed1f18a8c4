import {
  GatewayDeclinedError,
  GatewayUnknownError,
  type GatewayError,
} from "../shared/gateway-error"
import type { MocasaEnvelope } from "./messages"

export const mocasaGateway = "Mocasa Pay"

export type MocasaOperation = "applyToken" | "createOrder" | "queryOrder" | "refundOrder"

/**
 * Assumption: this is what `success: false` means for money. The vendor publishes no codes, so no code can be
 * known to be a final refusal of a call that moves money.
 */
const outcomes: Readonly<Record<MocasaOperation, "declined" | "unknown">> = {
  applyToken: "declined", // moves nothing
  createOrder: "declined", // no payment link was handed out: nobody can pay
  queryOrder: "declined", // reads only
  refundOrder: "unknown", // perhaps made all the same: ask before it is sent again
}

export function refusal(
  operation: MocasaOperation,
  envelope: Pick<MocasaEnvelope, "code" | "message">,
  httpStatus: number
): GatewayError {
  const details = {
    gateway: mocasaGateway,
    operation,
    code: envelope.code,
    gatewayMessage: envelope.message,
    httpStatus,
  }
  return outcomes[operation] === "declined"
    ? new GatewayDeclinedError(details)
    : new GatewayUnknownError({ ...details, reason: "unlisted_code" })
}
