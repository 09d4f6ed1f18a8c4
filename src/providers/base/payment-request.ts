import type { PaymentRequest } from "../../modules/payment-journal/payment-request"
import { notAllowed } from "./errors"
import type { GatewayContext } from "./context"
import type { PaymentSessionRow } from "./medusa-rows"

/** The key of a session's data by which the shop's own workflows name what they asked for; it is cleared at once. */
export const requestKey = "payment_request"

/** Words that ask for what only the shop's own server may have; as data of a session they are refused. */
const refusedKeys: readonly string[] = ["attach_reference", "invoice", "recurring"]

/**
 * What the shop's server asked of a session before it made it, taken for this session alone. Undefined for the
 * sessions of a checkout.
 *
 * @throws MedusaError not_allowed where the data asks for it in words, or names what was not asked of this session
 */
export async function takenRequest(
  { gateway, journal }: GatewayContext,
  session: PaymentSessionRow,
  data: Readonly<Record<string, unknown>>
): Promise<PaymentRequest | undefined> {
  const word = refusedKeys.find((key) => data[key] !== undefined && data[key] !== null)
  if (word !== undefined) {
    throw notAllowed(
      `${gateway.title}: ${word} can't be asked for in a payment session's data. Attach money that came before by ` +
        `POST /admin/gateway-payments/unmatched/:id/attach; make links and charge saved methods by ` +
        `createPaymentLinkWorkflow and chargeSavedMethodWorkflow`
    )
  }
  const id = data[requestKey]
  if (id === undefined || id === null) {
    return undefined
  }
  const request = typeof id === "string" ? await journal.takePaymentRequest(id, session) : undefined
  if (!request) {
    throw notAllowed(
      `${gateway.title}: this payment session is not the one that the shop's server asked for. Nothing was opened ` +
        `or charged`
    )
  }
  return request
}
