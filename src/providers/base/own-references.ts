import type { OwnReferences } from "../../gateways/shared/webhook"
import { parseOrderReference } from "../../modules/payment-journal/order-reference"
import { isPayoutReference } from "../../modules/payout/payout-reference"

/** A payout's reference has the letters and the length of an order's; its `P` tells it apart. */
export const ownReferences: OwnReferences = {
  isOrder: (reference) =>
    !isPayoutReference(reference) && parseOrderReference(reference) !== undefined,
  isPayout: isPayoutReference,
}
