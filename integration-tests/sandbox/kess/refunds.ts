import { z } from "zod"
import type { Ledger } from "../shared/ledger"
import type { Route } from "../shared/server"
import { jsonAmount, jsonId } from "./order-routes"
import type { KessOrder, KessPayment, Orders } from "./orders"
import {
  amount,
  apiRoute,
  type Cents,
  centsOf,
  outRefundNo,
  outTradeNo,
  reason,
  Refusal,
  requireService,
  requireStore,
  serviceId,
  storeId,
} from "./protocol"
import type { KessContext, KessSettings } from "./sandbox"

const refundBody = z.strictObject({
  service_id: serviceId,
  store_id: storeId,
  refund_amount: amount,
  out_trade_no: outTradeNo,
  out_refund_no: outRefundNo,
  reason,
})

/** KESS, Refund to Buyer. */
export function refundRoute(context: KessContext): Route {
  const { paths, refunds, settings } = context
  return apiRoute(context, {
    path: paths.refund,
    body: refundBody,
    answer: (fields) => {
      requireStore(context, fields.store_id)
      requireService(fields.service_id)
      const { payment, refund } = refunds.refund(
        {
          outTradeNo: fields.out_trade_no,
          outRefundNo: fields.out_refund_no,
          serviceId: fields.service_id,
          amount: fields.refund_amount,
        },
        settings()
      )
      return {
        service_id: jsonId(fields.service_id),
        store_id: jsonId(fields.store_id),
        refund_amount: jsonAmount(refund.amount),
        currency: payment.currency,
        out_trade_no: fields.out_trade_no,
        out_refund_no: refund.outRefundNo,
        transaction_id: payment.transactionId,
        result_code: refund.resultCode,
      }
    },
  })
}

interface NewRefund {
  readonly outTradeNo: string
  readonly outRefundNo: string
  readonly serviceId: string
  /** Two decimals. */
  readonly amount: string
}

export interface KessRefund {
  readonly outRefundNo: string
  /** Two decimals. */
  readonly amount: string
  readonly resultCode: string
}

type RefundSettings = Pick<KessSettings, "refundResultCode" | "duplicateRefund">

/** Assumption: only SUCCESS is documented; FAIL is the word WeChat Pay has beside it. */
const MADE = "SUCCESS"
const FAILED = "FAIL"

export class Refunds {
  readonly #orders: Orders
  readonly #ledger: Ledger

  constructor(orders: Orders, ledger: Ledger) {
    this.#orders = orders
    this.#ledger = ledger
  }

  /**
   * KESS, Refund to Buyer. Assumption: `out_refund_no` is the merchant's, and the same number is the same refund, however
   * often it is sent; one that failed is tried again under its own number.
   *
   * @throws {Refusal}
   */
  refund(
    wanted: NewRefund,
    { refundResultCode, duplicateRefund }: RefundSettings
  ): { readonly payment: KessPayment; readonly refund: KessRefund } {
    const order = this.#orders.require(wanted.outTradeNo)
    const { payment } = order
    if (payment === null) throw new Refusal("ORDER_NOT_PAID")
    if (order.serviceId !== wanted.serviceId) throw new Refusal("SERVICE_UNKNOWN")
    const existing = this.#find(wanted)
    if (existing !== undefined) {
      if (duplicateRefund === "refuse") throw new Refusal("REFUND_EXISTS")
      if (existing.resultCode !== FAILED) return { payment, refund: existing }
    }
    if (centsOf(wanted.amount) > leftOf(order, payment)) throw new Refusal("REFUND_TOO_MUCH")
    const { outRefundNo, amount } = wanted
    const refund = { outRefundNo, amount, resultCode: refundResultCode }
    this.#put(order, payment, refund)
    return { payment, refund }
  }

  /** Ends the refund in progress. */
  finish(outTradeNo: string, end: "made" | "failed"): KessRefund {
    const order = this.#orders.require(outTradeNo)
    const refund = order.refunds.find(isInProgress)
    if (order.payment === null || refund === undefined) {
      throw new Error(`No refund of ${outTradeNo} is in progress`)
    }
    const ended = { ...refund, resultCode: end === "made" ? MADE : FAILED }
    this.#put(order, order.payment, ended)
    return ended
  }

  /** A refund that was made fails days later: the money comes back to the merchant. */
  failLate(outRefundNo: string): KessRefund {
    for (const order of this.#orders.all()) {
      const refund = order.refunds.find((each) => each.outRefundNo === outRefundNo)
      if (order.payment === null || refund === undefined || !isMade(refund)) continue
      this.#ledger.append({
        kind: "refund_returned",
        reference: order.outTradeNo,
        amount: refund.amount,
        currency: order.payment.currency,
      })
      const failed = { ...refund, resultCode: FAILED }
      this.#put(order, order.payment, failed)
      return failed
    }
    throw new Error(`No refund ${outRefundNo} was made`)
  }

  /** @throws {Refusal} where the number belongs to another order or another amount. */
  #find({ outTradeNo, outRefundNo, amount }: NewRefund): KessRefund | undefined {
    for (const order of this.#orders.all()) {
      const refund = order.refunds.find((each) => each.outRefundNo === outRefundNo)
      if (refund === undefined) continue
      if (order.outTradeNo === outTradeNo && refund.amount === amount) return refund
      throw new Refusal("REFUND_EXISTS", "for another order or another amount")
    }
    return undefined
  }

  #put(order: KessOrder, payment: KessPayment, refund: KessRefund): void {
    const others = order.refunds.filter(({ outRefundNo }) => outRefundNo !== refund.outRefundNo)
    if (refund.resultCode === MADE) {
      this.#ledger.append({
        kind: "refund",
        reference: order.outTradeNo,
        amount: refund.amount,
        currency: payment.currency,
      })
    }
    this.#orders.put({ ...order, refunds: [...others, refund] })
  }
}

export function isMade({ resultCode }: KessRefund): boolean {
  return resultCode === MADE
}

function isInProgress({ resultCode }: KessRefund): boolean {
  return resultCode !== MADE && resultCode !== FAILED
}

/** Assumption: the fee is the buyer's and KESS's affair: what can be refunded is the amount without it. */
function leftOf(order: KessOrder, payment: KessPayment): Cents {
  return order.refunds
    .filter(({ resultCode }) => resultCode !== FAILED)
    .reduce((left, { amount }) => left - centsOf(amount), centsOf(payment.amount))
}
