import { z } from "zod"
import type { Ledger } from "../shared/ledger"
import { Records, type RecordsOptions } from "../shared/records"
import type { Route } from "../shared/server"
import {
  amountText,
  apiRoute,
  currencyCode,
  Digits,
  httpUrl,
  isOrderEnd,
  type JsonField,
  type OrderType,
  Refusal,
  requirePayable,
  text,
  timeText,
  type Way,
  withoutZeros,
} from "./protocol"
import type { CashyContext } from "./sandbox"

const payInBody = z.strictObject({
  currency: currencyCode,
  payType: z.int(),
  amount: amountText,
  reusableStatus: z.literal(false),
  mchOrderNo: text(32),
  expireTime: z.int().positive(),
  notifyUrl: httpUrl,
  nonceStr: text(32),
  remark: text(32),
  realName: text(32),
  phone: text(32),
  email: text(32).includes("@"),
  idCard: text(32),
  idType: text(32).optional(),
})

const queryBody = z.strictObject({
  orderNo: text(32).optional(),
  mchOrderNo: text(32).optional(),
  nonceStr: text(32),
})

/** Cashy, Create Payin Order and Query Payin Order. */
export function payInRoutes(context: CashyContext): readonly Route[] {
  const { credentials, orders, settings, links } = context
  return [
    apiRoute({
      path: "/api/payIn",
      credentials,
      body: payInBody,
      answer: (fields) => {
        requirePayable(fields.amount, settings())
        const { ways, orderType, duplicateOrder } = settings()
        const order = orders.create(fields, { ways, orderType }, duplicateOrder)
        return {
          ...numbersOf(context, order),
          ...links(order),
          amount: new Digits(withoutZeros(order.amount)),
        }
      },
    }),
    apiRoute({
      path: "/api/payInQuery",
      credentials,
      body: queryBody,
      answer: ({ orderNo, mchOrderNo }) => queryData(context, find(context, orderNo, mchOrderNo)),
    }),
  ]
}

/** "At least one of the platform order number and the merchant order number must be passed", the former first. */
function find({ orders }: CashyContext, orderNo?: string, mchOrderNo?: string): CashyOrder {
  if (orderNo === undefined && mchOrderNo === undefined) {
    throw new Refusal("Params_orderNo_Required")
  }
  const order =
    orderNo === undefined ? orders.byMchOrderNo(mchOrderNo ?? "") : orders.byOrderNo(orderNo)
  if (order === undefined) throw new Refusal("Payin_Order_not_exist")
  return order
}

function numbersOf({ credentials }: CashyContext, { mchOrderNo, orderNo }: CashyOrder) {
  return { merchantId: credentials.merchantId, mchOrderNo, orderNo }
}

/** An amount is a string here, and a payCode that there is not is empty, as in the vendor's example. */
function queryData(context: CashyContext, order: CashyOrder): Record<string, JsonField> {
  const { wholeAmounts, fee } = context.settings()
  const { payCode, payUrl, payDeskUrl } = context.links(order)
  return {
    ...numbersOf(context, order),
    payType: String(order.payType),
    payCode: payCode ?? "",
    payUrl,
    payDeskUrl,
    amount: wholeAmounts ? withoutZeros(order.amount) : order.amount,
    fee: withoutZeros(fee),
    orderStatus: order.orderStatus,
    completionTime: order.completedAt === null ? null : timeText(order.completedAt),
    nonceStr: null,
  }
}

interface OrdersOptions extends RecordsOptions<CashyOrder> {
  readonly ledger: Ledger
  readonly now: () => number
  readonly randomDigits: (count: number) => string
  readonly expiredStatus: () => string
}

/** `changed` is false for an order that could no longer be paid. */
interface Decided {
  readonly order: CashyOrder
  readonly changed: boolean
}

export class Orders extends Records<CashyOrder> {
  readonly #options: OrdersOptions

  constructor(options: OrdersOptions) {
    super(options)
    this.#options = options
  }

  protected numberOf({ orderNo }: CashyOrder): string {
    return orderNo
  }

  protected unknown(): Refusal {
    return new Refusal("Payin_Order_not_exist")
  }

  override all(): readonly CashyOrder[] {
    return super.all().map((order) => this.#asOfNow(order))
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
  override get(number: string): CashyOrder | undefined {
    return this.byOrderNo(number) ?? this.byMchOrderNo(number)
  }

  /** The order that waits for transfers to this account. */
  byPayCode(payCode: string): CashyOrder | undefined {
    return this.all().find((order) => order.ways.includes("payCode") && order.payCode === payCode)
  }

  /** @throws {Refusal} */
  create(
    wanted: NewOrder,
    how: Pick<CashyOrder, "ways" | "orderType">,
    onDuplicate: "refuse" | "same-order"
  ): CashyOrder {
    const existing = this.byMchOrderNo(wanted.mchOrderNo)
    if (existing === undefined) return this.put({ ...this.#newOrder(wanted), ...how })
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
    return { order: this.put({ ...order, orderStatus: "FAIL" }), changed: true }
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
    return this.put({ ...order, expiresAt: this.#options.now() })
  }

  /** Any word that Cashy might have for an order. */
  say(number: string, orderStatus: string): CashyOrder {
    return this.put({ ...this.require(number), orderStatus })
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
    return this.put({ ...order, orderStatus: "SUCCESS", completedAt: this.#options.now() })
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

  override put(order: CashyOrder): CashyOrder {
    return this.#asOfNow(super.put(order))
  }
}

export interface NewOrder {
  readonly mchOrderNo: string
  readonly currency: string
  readonly payType: number
  /** Two decimals. */
  readonly amount: string
  /** Seconds. */
  readonly expireTime: number
  readonly notifyUrl: string
}

export interface CashyOrder extends NewOrder {
  /** Cashy's own number. */
  readonly orderNo: string
  readonly orderType: OrderType
  /** The numbers of the original order of a PATCH; of any other its own. */
  readonly patchOrderNo: string
  readonly patchMchOrderNo: string
  readonly ways: readonly Way[]
  readonly payCode: string
  readonly orderStatus: string
  /** Epoch, milliseconds. */
  readonly expiresAt: number
  /** Epoch, milliseconds; null until it was paid. */
  readonly completedAt: number | null
}

export function isPatchOf(order: CashyOrder, original: CashyOrder): boolean {
  return order.orderType === "PATCH" && order.patchOrderNo === original.orderNo
}

function isSameOrder(existing: NewOrder, wanted: NewOrder): boolean {
  return (
    existing.currency === wanted.currency &&
    existing.payType === wanted.payType &&
    existing.amount === wanted.amount &&
    existing.expireTime === wanted.expireTime &&
    existing.notifyUrl === wanted.notifyUrl
  )
}

/**
 * Where a PATCH order carries its serial number. Cashy's text ("Supplementary instructions when orderType is PATCH")
 * puts five digits behind the mchOrderNo and leaves patchMchOrderNo plain; the vendor's own example of a webhook has
 * it the other way round, with four.
 */
export type PatchNumbering = "serial-in-mchOrderNo" | "serial-in-patchMchOrderNo"

interface PatchNumbers {
  readonly mchOrderNo: string
  readonly patchMchOrderNo: string
}

/** `serial` counts the PATCH orders of one original, from 1. @throws {Error} where the number gets too long. */
function patchNumbers(original: string, serial: number, numbering: PatchNumbering): PatchNumbers {
  const digits = numbering === "serial-in-mchOrderNo" ? 5 : 4
  const numbered = original + String(serial).padStart(digits, "0")
  if (numbered.length > 32) {
    throw new Error(`${original} leaves no room for a serial number: both fit into 32 characters`)
  }
  return numbering === "serial-in-mchOrderNo"
    ? { mchOrderNo: numbered, patchMchOrderNo: original }
    : { mchOrderNo: original, patchMchOrderNo: numbered }
}
