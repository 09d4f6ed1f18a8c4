import { z } from "zod"
import type { Ledger, Movement } from "../shared/ledger"
import type { Route, SandboxRequest } from "../shared/server"
import { amount, authentication, currency, isAtMost, text } from "./fields"
import { inquiryByPath, inquiryRoute } from "./inquiry"
import type { Move, MoveKind, Payments, PaymentzPayment } from "./payments"
import {
  API,
  apiRoute,
  call,
  type Call,
  checksum,
  rawFields,
  type RawFields,
  Refusal,
  timestamp,
} from "./protocol"
import type { PaymentzContext } from "./sandbox"

const PATH = `${API}/payments/:id`

/** Paymentz, POST /payments/{paymentId}: capture, refund, reversal and inquiry, told apart by `paymentType`. */
export function operationRoutes(context: PaymentzContext): readonly Route[] {
  const calls: ReadonlyMap<string, Call> = new Map([
    ["CP", moveAmount(context, "capture")],
    ["RF", moveAmount(context, "refund")],
    ["RV", reverse(context)],
    ["IN", inquiryByPath(context)],
  ])
  const choose = ({ paymentType = "" }: RawFields) => {
    const chosen = calls.get(paymentType)
    if (chosen === undefined) throw new Refusal("FIELD_INVALID", "paymentType")
    return chosen
  }
  return [
    apiRoute(context, { path: PATH, needsToken: true, choose, faultPath: operationPath }),
    inquiryRoute(context),
  ]
}

/** What faults know an operation by, such as `.../payments/:id#RF`. */
function operationPath(request: SandboxRequest): string {
  try {
    return `${PATH}#${rawFields(request).paymentType ?? ""}`
  } catch {
    return PATH
  }
}

const moveFields = z.strictObject({
  ...authentication,
  paymentType: text,
  amount,
  currency: currency.optional(),
})

/** A capture or a refund, in full or in part. */
function moveAmount(context: PaymentzContext, kind: "capture" | "refund"): Call {
  const { credentials, moves, notifier, payments, settings } = context
  return call(context, {
    fields: moveFields,
    checksum: ({ amount }, request) =>
      checksum("moveOfAmount", { ...credentials, paymentId: paymentIdOf(request), amount }),
    answer: ({ amount, currency }, request) => {
      const paymentId = paymentIdOf(request)
      const { currency: paidIn } = payments.require(paymentId)
      if ((currency ?? paidIn) !== paidIn) {
        throw new Refusal("FIELD_INVALID", "currency is not that of the payment")
      }
      const { captureCode, refundCode } = settings()
      const code = kind === "capture" ? captureCode : refundCode
      notifier.moved(moves[kind](paymentId, amount, code))
      return moveAnswer(context, paymentId, code)
    },
  })
}

/** Strict: without an amount, because its checksum has none and a part can't be reversed. */
function reverse(context: PaymentzContext): Call {
  const { credentials, moves, notifier, settings } = context
  return call(context, {
    fields: z.strictObject({ ...authentication, paymentType: text }),
    checksum: (_fields, request) =>
      checksum("paymentOnly", { ...credentials, paymentId: paymentIdOf(request) }),
    answer: (_fields, request) => {
      const paymentId = paymentIdOf(request)
      const code = settings().reverseCode
      notifier.moved(moves.reverse(paymentId, code))
      return moveAnswer(context, paymentId, code)
    },
  })
}

/** Short, as a capture's answer is published. Assumption: those of refunds and reversals are the same. */
function moveAnswer({ now }: PaymentzContext, paymentId: string, code: string): object {
  return {
    paymentId,
    result: { code, description: `The operation was answered with ${code}` },
    timestamp: timestamp(now()),
  }
}

function paymentIdOf({ params }: SandboxRequest): string {
  return params["id"] ?? ""
}

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
  void: {
    made: "authcancelled",
    started: "cancelstarted",
    refusal: "REVERSE_FAILED",
  },
}

const madeCodes: Readonly<Record<MoveKind, string>> = {
  capture: "00004",
  refund: "00005",
  void: "00006",
}
const failedCodes: Readonly<Record<MoveKind, string>> = {
  capture: "10005",
  refund: "10006",
  void: "10007",
}

/** Captures, refunds and reversals: what they need, and what they do to a payment. */
export class PaymentMoves {
  constructor(
    private readonly payments: Payments,
    private readonly ledger: Ledger
  ) {}

  /** "This transaction is always preceded by an auth transaction". Assumption: one capture of each. @throws {Refusal} */
  capture(paymentId: string, amount: string, code: string): PaymentzPayment {
    const payment = this.payments.require(paymentId)
    if (payment.paymentType !== "PA") this.#refuse("capture", "not a preauthorisation")
    this.#requireUnmoved(payment, "capture")
    if (payment.money !== "reserved") this.#refuse("capture", "nothing is reserved")
    if (payment.void?.state === "started") this.#refuse("capture", "a reversal is under way")
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
    if (!isAtMost(amount, capturedAmount(payment))) {
      this.#refuse("refund", "more than the captured amount")
    }
    return this.#move(payment, "refund", amount, code)
  }

  /** Of a preauthorisation, in full. @throws {Refusal} */
  reverse(paymentId: string, code: string): PaymentzPayment {
    const payment = this.payments.require(paymentId)
    this.#requireUnmoved(payment, "void")
    if (payment.paymentType !== "PA" || payment.money !== "reserved") {
      this.#refuse("void", "only a preauthorisation that was not captured can be reversed")
    }
    if (payment.capture?.state === "started") this.#refuse("void", "a capture is under way")
    return this.#move(payment, "void", payment.amount, code)
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

const moneyAfter = { capture: "taken", refund: "taken", void: "given-back" } as const

export function capturedAmount({ money, capture, amount, paymentType }: PaymentzPayment): string {
  if (money !== "taken") return "0.00"
  return paymentType === "PA" && capture?.state === "made" ? capture.amount : amount
}

export function madeAmount(move: Move | null): string {
  return move?.state === "made" ? move.amount : "0.00"
}

/** What a shopper's browser and a callback's checksum know of a status. */
export type ShortStatus = "Y" | "N" | "P" | "3D" | "C"

/**
 * Every long status there is, with the short one. Assumption: only the pairs of a payment that was made, declined or
 * cancelled are published; the short form knows no more than whether the payment itself was made, so it stays `Y`
 * after a refund or a chargeback.
 */
const shortStatuses = {
  begun: "P",
  authstarted: "P",
  authsuccessful: "Y",
  authfailed: "N",
  authcancelled: "C",
  cancelstarted: "P",
  cancelled: "C",
  capturestarted: "P",
  capturesuccess: "Y",
  capturefailed: "N",
  settled: "Y",
  markedforreversal: "P",
  reversed: "Y",
  chargeback: "Y",
  failed: "N",
  payoutstarted: "P",
  payoutsuccessful: "Y",
  payoutfailed: "N",
} as const satisfies Record<string, ShortStatus>

type LongStatus = keyof typeof shortStatuses

const known: ReadonlyMap<string, ShortStatus> = new Map(Object.entries(shortStatuses))

export function shortStatus(word: string): ShortStatus {
  return known.get(word) ?? "P"
}
