import type { Ledger } from "../shared/ledger"
import type { Money } from "./payment"
import { Refusal } from "./refusal"
import type { PaymentzSettings } from "./settings"

export interface NewPayout extends Money {
  readonly merchantTransactionId: string
}

/** Plain JSON. */
export interface Payout extends NewPayout {
  readonly paymentId: string
  readonly status: PaymentzSettings["payoutStatus"]
  /** Epoch, milliseconds. */
  readonly openedAt: number
}

const FIRST_PAYMENT_ID = 90001

export interface PayoutsOptions {
  readonly ledger: Ledger
  readonly now: () => number
  readonly known?: readonly Payout[]
  readonly onChange?: () => void
}

export class Payouts {
  readonly #payouts: Map<string, Payout>

  constructor(private readonly options: PayoutsOptions) {
    this.#payouts = new Map(options.known?.map((each) => [each.merchantTransactionId, each]))
  }

  all(): readonly Payout[] {
    return [...this.#payouts.values()]
  }

  /** @throws {Refusal} under a number that is in use */
  make(wanted: NewPayout, status: Payout["status"]): Payout {
    if (this.#payouts.has(wanted.merchantTransactionId)) throw new Refusal("TRANSACTION_EXISTS")
    const paymentId = String(FIRST_PAYMENT_ID + this.#payouts.size)
    return this.#put({ ...wanted, paymentId, status, openedAt: this.options.now() })
  }

  /** Ends a payout that is under way. @throws {Error} where there is none */
  finish(merchantTransactionId: string, end: "payoutsuccessful" | "payoutfailed"): Payout {
    const payout = this.#payouts.get(merchantTransactionId)
    if (payout?.status !== "payoutstarted") {
      throw new Error(`No payout ${merchantTransactionId} is under way`)
    }
    return this.#put({ ...payout, status: end })
  }

  #put(payout: Payout): Payout {
    const { ledger, onChange } = this.options
    if (payout.status === "payoutsuccessful") {
      const { merchantTransactionId: reference, amount, currency } = payout
      ledger.append({ kind: "payout", reference, amount, currency })
    }
    this.#payouts.set(payout.merchantTransactionId, payout)
    onChange?.()
    return payout
  }
}
