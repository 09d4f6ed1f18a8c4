import type { Ledger } from "../shared/ledger"
import { Records, type RecordsOptions } from "../shared/records"
import { Refusal } from "./protocol"

const FIRST_PAYMENT_ID = 54289

interface PaymentsOptions extends RecordsOptions<PaymentzPayment> {
  readonly ledger: Ledger
  readonly now: () => number
  readonly randomId: () => string
}

export interface Changed {
  readonly payment: PaymentzPayment
  /** False where it was so already. */
  readonly changed: boolean
}

/** Every attempt to pay, and what the shopper does with it. Several attempts may be for one merchantTransactionId. */
export class Payments extends Records<PaymentzPayment> {
  constructor(private readonly options: PaymentsOptions) {
    super(options)
  }

  protected numberOf({ paymentId }: PaymentzPayment): string {
    return paymentId
  }

  protected unknown(): Refusal {
    return new Refusal("RECORD_NOT_FOUND")
  }

  getByLink(linkId: string): PaymentzPayment | undefined {
    return this.all().find((payment) => payment.linkId === linkId)
  }

  /** In the order they were opened. */
  attempts(merchantTransactionId: string): readonly PaymentzPayment[] {
    return this.all().filter((each) => each.merchantTransactionId === merchantTransactionId)
  }

  latest(merchantTransactionId: string): PaymentzPayment | undefined {
    return this.attempts(merchantTransactionId).at(-1)
  }

  /** Of several attempts the one that was paid, or the one that was opened last. */
  best(merchantTransactionId: string): PaymentzPayment | undefined {
    return this.attempts(merchantTransactionId).find(isPaid) ?? this.latest(merchantTransactionId)
  }

  /** @throws {Refusal} */
  requireBest(merchantTransactionId: string): PaymentzPayment {
    const payment = this.best(merchantTransactionId)
    if (payment === undefined) throw new Refusal("RECORD_NOT_FOUND", merchantTransactionId)
    return payment
  }

  open(wanted: NewPayment): PaymentzPayment {
    const numbers = this.all().map(({ paymentId }) => Number(paymentId))
    return this.put({
      ...wanted,
      paymentId: String(Math.max(FIRST_PAYMENT_ID - 1, ...numbers) + 1),
      linkId: this.options.randomId(),
      status: "begun",
      resultCode: "00001",
      remark: "Transaction begun",
      awaits3d: false,
      money: "none",
      capture: null,
      refund: null,
      void: null,
      chargebackAmount: null,
      registrationId: null,
      openedAt: this.options.now(),
    })
  }

  /** The attempt that can be paid: what has ended without money begins anew on the hosted page, under a new number. */
  payable(payment: PaymentzPayment): PaymentzPayment {
    const opensAnew = payment.origin === "checkout" || payment.origin === "invoice"
    return hasEnded(payment) && opensAnew ? this.open(payment) : payment
  }

  /** Takes or reserves the shopper's money, once. `paid` takes the place of what was ordered. */
  approve(paymentId: string, paid?: Money): Changed {
    const payment = this.require(paymentId)
    if (isPaid(payment)) return { payment, changed: false }
    const { paymentType, merchantTransactionId } = payment
    const { amount, currency } = paid ?? payment
    const isDebit = paymentType === "DB"
    this.options.ledger.append({
      kind: isDebit ? "payment" : "authorization",
      reference: merchantTransactionId,
      amount,
      currency,
    })
    return {
      payment: this.put({
        ...payment,
        amount,
        currency,
        money: isDebit ? "taken" : "reserved",
        status: isDebit ? "capturesuccess" : "authsuccessful",
        resultCode: "00001",
        remark: "Transaction succeeded",
        awaits3d: false,
      }),
      changed: true,
    }
  }

  decline(paymentId: string, resultCode: string): Changed {
    return this.#end(paymentId, {
      status: "authfailed",
      resultCode,
      remark: "The payment was declined",
    })
  }

  /** As the shopper does who leaves the page by its button. */
  cancel(paymentId: string): Changed {
    return this.#end(paymentId, {
      status: "cancelled",
      resultCode: "10001",
      remark: "The shopper cancelled the payment",
    })
  }

  #end(paymentId: string, end: Pick<PaymentzPayment, "status" | "resultCode" | "remark">): Changed {
    const payment = this.require(paymentId)
    if (isPaid(payment) || hasEnded(payment)) return { payment, changed: false }
    return { payment: this.put({ ...payment, ...end, awaits3d: false }), changed: true }
  }
}

/** One attempt to pay: what Paymentz gives a paymentId to. Plain JSON. */
export interface PaymentzPayment extends NewPayment {
  readonly paymentId: string
  /** The last, unguessable segment of the page's address. */
  readonly linkId: string
  /** The long status; `null` where a test wants none to be said. */
  readonly status: string | null
  readonly resultCode: string
  readonly remark: string
  /** Whether the shopper has to confirm it by 3-D Secure first. */
  readonly awaits3d: boolean
  readonly money: "none" | "reserved" | "taken" | "given-back"
  readonly capture: Move | null
  readonly refund: Move | null
  readonly void: Move | null
  readonly chargebackAmount: string | null
  readonly registrationId: string | null
  /** Epoch, milliseconds. */
  readonly openedAt: number
}

export interface NewPayment {
  readonly merchantTransactionId: string
  /** Debit: paid in one step. Preauthorisation: reserved, and captured later. */
  readonly paymentType: "DB" | "PA"
  /** Two decimals, and of the currency in upper case. */
  readonly amount: string
  readonly currency: string
  readonly paymentMode: string
  readonly paymentBrand: string
  readonly origin: "checkout" | "invoice" | "bank" | "saved-card"
  readonly description: string
  readonly merchantRedirectUrl: string
  readonly notificationUrl: string | null
  readonly terminalId: string
  readonly customer: Customer
  /** Ticks the page's box; the shopper can still untick it. */
  readonly wantsCardSaved?: boolean
}

export interface Customer {
  readonly id: string
  readonly email: string
  readonly givenName: string
  readonly surname: string
}

/** A capture, a refund or a reversal. */
export interface Move {
  readonly amount: string
  readonly state: "started" | "made" | "failed"
  /** The long status that the payment had before. */
  readonly before: string | null
}

export type MoveKind = "capture" | "refund" | "void"

export interface Money {
  readonly amount: string
  readonly currency: string
}

/** Reserved or taken, whatever became of it later. */
export function isPaid(payment: PaymentzPayment): boolean {
  return payment.money !== "none"
}

/** Without any money. */
export function hasEnded({ money, status }: PaymentzPayment): boolean {
  return money === "none" && status !== null && ENDS.includes(status)
}

const ENDS = ["authfailed", "failed", "cancelled", "authcancelled"]
