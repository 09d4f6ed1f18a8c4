import { setTimeout as sleep } from "node:timers/promises"
import { isDecided, type KessOrder, type Orders } from "./orders"
import { Refusal } from "./protocol"
import type { KessSettings } from "./sandbox"

/** `waits`: nothing until somebody decides in the wallet. */
export type OnScan = "pays" | "declines" | "waits"

/** Payments by the code that the seller scanned from the buyer's app. */
export class CodePayments {
  readonly #orders: Orders
  readonly #settings: () => KessSettings
  readonly #closing: AbortSignal
  /** By the code: the number of the order it was first used for. */
  readonly #usedCodes = new Map<string, string>()
  readonly #waiting = new Map<string, Set<() => void>>()

  constructor(orders: Orders, settings: () => KessSettings, closing: AbortSignal) {
    this.#orders = orders
    this.#settings = settings
    this.#closing = closing
  }

  /** To be told of every change of an order. */
  orderChanged(order: KessOrder): void {
    if (!isDecided(order)) return
    for (const go of this.#waiting.get(order.outTradeNo) ?? []) go()
  }

  /** @throws {Refusal} */
  useCode(authCode: string, outTradeNo: string): void {
    const user = this.#usedCodes.get(authCode) ?? outTradeNo
    if (user !== outTradeNo && this.#settings().usedCode === "refuse") {
      throw new Refusal("CODE_USED")
    }
    this.#usedCodes.set(authCode, user)
  }

  /** The order as it is when the call is to be answered: decided, or held for as long as the settings say. */
  async charge({ outTradeNo }: KessOrder): Promise<KessOrder> {
    const { onScan, holdMs } = this.#settings()
    if (onScan !== "waits") this.#decide(outTradeNo, onScan)
    await this.#decided(outTradeNo, holdMs)
    return this.#orders.require(outTradeNo)
  }

  #decide(outTradeNo: string, choice: "pays" | "declines"): void {
    if (isDecided(this.#orders.require(outTradeNo))) return
    if (choice === "pays") this.#orders.pay(outTradeNo)
    else this.#orders.decline(outTradeNo)
  }

  async #decided(outTradeNo: string, holdMs: number): Promise<void> {
    if (isDecided(this.#orders.require(outTradeNo))) return
    const waiting = this.#waiting.get(outTradeNo) ?? new Set()
    this.#waiting.set(outTradeNo, waiting)
    const stop = new AbortController()
    const go = () => stop.abort()
    waiting.add(go)
    try {
      await sleep(holdMs, undefined, { signal: AbortSignal.any([this.#closing, stop.signal]) })
    } catch {
      // Only a decision, or closing, ends the wait early; the call is then answered with what is so.
    } finally {
      waiting.delete(go)
    }
  }
}
