export interface Movement {
  readonly kind:
    | "payment"
    /** Money that is reserved and may be captured or reversed; no payment yet. */
    | "authorization"
    | "capture"
    | "void"
    | "refund"
    /** Money of a refund that came back, because it could not be given to the shopper. */
    | "refund_returned"
    | "chargeback"
    | "payout"
    /** Money of a payout that came back. */
    | "payout_returned"
  /** The merchant's own number of what was paid, refunded or paid out. */
  readonly reference: string
  /** A decimal in major units, such as `"100.00"`. */
  readonly amount: string
  readonly currency: string
}

export interface LedgerEntry extends Movement {
  /** ISO 8601. */
  readonly at: string
}

/**
 * Every move of money, in the order it happened. It is only ever appended to: a payment made twice is two entries,
 * which is how a test sees that a client paid twice.
 */
export class Ledger {
  readonly #entries: LedgerEntry[]
  readonly #now: () => number

  constructor(now: () => number, entries: readonly LedgerEntry[] = []) {
    this.#now = now
    this.#entries = [...entries]
  }

  append(movement: Movement): void {
    this.#entries.push({ ...movement, at: new Date(this.#now()).toISOString() })
  }

  entries(filter: Partial<Pick<Movement, "kind" | "reference">> = {}): readonly LedgerEntry[] {
    return this.#entries.filter(
      ({ kind, reference }) =>
        kind === (filter.kind ?? kind) && reference === (filter.reference ?? reference)
    )
  }
}
