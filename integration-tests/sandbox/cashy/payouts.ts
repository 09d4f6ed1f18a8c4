import type { Ledger } from "../shared/ledger"
import { Refusal } from "./refusal"
import { isPayoutEnd, type PayoutEnd } from "./words"

export interface NewPayout {
  readonly mchOrderNo: string
  readonly currency: string
  /** Two decimals. */
  readonly amount: string
  readonly notifyUrl: string
}

export interface CashyPayout extends NewPayout {
  /** Cashy's own number. */
  readonly orderNo: string
  readonly orderStatus: string
  /** Epoch, milliseconds; null until it came to its end. */
  readonly completedAt: number | null
  /** Why it ended as it did; null until then. */
  readonly resultDesc: string | null
}

/** Words of the vendor's tables, one for each end. */
const reasons: Readonly<Record<PayoutEnd, string>> = {
  SUCCESS: "SUCCESS",
  FAIL: "ACCOUNT_NOT_EXIST",
  CANCEL: "SYSTEM_REJECTION",
}

export interface PayoutsOptions {
  readonly ledger: Ledger
  readonly now: () => number
  readonly randomDigits: (count: number) => string
  readonly known?: readonly CashyPayout[]
  /** Told after every change, once the ledger has it too. */
  readonly onChange?: () => void
}

export class Payouts {
  readonly #payouts: Map<string, CashyPayout>
  readonly #options: PayoutsOptions

  constructor(options: PayoutsOptions) {
    this.#options = options
    this.#payouts = new Map(options.known?.map((payout) => [payout.orderNo, payout]))
  }

  all(): readonly CashyPayout[] {
    return [...this.#payouts.values()]
  }

  /** By Cashy's number or the merchant's; of several under one number of the merchant's the last. */
  get(number: string): CashyPayout | undefined {
    const known = this.all().filter(({ mchOrderNo }) => mchOrderNo === number)
    return this.#payouts.get(number) ?? known.at(-1)
  }

  /** @throws {Refusal} */
  require(number: string): CashyPayout {
    const payout = this.get(number)
    if (payout === undefined) throw new Refusal("Payout_Order_not_exist")
    return payout
  }

  /** Whether it still waits for its end. */
  isOpen(number: string): boolean {
    const payout = this.get(number)
    return payout !== undefined && !isPayoutEnd(payout.orderStatus)
  }

  /** Under `pay-again` a number that is known moves the money a second time. @throws {Refusal} */
  create(wanted: NewPayout, orderStatus: string, onDuplicate: "pay-again" | "refuse"): CashyPayout {
    if (onDuplicate === "refuse" && this.get(wanted.mchOrderNo)) {
      throw new Refusal("Payout_Order_Error")
    }
    const orderNo = `PAYOUT${this.#options.randomDigits(19)}`
    const ends = { completedAt: null, resultDesc: null }
    return this.#record({ ...wanted, ...ends, orderNo, orderStatus })
  }

  /** Any word on the way, or the end of it. */
  say(number: string, orderStatus: string): CashyPayout {
    const payout = this.require(number)
    if (isPayoutEnd(payout.orderStatus)) {
      throw new Error(`The payout ${number} has come to its end: ${payout.orderStatus}`)
    }
    return this.#record({ ...payout, orderStatus })
  }

  /** The money of a payout that succeeded comes back. Assumption: Cashy says FAIL of it then. */
  giveBack(number: string): CashyPayout {
    const payout = this.require(number)
    if (payout.orderStatus !== "SUCCESS") {
      throw new Error(`The payout ${number} has not succeeded: ${payout.orderStatus}`)
    }
    const { mchOrderNo, amount, currency } = payout
    this.#options.ledger.append({
      kind: "payout_returned",
      reference: mchOrderNo,
      amount,
      currency,
    })
    return this.#record({ ...payout, orderStatus: "FAIL", resultDesc: "PAYMENT_OFFSET" })
  }

  #record(payout: CashyPayout): CashyPayout {
    const { mchOrderNo, amount, currency, orderStatus } = payout
    if (orderStatus === "SUCCESS") {
      this.#options.ledger.append({ kind: "payout", reference: mchOrderNo, amount, currency })
    }
    const ended = isPayoutEnd(orderStatus)
    const recorded = {
      ...payout,
      completedAt: ended ? this.#options.now() : null,
      resultDesc: ended ? (payout.resultDesc ?? reasons[orderStatus]) : null,
    }
    this.#payouts.set(payout.orderNo, recorded)
    this.#options.onChange?.()
    return recorded
  }
}
