import type { Ledger } from "../shared/ledger"
import { isPatchOf, isSameOrder, type CashyOrder, type NewOrder } from "./order"
import { patchNumbers, type PatchNumbering } from "./patch-numbers"
import { Refusal } from "./refusal"
import { isOrderEnd } from "./words"

export interface OrdersOptions {
  readonly ledger: Ledger
  readonly now: () => number
  readonly randomDigits: (count: number) => string
  readonly expiredStatus: () => string
  readonly known?: readonly CashyOrder[]
  /** Told after every change, once the ledger has it too. */
  readonly onChange?: () => void
}

/** `changed` is false for an order that could no longer be paid. */
export interface Decided {
  readonly order: CashyOrder
  readonly changed: boolean
}

export class Orders {
  readonly #orders: Map<string, CashyOrder>
  readonly #options: OrdersOptions

  constructor(options: OrdersOptions) {
    this.#options = options
    this.#orders = new Map(options.known?.map((order) => [order.orderNo, order]))
  }

  all(): readonly CashyOrder[] {
    return [...this.#orders.values()].map((order) => this.#asOfNow(order))
  }

  /** By Cashy's own number. */
  byOrderNo(number: string): CashyOrder | undefined {
    return this.all().find(({ orderNo }) => orderNo === number)
  }

  /** By the merchant's number; of several under one number the first, which is the original. */
  byMchOrderNo(number: string): CashyOrder | undefined {
    return this.all().find(({ mchOrderNo }) => mchOrderNo === number)
  }

  /** By either. */
  get(number: string): CashyOrder | undefined {
    return this.byOrderNo(number) ?? this.byMchOrderNo(number)
  }

  /** The order that waits for transfers to this account. */
  byPayCode(payCode: string): CashyOrder | undefined {
    return this.all().find((order) => order.ways.includes("payCode") && order.payCode === payCode)
  }

  /** @throws {Refusal} */
  require(number: string): CashyOrder {
    const order = this.get(number)
    if (order === undefined) throw new Refusal("Payin_Order_not_exist")
    return order
  }

  /** @throws {Refusal} */
  create(
    wanted: NewOrder,
    how: Pick<CashyOrder, "ways" | "orderType">,
    onDuplicate: "refuse" | "same-order"
  ): CashyOrder {
    const existing = this.byMchOrderNo(wanted.mchOrderNo)
    if (existing === undefined) return this.#put({ ...this.#newOrder(wanted), ...how })
    if (onDuplicate === "refuse" || !isSameOrder(existing, wanted)) {
      throw new Refusal("Payin_Order_Error")
    }
    return existing
  }

  /** Whether the amount that was ordered can still be paid as such. */
  isOpen(order: CashyOrder): boolean {
    return !isOrderEnd(order.orderStatus) && !this.#isOverdue(order)
  }

  /** Takes the amount that was ordered, once. */
  pay(number: string): Decided {
    const order = this.require(number)
    if (!this.isOpen(order)) return { order, changed: false }
    return { order: this.#succeed(order, order.mchOrderNo), changed: true }
  }

  decline(number: string): Decided {
    const order = this.require(number)
    if (!this.isOpen(order)) return { order, changed: false }
    return { order: this.#put({ ...order, orderStatus: "FAIL" }), changed: true }
  }

  /**
   * What a shopper pays beside the amount that was ordered, or once more: an order of its own, whatever became of the
   * original, which stays as it is.
   */
  patch(number: string, amount: string, numbering: PatchNumbering): CashyOrder {
    const original = this.require(number)
    const serial = 1 + this.all().filter((order) => isPatchOf(order, original)).length
    const patch: CashyOrder = {
      ...this.#newOrder({ ...original, amount }),
      ...patchNumbers(original.mchOrderNo, serial, numbering),
      orderType: "PATCH",
      patchOrderNo: original.orderNo,
      ways: original.ways,
      payCode: original.payCode,
    }
    // Under the original's number, so that all that came in for one order of the merchant's is found together.
    return this.#succeed(patch, original.mchOrderNo)
  }

  /** An order made in the merchant's dashboard, and paid; no system of the merchant's knows it. */
  addByHand(wanted: Omit<NewOrder, "payType" | "expireTime">): CashyOrder {
    const order = this.#newOrder({ ...wanted, payType: 36, expireTime: 3600 })
    return this.#succeed({ ...order, orderType: "MCH" }, order.mchOrderNo)
  }

  /** As if its time had run out. */
  expire(number: string): CashyOrder {
    const order = this.require(number)
    if (!this.isOpen(order)) throw new Error(`The order ${number} is not open`)
    return this.#put({ ...order, expiresAt: this.#options.now() })
  }

  /** Any word that Cashy might have for an order. */
  say(number: string, orderStatus: string): CashyOrder {
    return this.#put({ ...this.require(number), orderStatus })
  }

  #newOrder(wanted: NewOrder): CashyOrder {
    const { mchOrderNo, currency, payType, amount, expireTime, notifyUrl } = wanted
    const orderNo = `PAYIN${this.#options.randomDigits(19)}`
    return {
      orderNo,
      mchOrderNo,
      orderType: "API",
      patchOrderNo: orderNo,
      patchMchOrderNo: mchOrderNo,
      currency,
      payType,
      amount,
      expireTime,
      notifyUrl,
      ways: [],
      payCode: this.#options.randomDigits(18),
      orderStatus: "PAYING",
      expiresAt: this.#options.now() + expireTime * 1000,
      completedAt: null,
    }
  }

  #succeed(order: CashyOrder, reference: string): CashyOrder {
    const { amount, currency } = order
    this.#options.ledger.append({ kind: "payment", reference, amount, currency })
    return this.#put({ ...order, orderStatus: "SUCCESS", completedAt: this.#options.now() })
  }

  /** Assumption: no webhook tells that an order ran out of time. The vendor is silent: a client must not wait for one. */
  #asOfNow(order: CashyOrder): CashyOrder {
    return order.orderStatus === "PAYING" && this.#isOverdue(order)
      ? { ...order, orderStatus: this.#options.expiredStatus() }
      : order
  }

  #isOverdue({ expiresAt }: CashyOrder): boolean {
    return expiresAt <= this.#options.now()
  }

  #put(order: CashyOrder): CashyOrder {
    this.#orders.set(order.orderNo, order)
    this.#options.onChange?.()
    return this.#asOfNow(order)
  }
}
