import { z } from "zod"
import type { Ledger } from "../shared/ledger"
import { Records, type RecordsOptions } from "../shared/records"
import { parseHttpUrl, type Route } from "../shared/server"
import {
  amountText,
  apiRoute,
  CURRENCY,
  type FinalOutcome,
  isFinal,
  PAYMENT_MODE,
  Refusal,
  text,
} from "./protocol"
import type { MocasaContext } from "./sandbox"

const createForm = z.strictObject({
  orderNo: text,
  amount: amountText,
  productName: text,
  customerId: text,
  returnUrl: text.refine((value) => parseHttpUrl(value) !== undefined, "must be an http(s) URL"),
})
const queryForm = z.strictObject({ orderNo: text })
const refundForm = z.strictObject({ orderNo: text, reason: text })

/** Mocasa, Create Order, Get Order Status and Order Refund. */
export function orderRoutes(context: MocasaContext): readonly Route[] {
  const { orders, settings, tokens, paymentLink } = context
  return [
    apiRoute({
      path: "/payment/order/create",
      tokens,
      form: createForm,
      answer: (fields) => {
        const order = orders.create(fields, settings().duplicateOrder)
        return { paymentLink: paymentLink(order), orderNo: order.orderNo }
      },
    }),
    apiRoute({
      path: "/payment/order/query",
      tokens,
      form: queryForm,
      answer: ({ orderNo }) => {
        const order = orders.require(orderNo)
        return {
          paymentLink: paymentLink(order),
          orderNo,
          ...transactionOf(order, settings().unpaidTxStatus),
        }
      },
    }),
    apiRoute({
      path: "/payment/order/refund",
      tokens,
      form: refundForm,
      answer: ({ orderNo, reason }) => {
        const { refundStatus, refundRef } = orders.refund(orderNo, reason, settings().refundStatus)
        return { refundStatus, orderNo, refundRef }
      },
    }),
  ]
}

function transactionOf(order: MocasaOrder, unpaidTxStatus: string | null): object {
  if (order.transaction === null) return unpaidTxStatus === null ? {} : { txStatus: unpaidTxStatus }
  return { ...order.transaction, paymentMode: PAYMENT_MODE }
}

interface NewOrder {
  readonly orderNo: string
  /** Two decimals. */
  readonly amount: string
  readonly productName: string
  readonly customerId: string
  readonly returnUrl: string
}

export interface MocasaOrder extends NewOrder {
  /** The last, unguessable segment of the payment link. */
  readonly linkId: string
  /** What the shopper did last; `null` until then. `failed` is not the end: the link stays open. */
  readonly transaction: {
    readonly txStatus: FinalOutcome
    readonly txMessage: string
    /** Epoch, milliseconds. */
    readonly txTime: number
  } | null
  readonly refund: MocasaRefund | null
  readonly settled: boolean
}

export interface MocasaRefund {
  readonly refundRef: string
  readonly refundStatus: string
  readonly reason: string
}

interface OrdersOptions extends RecordsOptions<MocasaOrder> {
  readonly ledger: Ledger
  readonly now: () => number
  readonly randomId: () => string
}

export class Orders extends Records<MocasaOrder> {
  readonly #options: OrdersOptions

  constructor(options: OrdersOptions) {
    super(options)
    this.#options = options
  }

  protected numberOf({ orderNo }: MocasaOrder): string {
    return orderNo
  }

  protected unknown(): Refusal {
    return new Refusal("ORDER_NOT_FOUND")
  }

  getByLink(linkId: string): MocasaOrder | undefined {
    return this.all().find((order) => order.linkId === linkId)
  }

  /** @throws {Refusal} */
  create(wanted: NewOrder, onDuplicate: "refuse" | "same-link"): MocasaOrder {
    const existing = this.get(wanted.orderNo)
    if (existing === undefined) {
      return this.put({
        ...wanted,
        linkId: this.#options.randomId(),
        transaction: null,
        refund: null,
        settled: false,
      })
    }
    if (onDuplicate === "refuse" || !isSameOrder(existing, wanted)) {
      throw new Refusal("ORDER_EXISTS")
    }
    return existing
  }

  /** Takes the shopper's money, once. `changed` is false for an order that was paid before. */
  pay(orderNo: string): { readonly order: MocasaOrder; readonly changed: boolean } {
    const order = this.require(orderNo)
    if (isPaid(order)) return { order, changed: false }
    this.#options.ledger.append({
      kind: "payment",
      reference: orderNo,
      amount: order.amount,
      currency: CURRENCY,
    })
    return { order: this.#transact(order, "success", "Payment successful"), changed: true }
  }

  decline(orderNo: string): { readonly order: MocasaOrder; readonly changed: boolean } {
    const order = this.require(orderNo)
    if (isPaid(order)) return { order, changed: false }
    return {
      order: this.#transact(order, "failed", "The shopper declined the payment"),
      changed: true,
    }
  }

  /** The money has gone to the merchant: Mocasa can't refund it any more. */
  settle(orderNo: string): MocasaOrder {
    const order = this.require(orderNo)
    if (!isPaid(order)) throw new Refusal("ORDER_NOT_PAID")
    return this.put({ ...order, settled: true })
  }

  /** Mocasa, Order Refund: in full, "after transaction success and before order settled". @throws {Refusal} */
  refund(orderNo: string, reason: string, refundStatus: string): MocasaRefund {
    const order = this.require(orderNo)
    if (!isPaid(order)) throw new Refusal("ORDER_NOT_PAID")
    if (order.refund?.refundStatus === "success") throw new Refusal("ORDER_ALREADY_REFUNDED")
    if (order.refund && order.refund.refundStatus !== "failed") {
      throw new Refusal("REFUND_IN_PROGRESS")
    }
    if (order.settled) throw new Refusal("ORDER_SETTLED")
    return this.#setRefund(order, { refundRef: this.#options.randomId(), refundStatus, reason })
  }

  /** Ends a refund in progress. */
  finishRefund(orderNo: string, refundStatus: FinalOutcome): MocasaRefund {
    const order = this.require(orderNo)
    const { refund } = order
    if (!refund || isFinal(refund.refundStatus)) {
      throw new Error(`No refund of ${orderNo} is in progress`)
    }
    return this.#setRefund(order, { ...refund, refundStatus })
  }

  #setRefund(order: MocasaOrder, refund: MocasaRefund): MocasaRefund {
    if (refund.refundStatus === "success") {
      this.#options.ledger.append({
        kind: "refund",
        reference: order.orderNo,
        amount: order.amount,
        currency: CURRENCY,
      })
    }
    this.put({ ...order, refund })
    return refund
  }

  #transact(order: MocasaOrder, txStatus: FinalOutcome, txMessage: string): MocasaOrder {
    return this.put({
      ...order,
      transaction: { txStatus, txMessage, txTime: this.#options.now() },
    })
  }
}

export function isPaid(order: MocasaOrder): boolean {
  return order.transaction?.txStatus === "success"
}

function isSameOrder(existing: NewOrder, wanted: NewOrder): boolean {
  return (
    existing.amount === wanted.amount &&
    existing.productName === wanted.productName &&
    existing.customerId === wanted.customerId &&
    existing.returnUrl === wanted.returnUrl
  )
}
