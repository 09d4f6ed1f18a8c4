import type { Ledger } from "../shared/ledger"
import type { Money } from "./payment"
import { Refusal } from "./refusal"
import type { PaymentzSettings } from "./settings"

export interface NewPayout extends Money {
  readonly merchantTransactionId: string
  readonly notificationUrl: string | null
}

/** Plain JSON. */
export interface Payout extends NewPayout {
  readonly paymentId: string
  readonly status: PaymentzSettings["payoutStatus"] | "reversed"
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

  /** By the merchant's number. */
  get(merchantTransactionId: string): Payout | undefined {
    return this.#payouts.get(merchantTransactionId)
  }

  byNumber(paymentId: string): Payout | undefined {
    return this.all().find((each) => each.paymentId === paymentId)
  }

  /** @throws {Refusal} under a number that is in use */
  make(wanted: NewPayout, status: PaymentzSettings["payoutStatus"]): Payout {
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

  /** The money of a payout that succeeded comes back. @throws {Error} where there is none */
  giveBack(merchantTransactionId: string): Payout {
    const payout = this.#payouts.get(merchantTransactionId)
    if (payout?.status !== "payoutsuccessful") {
      throw new Error(`No payout ${merchantTransactionId} has succeeded`)
    }
    const { amount, currency } = payout
    const reference = merchantTransactionId
    this.options.ledger.append({ kind: "payout_returned", reference, amount, currency })
    return this.#put({ ...payout, status: "reversed" })
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
