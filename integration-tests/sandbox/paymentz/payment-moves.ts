import type { Ledger, Movement } from "../shared/ledger"
import { isAtMost } from "./amount"
import type { Move, MoveKind, PaymentzPayment } from "./payment"
import type { Payments } from "./payments"
import { Refusal } from "./refusal"
import type { PaymentzSettings } from "./settings"
import type { LongStatus } from "./statuses"

interface MoveWords {
  readonly made: LongStatus
  readonly started: LongStatus
  /** Absent where none is published. Assumption: the payment then says again what it said before. */
  readonly failed?: LongStatus
  readonly refusal: "CAPTURE_FAILED" | "REFUND_FAILED" | "REVERSE_FAILED"
}

const words: Readonly<Record<MoveKind, MoveWords>> = {
  capture: {
    made: "capturesuccess",
    started: "capturestarted",
    failed: "capturefailed",
    refusal: "CAPTURE_FAILED",
  },
  refund: {
    made: "reversed",
    started: "markedforreversal",
    refusal: "REFUND_FAILED",
  },
  reverse: {
    made: "authcancelled",
    started: "cancelstarted",
    refusal: "REVERSE_FAILED",
  },
}

const madeCodes: Readonly<Record<MoveKind, string>> = {
  capture: "00004",
  refund: "00005",
  reverse: "00006",
}
const failedCodes: Readonly<Record<MoveKind, string>> = {
  capture: "10005",
  refund: "10006",
  reverse: "10007",
}

/** Captures, refunds and reversals: what they need, and what they do to a payment. */
export class PaymentMoves {
  constructor(
    private readonly payments: Payments,
    private readonly ledger: Ledger,
    private readonly settings: () => PaymentzSettings
  ) {}

  /** "This transaction is always preceded by an auth transaction". Assumption: one capture of each. @throws {Refusal} */
  capture(paymentId: string, amount: string, code: string): PaymentzPayment {
    const payment = this.payments.require(paymentId)
    if (payment.paymentType !== "PA") this.#refuse("capture", "not a preauthorisation")
    this.#requireUnmoved(payment, "capture")
    if (payment.money !== "reserved") this.#refuse("capture", "nothing is reserved")
    if (payment.reverse?.state === "started") this.#refuse("capture", "a reversal is under way")
    if (!isAtMost(amount, payment.amount)) {
      this.#refuse("capture", "more than the authorised amount")
    }
    return this.#move(payment, "capture", amount, code)
  }

  /** "It is not possible to refund the same transaction more than once." @throws {Refusal} */
  refund(paymentId: string, amount: string, code: string): PaymentzPayment {
    const payment = this.payments.require(paymentId)
    this.#requireUnmoved(payment, "refund")
    if (payment.money !== "taken") this.#refuse("refund", "nothing was captured")
    if (payment.chargebackAmount !== null) this.#refuse("refund", "it was charged back")
    if (this.settings().refundNeedsSettlement && payment.status !== "settled") {
      this.#refuse("refund", "not settled yet")
    }
    if (!isAtMost(amount, capturedAmount(payment))) {
      this.#refuse("refund", "more than the captured amount")
    }
    return this.#move(payment, "refund", amount, code)
  }

  /** Of a preauthorisation, in full. @throws {Refusal} */
  reverse(paymentId: string, code: string): PaymentzPayment {
    const payment = this.payments.require(paymentId)
    this.#requireUnmoved(payment, "reverse")
    if (payment.paymentType !== "PA" || payment.money !== "reserved") {
      this.#refuse("reverse", "only a preauthorisation that was not captured can be reversed")
    }
    if (payment.capture?.state === "started") this.#refuse("reverse", "a capture is under way")
    return this.#move(payment, "reverse", payment.amount, code)
  }

  /** Ends a move that is under way. @throws {Error} where none is */
  finish(paymentId: string, kind: MoveKind, end: "made" | "failed"): PaymentzPayment {
    const payment = this.payments.require(paymentId)
    const move = payment[kind]
    if (move?.state !== "started") {
      throw new Error(`No ${kind} of payment ${paymentId} is under way`)
    }
    return this.#settle(payment, kind, { ...move, state: end })
  }

  /** The money goes to the merchant. */
  settle(paymentId: string): PaymentzPayment {
    const payment = this.payments.require(paymentId)
    if (payment.money !== "taken") throw new Error(`Payment ${paymentId} was not captured`)
    return this.payments.put({ ...payment, status: "settled" })
  }

  /** The issuer takes back what was captured, without asking. */
  chargeback(paymentId: string): PaymentzPayment {
    const payment = this.payments.require(paymentId)
    if (payment.money !== "taken" || payment.chargebackAmount !== null) {
      throw new Error(`Payment ${paymentId} has nothing that could be charged back`)
    }
    const amount = capturedAmount(payment)
    this.#append("chargeback", payment, amount)
    return this.payments.put({ ...payment, status: "chargeback", chargebackAmount: amount })
  }

  #move(payment: PaymentzPayment, kind: MoveKind, amount: string, code: string): PaymentzPayment {
    if (code === failedCodes[kind]) this.#refuse(kind, "the bank refused it")
    const state = code === madeCodes[kind] ? "made" : "started"
    return this.#settle(payment, kind, { amount, state, before: payment.status })
  }

  #settle(payment: PaymentzPayment, kind: MoveKind, move: Move): PaymentzPayment {
    if (move.state === "made") this.#append(kind, payment, move.amount)
    return this.payments.put({
      ...payment,
      [kind]: move,
      status: words[kind][move.state] ?? move.before,
      money: move.state === "made" ? moneyAfter[kind] : payment.money,
    })
  }

  #append(kind: Movement["kind"], payment: PaymentzPayment, amount: string): void {
    const { merchantTransactionId: reference, currency } = payment
    this.ledger.append({ kind, reference, amount, currency })
  }

  #requireUnmoved(payment: PaymentzPayment, kind: MoveKind): void {
    const state = payment[kind]?.state
    if (state === "made") this.#refuse(kind, `there is one ${kind} only, and it was made`)
    if (state === "started") this.#refuse(kind, `a ${kind} is under way`)
  }

  #refuse(kind: MoveKind, detail: string): never {
    throw new Refusal(words[kind].refusal, detail)
  }
}

const moneyAfter = { capture: "taken", refund: "taken", reverse: "given-back" } as const

export function capturedAmount({ money, capture, amount, paymentType }: PaymentzPayment): string {
  if (money !== "taken") return "0.00"
  return paymentType === "PA" && capture?.state === "made" ? capture.amount : amount
}

export function madeAmount(move: Move | null): string {
  return move?.state === "made" ? move.amount : "0.00"
}
