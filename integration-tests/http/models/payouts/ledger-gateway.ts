import type {
  AbstractPayoutProvider,
  PayoutOrder,
  PayoutReport,
  PayoutResult,
} from "../../../../src/modules/payout/provider"
import { FakePayoutProvider } from "../../../../src/modules/payout/__tests__/fake-provider"
import type { CrashPoint } from "./crash-point"

/** How the gateway, or what lies between, treats the calls that send money. */
export const sendFaults = [
  "pays",
  "pays later",
  "refuses",
  "not reached",
  "times out before it pays",
  "times out after it paid",
  "hangs before it pays",
  "hangs after it paid",
] as const

export type SendFault = (typeof sendFaults)[number]

/**
 * How it treats questions; `lags` is that it does not know yet what it took a moment ago, `answers late` that what it
 * read is on its way until somebody lets it go, whatever happens meanwhile.
 */
export const askFaults = [
  "answers",
  "answers",
  "can't be asked",
  "lags",
  "lags",
  "answers late",
] as const

export type AskFault = (typeof askFaults)[number]

/**
 * One gateway for all servers of the shop. It promises nothing about references: whoever sends one twice has
 * paid twice, and its ledger shows it.
 */
export class LedgerGateway {
  readonly #gateway = new FakePayoutProvider()
  readonly #takenAt = new Map<string, Date>()
  readonly #now: () => Date
  readonly #hanging: (() => void)[] = []
  readonly #onHang: (() => void)[] = []
  /** Sent, and held somewhere on the way. */
  readonly onTheWay = new Set<string>()

  /** How many answers were read and then held on their way. */
  lateAnswers = 0

  sends: SendFault = "pays"
  answers: AskFault = "answers"
  /**
   * How long it may not show what it has taken, in milliseconds. For ever, but where a database was restored: then the
   * module has nothing but the gateway's word, and counts on less than a quarter of an hour.
   */
  lagsForMs = Infinity
  /** From when on the shop was told that nothing is sent any more. */
  isPaused = false
  /** References of calls that began all the same. */
  readonly begunWhilePaused: string[] = []

  constructor(now: () => Date) {
    this.#now = now
  }

  get moves() {
    return this.#gateway.moves
  }

  /** As one server sees it, which can die before and after each call. */
  seenBy(crash: CrashPoint): AbstractPayoutProvider {
    const { title, capabilities } = this.#gateway
    return {
      title,
      capabilities,
      createBeneficiary: async (beneficiary) => {
        await crash.pass()
        return { status: "active", account: beneficiary.account }
      },
      initiateTransfer: async (order) => {
        if (this.isPaused) {
          this.begunWhilePaused.push(order.reference)
        }
        await crash.pass()
        const result = await this.#send(order)
        await crash.pass()
        return result
      },
      retrieveTransfer: async ({ reference }) => {
        await crash.pass()
        const report = await this.#answer(reference)
        await crash.pass()
        return report
      },
      parseWebhook: () => ({ type: "unreadable", reason: "the gateway sends none" }),
    }
  }

  /** The next time that a call hangs. */
  hangs(): Promise<void> {
    return new Promise((resolve) => this.#onHang.push(resolve))
  }

  /** What it had taken and not ended. */
  end(reference: string, outcome: "succeeded" | "failed"): void {
    if (this.#gateway.outcomes.get(reference) !== "processing") {
      return
    }
    this.#gateway.outcomes.set(reference, outcome)
    if (outcome === "failed") {
      // It had only set the money aside.
      this.moves.splice(
        this.moves.findIndex((move) => move.reference === reference),
        1
      )
    }
  }

  /** Whether it has taken it and not said what became of it; without `end` it never does. */
  isAtWorkOn(reference: string): boolean {
    return this.#gateway.outcomes.get(reference) === "processing"
  }

  giveBack(reference: string): void {
    if (this.#gateway.outcomes.get(reference) === "succeeded") {
      this.#gateway.outcomes.set(reference, "returned")
    }
  }

  /** Whether money left for it, as a person sees it in the gateway's dashboard. */
  hasPaid(reference: string): boolean {
    return this.moves.some((move) => move.reference === reference)
  }

  letGo(): void {
    this.#hanging.splice(0).forEach((go) => go())
  }

  #pay(order: PayoutOrder, outcome?: "processing"): PayoutResult {
    this.#takenAt.set(order.reference, this.#now())
    return this.#gateway.pay(order, outcome)
  }

  async #send(order: PayoutOrder): Promise<PayoutResult> {
    switch (this.sends) {
      case "pays":
        return this.#pay(order)
      case "pays later":
        return this.#pay(order, "processing")
      case "refuses":
        this.#gateway.outcomes.set(order.reference, "failed")
        return { outcome: "failed", code: "E1", message: "No such account" }
      case "not reached":
        return { outcome: "not_sent" }
      case "times out before it pays":
        throw new Error("timeout")
      case "times out after it paid":
        this.#pay(order)
        throw new Error("timeout")
      case "hangs before it pays":
        await this.#hang(order)
        return this.#pay(order)
      case "hangs after it paid": {
        const result = this.#pay(order)
        await this.#hang(order)
        return result
      }
    }
  }

  async #hang({ reference }: PayoutOrder): Promise<void> {
    this.onTheWay.add(reference)
    await this.#untilLetGo()
    this.onTheWay.delete(reference)
  }

  async #untilLetGo(): Promise<void> {
    this.#onHang.splice(0).forEach((tell) => tell())
    await new Promise<void>((resolve) => this.#hanging.push(resolve))
  }

  async #answer(reference: string): Promise<PayoutReport> {
    const isLate = this.answers === "answers late"
    const report = this.#report(reference)
    if (isLate) {
      this.lateAnswers += 1
      await this.#untilLetGo()
    }
    return report
  }

  #report(reference: string): PayoutReport {
    switch (this.answers) {
      case "answers":
      case "answers late":
        return { outcome: this.#gateway.outcomes.get(reference) ?? "not_found" }
      case "can't be asked":
        return { outcome: "unknown" }
      case "lags": {
        const outcome = this.#gateway.outcomes.get(reference) ?? "not_found"
        // What it has ended it does not forget.
        const isEnded = outcome === "failed" || outcome === "returned"
        const takenAt = this.#takenAt.get(reference)?.getTime() ?? 0
        const isShown = this.#now().getTime() - takenAt >= this.lagsForMs
        return { outcome: isEnded || isShown ? outcome : "not_found" }
      }
    }
  }
}
