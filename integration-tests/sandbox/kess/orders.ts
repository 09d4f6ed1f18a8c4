import type { Ledger } from "../shared/ledger"
import { Records, type RecordsOptions } from "../shared/records"
import { type Cents, feeOn, formatAmount, parseAmount, Refusal } from "./protocol"
import type { KessRefund } from "./refunds"

export interface NewOrder {
  readonly kind: "native" | "quick" | "jsapi"
  readonly outTradeNo: string
  readonly serviceId: string
  readonly subStoreId: string | null
  readonly subStoreName: string | null
  /** Two decimals, without the fee. */
  readonly amount: string
  readonly currency: string
  /** Percent that the buyer pays on top; `"0"` for none. */
  readonly feeRate: string
}

export interface KessOrder extends NewOrder {
  /** The last, unguessable part of the QR's text. */
  readonly walletId: string
  readonly payment: KessPayment | null
  /** The buyer said no. Not the end: the QR stays open. */
  readonly declined: boolean
  readonly refunds: readonly KessRefund[]
}

export interface KessPayment {
  readonly transactionId: string
  /** Two decimals, without the fee. */
  readonly amount: string
  /** Two decimals, on top of the amount. */
  readonly fee: string
  readonly currency: string
}

/** What a wallet pays that does not keep to the order. */
export interface OtherMoney {
  readonly amount: string
  readonly currency: string
}

interface OrdersOptions extends RecordsOptions<KessOrder> {
  readonly ledger: Ledger
  readonly randomId: () => string
}

export class Orders extends Records<KessOrder> {
  readonly #options: OrdersOptions

  constructor(options: OrdersOptions) {
    super(options)
    this.#options = options
  }

  protected numberOf({ outTradeNo }: KessOrder): string {
    return outTradeNo
  }

  protected unknown(): Refusal {
    return new Refusal("ORDER_NOT_FOUND")
  }

  /** @throws {Refusal} */
  create(wanted: NewOrder, onDuplicate: "refuse" | "same-order"): KessOrder {
    const existing = this.get(wanted.outTradeNo)
    if (existing === undefined) {
      const walletId = this.#options.randomId()
      return this.put({ ...wanted, walletId, payment: null, declined: false, refunds: [] })
    }
    if (onDuplicate === "refuse" || !isSameOrder(existing, wanted)) {
      throw new Refusal("ORDER_EXISTS")
    }
    return existing
  }

  /** Takes the buyer's money, once. @throws {Error} for an order that does not exist, or money that is none. */
  pay(outTradeNo: string, money?: OtherMoney): KessOrder {
    const order = this.require(outTradeNo)
    if (order.payment !== null) return order
    const { amount, currency } = money ?? order
    const cents = requireCents(amount)
    const fee = feeOn(cents, order.feeRate)
    const { ledger } = this.#options
    const number = ledger.entries({ kind: "payment" }).length + 1
    ledger.append({
      kind: "payment",
      reference: outTradeNo,
      amount: formatAmount(cents + fee),
      currency,
    })
    return this.put({
      ...order,
      declined: false,
      payment: {
        transactionId: `4200${String(number).padStart(24, "0")}`,
        amount: formatAmount(cents),
        fee: formatAmount(fee),
        currency,
      },
    })
  }

  decline(outTradeNo: string): KessOrder {
    const order = this.require(outTradeNo)
    return order.payment === null ? this.put({ ...order, declined: true }) : order
  }
}

export function isDecided(order: KessOrder): boolean {
  return order.payment !== null || order.declined
}

function requireCents(amount: string): Cents {
  const cents = parseAmount(amount)
  if (cents === undefined) throw new Error(`"${amount}" is no amount of at most two places`)
  return cents
}

function isSameOrder(existing: KessOrder, wanted: NewOrder): boolean {
  const { kind, serviceId, subStoreId, subStoreName, amount, feeRate } = wanted
  return (
    existing.kind === kind &&
    existing.serviceId === serviceId &&
    existing.subStoreId === subStoreId &&
    existing.subStoreName === subStoreName &&
    existing.amount === amount &&
    existing.feeRate === feeRate
  )
}

/** Assumption: the vendor's text names the calls and no paths. */
export const defaultPaths = {
  token: "/token",
  nativePay: "/native-pay",
  quickPay: "/quick-pay",
  jsapiPay: "/jsapi-pay",
  refund: "/refund",
  checkPayment: "/check-payment-status",
  checkRefund: "/check-refund-status",
} as const

export type KessPaths = Readonly<Record<keyof typeof defaultPaths, string>>
