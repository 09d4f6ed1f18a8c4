import type { MocopayPayment } from "./payment"

/**
 * MoCoPay, callbackUrl redirection: where the shopper's browser is sent. The browser writes it: whoever holds it can
 * change every word.
 */
export function returnUrl(
  payment: MocopayPayment,
  callbackUrl: string,
  toldSessionId: string | null
): string {
  const { requestId, parameters, status } = payment
  const sessionId = toldSessionId ?? payment.sessionId
  const url = new URL(callbackUrl)
  const told = {
    sid: sessionId,
    sessionId,
    requestId,
    ...(parameters.referenceId && { referenceId: parameters.referenceId }),
    status,
  }
  for (const [name, value] of Object.entries(told)) url.searchParams.set(name, value)
  return url.href
}
