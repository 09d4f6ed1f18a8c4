import { decimal, InvalidAmountError, numberLiteral, type DecimalString } from "../shared/money"
import { GatewayNotSentError } from "../shared/errors"
import type { KessOperation } from "./paths"
import { kessGateway } from "./refusal"

/** Ids are sent as they are given here, as a number or as a text: the vendor's samples show both. */
export type KessStore = {
  storeId: string | number
  /** Which wallet: 2 is Alipay, 30 WeChat Pay. */
  serviceId: string | number
  subStoreId?: string | number
  subStoreName?: string
  /** In percent, charged to the shopper on top. */
  feeRate?: DecimalString
}

/** `amount` in major units, such as `"0.01"`. */
export type KessPayment = { outTradeNo: string; amount: string }

/** With the same `outRefundNo` it is the same refund; the currency, in lower case, is the order's. */
export type KessRefund = KessPayment & { outRefundNo: string; currency: string; reason: string }

/** A JSON object; what is undefined is left out. */
export type KessFields = Readonly<Record<string, string | number | undefined>>

type PaymentOperation = Extract<KessOperation, "nativePay" | "quickPay" | "jsapiPay">

/**
 * The body of the three ways to pay. Native pay's sample has an `auth_code` as well; it is left out there,
 * because with one the call could charge the shopper who only wants to see a QR.
 *
 * @param authCode a text: its 18 digits are more than a JSON number holds
 */
export function paymentFields(
  operation: PaymentOperation,
  store: KessStore,
  { outTradeNo, amount }: KessPayment,
  authCode?: string
): KessFields {
  return {
    service_id: store.serviceId,
    store_id: store.storeId,
    sub_store_id: store.subStoreId,
    sub_store_name: store.subStoreName,
    amount: jsonNumber(operation, amount),
    fee_rate: store.feeRate === undefined ? undefined : jsonNumber(operation, store.feeRate),
    auth_code: authCode,
    out_trade_no: outTradeNo,
  }
}

export function refundFields(
  { serviceId, storeId }: KessStore,
  { outTradeNo, outRefundNo, amount, reason }: KessRefund
): KessFields {
  return {
    service_id: serviceId,
    store_id: storeId,
    refund_amount: jsonNumber("refund", amount),
    out_trade_no: outTradeNo,
    out_refund_no: outRefundNo,
    reason,
  }
}

/** The body of both checks: neither can name a refund. */
export function checkFields({ storeId }: KessStore, outTradeNo: string): KessFields {
  return { store_id: storeId, out_trade_no: outTradeNo }
}

/** @throws GatewayNotSentError for an amount that KESS would read as another one */
function jsonNumber(operation: KessOperation, amount: string): number {
  try {
    return Number(numberLiteral(decimal(amount)))
  } catch (error) {
    if (error instanceof InvalidAmountError) {
      throw new GatewayNotSentError({
        gateway: kessGateway,
        operation,
        reason: "invalid_request",
        detail: "its amount has more digits than a JSON number holds",
      })
    }
    throw error
  }
}
