import { MedusaError } from "@medusajs/framework/utils"
import type { Transfer } from "./transfer"
import type { TransferState } from "./transfer-state"

/** What was asked for is forbidden by the state that something is in (HTTP 409). */
export class PayoutConflict extends MedusaError {
  constructor(message: string) {
    super(MedusaError.Types.CONFLICT, message)
  }
}

/** In which state a transfer is, and what can be done there. */
const stateWords: Readonly<Record<TransferState, string>> = {
  awaiting_approval: "waits for an approval. Approve or reject it",
  approved: "is approved and about to be sent. It can be canceled until then",
  submitting: "is being sent right now. Its outcome shows in a moment",
  processing: "was sent and the gateway is at work on it. Refresh it to ask again",
  unknown:
    "may have been sent, and no answer tells what became of it. It is asked about; refresh it to ask now",
  not_found:
    "may have been sent, and the gateway does not know it so far. It is asked about; refresh it to ask now",
  manual_review:
    "waits for a person to find out at the gateway what became of it. Resolve it with what was found",
  succeeded: "succeeded. If the money came back, resolve it as returned",
  returned: "succeeded and the money came back. To pay again, make a new transfer",
  failed: "failed. To pay again, retry it",
  rejected: "was rejected. To pay, make a new transfer",
  expired: "was not approved in time. To pay, make a new transfer",
  canceled: "was canceled. To pay, make a new transfer",
}

/** @param wish such as "be approved" */
export function stateForbids(transfer: Pick<Transfer, "reference" | "status">, wish: string) {
  return new PayoutConflict(
    `The transfer ${transfer.reference} can't ${wish}: it ${stateWords[transfer.status]}`
  )
}
