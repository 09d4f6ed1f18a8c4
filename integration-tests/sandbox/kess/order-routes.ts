import { z } from "zod"
import type { Route } from "../shared/server"
import type { KessOrder, NewOrder } from "./orders"
import {
  amount,
  apiRoute,
  authCode,
  type Cents,
  centsOf,
  feeOn,
  feeRate,
  formatAmount,
  outTradeNo,
  Refusal,
  requireService,
  requireStore,
  serviceId,
  storeId,
  subStoreName,
} from "./protocol"
import { isMade, type KessRefund } from "./refunds"
import type { KessContext, KessSettings } from "./sandbox"
import { walletCode } from "./wallet"

const nativeBody = z.strictObject({
  service_id: serviceId,
  store_id: storeId,
  sub_store_id: storeId.nullish(),
  sub_store_name: subStoreName.nullish(),
  amount,
  fee_rate: feeRate.nullish(),
  /** In the sample, where nothing was scanned. Assumption: taken and of no use. */
  auth_code: authCode.nullish(),
  out_trade_no: outTradeNo,
})
const codeBody = nativeBody.extend({ auth_code: authCode })

type PayFields = z.output<typeof nativeBody>

/** KESS, Native Pay, Quick Pay and JSAPI Pay. */
export function payRoutes(context: KessContext): readonly Route[] {
  const { paths, settings } = context
  return [
    apiRoute(context, {
      path: paths.nativePay,
      body: nativeBody,
      answer: (fields) => {
        const order = openOrder(context, "native", fields)
        return {
          qr_code: walletCode(order),
          amount: amountOf(order, settings()),
          out_trade_no: order.outTradeNo,
          result_code: "SUCCESS",
        }
      },
    }),
    codeRoute(context, "quick", paths.quickPay),
    codeRoute(context, "jsapi", paths.jsapiPay),
  ]
}

/** The body and the reply of JSAPI Pay are those of Quick Pay, word for word. */
function codeRoute(context: KessContext, kind: "quick" | "jsapi", path: string): Route {
  const { codePayments, settings } = context
  return apiRoute(context, {
    path,
    body: codeBody,
    answer: async (fields) => {
      codePayments.useCode(fields.auth_code, fields.out_trade_no)
      return codeReply(await codePayments.charge(openOrder(context, kind, fields)), settings())
    },
  })
}

/** `result_code` of an answer that came before the shopper had decided. */
const HELD = "USERPAYING"

/** @throws {Refusal} */
function codeReply(order: KessOrder, settings: KessSettings): object {
  const { payment, declined, outTradeNo } = order
  if (payment === null && declined) throw new Refusal("PAYMENT_DECLINED")
  return {
    amount: amountOf(order, settings),
    currency: payment?.currency ?? order.currency,
    out_trade_no: outTradeNo,
    transaction_id: payment?.transactionId ?? null,
    result_code: payment === null ? HELD : "SUCCESS",
  }
}

/** @throws {Refusal} */
function openOrder(context: KessContext, kind: NewOrder["kind"], fields: PayFields): KessOrder {
  requireStore(context, fields.store_id)
  requireService(fields.service_id)
  const { currency, duplicateOrder } = context.settings()
  const wanted: NewOrder = {
    kind,
    outTradeNo: fields.out_trade_no,
    serviceId: fields.service_id,
    subStoreId: fields.sub_store_id ?? null,
    subStoreName: fields.sub_store_name ?? null,
    amount: fields.amount,
    currency,
    feeRate: fields.fee_rate ?? "0",
  }
  return context.orders.create(wanted, duplicateOrder)
}

const checkBody = z.strictObject({ store_id: storeId, out_trade_no: outTradeNo })

/** KESS, Check Payment Status and Check Refund Status: the same body, and the same shape of reply. */
export function checkRoutes(context: KessContext): readonly Route[] {
  const { paths, settings } = context
  return [
    checkRoute(context, paths.checkPayment, (order) => {
      const { unpaidCheck, unpaidMessage } = settings()
      const isPaid = order.payment !== null
      if (!isPaid && unpaidCheck === "failure") {
        throw new Refusal("ORDER_NOT_PAID", unpaidMessage ?? undefined)
      }
      const message = isPaid ? "Payment Successful!" : unpaidMessage
      return { isSuccess: isPaid, message, amount: amountOf(order, settings()) }
    }),
    checkRoute(context, paths.checkRefund, (order, refund) => {
      return {
        isSuccess: refund !== undefined && isMade(refund),
        message: refundMessage(refund),
        amount: refund === undefined ? amountOf(order, settings()) : jsonAmount(refund.amount),
      }
    }),
  ]
}

interface Checked {
  readonly isSuccess: boolean
  readonly message: string | null
  readonly amount: number
}

function checkRoute(
  context: KessContext,
  path: string,
  look: (order: KessOrder, refund: KessRefund | undefined) => Checked
): Route {
  return apiRoute(context, {
    path,
    body: checkBody,
    answer: ({ store_id, out_trade_no }) => {
      requireStore(context, store_id)
      const order = context.orders.require(out_trade_no)
      // No request can name a refund: the checks tell of the last one.
      const refund = order.refunds.at(-1)
      const { isSuccess, message, amount } = look(order, refund)
      return {
        is_success: isSuccess,
        service_id: jsonId(order.serviceId),
        out_trade_no,
        amount,
        out_refund_no: refund?.outRefundNo ?? null,
        currency: order.payment?.currency ?? order.currency,
        ...(message === null ? {} : { message }),
      }
    },
  })
}

function refundMessage(refund: KessRefund | undefined): string {
  if (refund === undefined) return "Refund Not Found!"
  return isMade(refund) ? "Refund Successful!" : `Refund ${refund.resultCode}`
}

/** An amount as replies hold it: a JSON number. At most twelve digits and two decimals, which a double keeps. */
export function jsonAmount(amount: string): number {
  return Number(amount)
}

/** What was paid for the order, or is to be paid; the vendor does not say whether the fee is in it. */
function amountOf(order: KessOrder, { amountsIncludeFee }: KessSettings): number {
  return jsonAmount(amountsIncludeFee ? charged(order) : (order.payment?.amount ?? order.amount))
}

/** What the buyer paid, or is to pay, the fee on top included; two decimals. */
export function charged({ amount, feeRate, payment }: KessOrder): string {
  const cents = centsOf(payment?.amount ?? amount)
  const fee: Cents = payment === null ? feeOn(cents, feeRate) : centsOf(payment.fee)
  return formatAmount(cents + fee)
}

/** In replies the samples show these ids as numbers, whatever the request had. */
export function jsonId(id: string): number | string {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : id
}
