import type { MocopayContext } from "./context"
import type { MocopayPayment, Money, Transaction } from "./payment"
import type { MocopaySettings } from "./settings"

type Parts = Pick<MocopayContext, "payments" | "notifier" | "settings">

/**
 * What a shopper and the operator do with a payment, by the page's buttons or on a test's word; MoCoPay tells the
 * merchant.
 */
export class ShopperSide {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Sends the SMS, and the operator charges, once. */
  pay(reference: string, money?: Money): MocopayPayment {
    return this.#change(reference, (payment, settings) =>
      payment.isPaid
        ? payment
        : this.#parts.payments.pay(payment, paidWord(payment, settings), money)
    )
  }

  payPart(reference: string, amount: string): MocopayPayment {
    return this.#change(reference, (payment, settings) =>
      this.#parts.payments.payPart(payment, paidWord(payment, settings), amount)
    )
  }

  /** The operator agreed and has charged nothing so far. */
  authorize(reference: string): MocopayPayment {
    return this.#change(reference, (payment) =>
      payment.isPaid ? payment : this.#parts.payments.authorize(payment)
    )
  }

  /** The shopper sent no SMS. */
  decline(reference: string): MocopayPayment {
    return this.#change(reference, (payment, { declinedStatus }) =>
      payment.isPaid ? payment : this.#parts.payments.say(payment, declinedStatus)
    )
  }

  /** The operator could not charge: no money on the phone. */
  fail(reference: string): MocopayPayment {
    return this.#change(reference, (payment, { failedStatus }) =>
      payment.isPaid ? payment : this.#parts.payments.fail(payment, failedStatus)
    )
  }

  chargeSeries(reference: string, outcome: Transaction["outcome"] = "charged"): MocopayPayment {
    return this.#change(reference, (payment, { subscriptionStatus }) =>
      this.#parts.payments.chargeSeries(payment, subscriptionStatus, outcome)
    )
  }

  say(reference: string, status: string): MocopayPayment {
    return this.#change(reference, (payment) => this.#parts.payments.say(payment, status))
  }

  #change(
    reference: string,
    change: (payment: MocopayPayment, settings: MocopaySettings) => MocopayPayment
  ): MocopayPayment {
    const before = this.#parts.payments.require(reference)
    const now = change(before, this.#parts.settings())
    if (now !== before) this.#parts.notifier.changed(before, now)
    return now
  }
}

function paidWord({ product }: MocopayPayment, settings: MocopaySettings): string {
  switch (product.type) {
    case "onetime":
      return settings.paidStatus
    case "subscription":
      return settings.subscriptionStatus
  }
}
