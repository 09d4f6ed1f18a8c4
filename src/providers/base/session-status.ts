import { PaymentSessionStatus } from "@medusajs/framework/utils"
import type { Verdict } from "./judge-report"
import type { SessionWord } from "./session-data"

type Row = { status: PaymentSessionStatus; word: SessionWord }

/** Where each verdict leaves Medusa's payment session. */
const rows: Readonly<Record<Verdict["type"], Row>> = {
  pending: { status: PaymentSessionStatus.PENDING, word: "open" },
  authorized: { status: PaymentSessionStatus.AUTHORIZED, word: "authorized" },
  paid: { status: PaymentSessionStatus.CAPTURED, word: "paid" },
  // The shopper may choose again; if this order is paid all the same, the webhook still completes the cart.
  failed: { status: PaymentSessionStatus.ERROR, word: "failed" },
  expired: { status: PaymentSessionStatus.CANCELED, word: "expired" },
  canceled: { status: PaymentSessionStatus.CANCELED, word: "canceled" },
  refunded: { status: PaymentSessionStatus.CANCELED, word: "refunded" },
  chargeback: { status: PaymentSessionStatus.ERROR, word: "chargeback" },
  // Money came, but not what was ordered: never authorized, and no second try over it.
  mismatch: { status: PaymentSessionStatus.ERROR, word: "mismatch" },
}

export function sessionStatus({ type }: { type: Verdict["type"] }): Row {
  return rows[type]
}
