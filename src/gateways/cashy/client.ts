/** The calls of Cashy's API, and the limits that amounts are held to before anything is sent. */

import { randomUUID } from "node:crypto"
import type { ZodType } from "zod"
import type { GatewayDeclinedError } from "../shared/errors"
import type { GatewayHttp } from "../shared/http"
import { readJson } from "../shared/messages"
import { compare, type DecimalString, exactAt, isPositive, tryDecimal } from "../shared/money"
import type { Secret } from "../shared/secret"
import { cashyErrors, cashyGateway, type CashyOperation, isSuccess, refusal } from "./errors"
import {
  type CashyWayToPay,
  createdOrderData,
  envelopeSchema,
  orderData,
  wayToPay,
} from "./messages"
import { signHeader } from "./signature"
import { type CashyOrderState, orderState } from "./statuses"

type CashyCredentials = { merchantId: string; apiKey: Secret }

/** Cashy, "Create Payin Order". Every text has at most 32 characters, `notifyUrl` 250. */
export type CashyNewOrder = {
  mchOrderNo: string
  /** Major units. */
  amount: DecimalString
  /** ISO 4217, in capitals. */
  currency: string
  payType: number
  /** How long it can be paid, in seconds. */
  expireTime: number
  notifyUrl: string
  /** Cut where it is too long. */
  remark: string
  realName: string
  phone: string
  email: string
  idCard: string
  idType?: string
}

type CashyCreatedOrder = { orderNo: string; wayToPay: CashyWayToPay }

/** One of the two names the order; Cashy recommends its own number. */
export type CashyOrderName = { orderNo: string } | { mchOrderNo: string }

export type CashyOrder = {
  orderNo: string
  mchOrderNo: string
  state: CashyOrderState
  /** Cashy's own status, null where it named none. */
  orderStatus: string | null
  /** What was paid; only where the state is `paid`. Major units. */
  paid?: DecimalString
  wayToPay?: CashyWayToPay
}

/** Which calls may be repeated by themselves: those that change nothing. */
const calls: Readonly<Record<CashyOperation, { path: string; reads: boolean }>> = {
  payIn: { path: "/api/payIn", reads: false },
  payInQuery: { path: "/api/payInQuery", reads: true },
  payOut: { path: "/api/payOut", reads: false },
  payOutQuery: { path: "/api/payOutQuery", reads: true },
  getBalance: { path: "/api/getBalance", reads: true },
}

/** Cashy's API: JSON in POSTs, signed over the bytes that are sent, answered in one envelope. */
export class CashyClient {
  readonly #http: GatewayHttp
  readonly #credentials: CashyCredentials
  readonly #nonce: () => string

  /** @param nonce a new text of at most 32 characters each time, which nobody can guess */
  constructor(http: GatewayHttp, credentials: CashyCredentials, nonce: () => string) {
    this.#http = http
    this.#credentials = credentials
    this.#nonce = nonce
  }

  /**
   * Charges nothing: the shopper pays what it opens.
   *
   * @throws GatewayError; `declined` when Cashy made no order
   */
  async payIn(order: CashyNewOrder): Promise<CashyCreatedOrder> {
    const data = await this.call(
      "payIn",
      {
        ...order,
        amount: exactAt(order.amount, wireDecimals),
        reusableStatus: false, // the only value that Cashy takes
        remark: remarkOf(order.remark),
      },
      createdOrderData
    )
    cashyErrors.requireSame("payIn", "order", order.mchOrderNo, data.mchOrderNo)
    const way = wayToPay(data)
    if (!way) {
      throw cashyErrors.unreadable("payIn", "none of payDeskUrl, payUrl and payCode can be used")
    }
    return { orderNo: data.orderNo, wayToPay: way }
  }

  /** @throws GatewayError; `declined` when Cashy knows no such order */
  async payInQuery(name: CashyOrderName): Promise<CashyOrder> {
    const data = await this.call("payInQuery", name, orderData)
    if ("orderNo" in name) {
      cashyErrors.requireSame("payInQuery", "order", name.orderNo, data.orderNo)
    } else {
      cashyErrors.requireSame("payInQuery", "order", name.mchOrderNo, data.mchOrderNo)
    }
    const state = orderState(data.orderStatus)
    return {
      orderNo: data.orderNo,
      mchOrderNo: data.mchOrderNo,
      state,
      orderStatus: data.orderStatus ?? null,
      paid: state === "paid" ? this.#paidAmount(data.amount) : undefined,
      wayToPay: wayToPay(data),
    }
  }

  /**
   * Assumption: the amount of an order that is a SUCCESS is what was paid, and it is in the currency in which
   * the order was opened: the answer names none (Cashy, "Query Payin Order").
   */
  #paidAmount(amount: string | number | null | undefined): DecimalString {
    const paid = tryDecimal(amount)
    if (paid === undefined || !isPositive(paid)) {
      throw cashyErrors.unreadable("payInQuery", "data.amount is not an amount above zero")
    }
    return paid
  }

  /**
   * Any call, with what stands in the answer's `data`.
   *
   * @throws GatewayError
   */
  async call<Data>(
    operation: CashyOperation,
    fields: object,
    schema: ZodType<Data>
  ): Promise<Data> {
    const { merchantId, apiKey } = this.#credentials
    const json = JSON.stringify({ ...fields, nonceStr: this.#nonce() })
    const answer = await this.#http.send({
      operation,
      method: "POST",
      ...calls[operation],
      headers: { MerchantId: merchantId, Sign: signHeader(json, apiKey) },
      body: { json },
    })
    const envelope = readJson(answer, envelopeSchema, { gateway: cashyGateway, operation })
    if (!isSuccess(envelope)) {
      throw refusal(operation, envelope, answer.httpStatus)
    }
    const data = schema.safeParse(envelope.data)
    if (!data.success) {
      throw cashyErrors.unreadable(operation, "data is not as documented")
    }
    return data.data
  }
}

/** What Cashy takes in one payment or payout, as it was agreed with the merchant; in major units. */
type AmountLimits = { minAmount?: DecimalString; maxAmount?: DecimalString }

/** Cashy writes amounts with two decimals, whatever the currency (Cashy, "Create Payin Order"). */
export const wireDecimals = 2

/** What is said of an amount that Cashy would refuse, before anything is sent; undefined for any other. */
export function limitProblem(
  limits: AmountLimits,
  amount: DecimalString,
  currency: string,
  operation: CashyOperation = "payIn"
): GatewayDeclinedError | undefined {
  const { minAmount, maxAmount } = limits
  const tooLittle = minAmount !== undefined && compare(amount, minAmount) < 0
  const tooMuch = maxAmount !== undefined && compare(amount, maxAmount) > 0
  if (!tooLittle && !tooMuch) {
    return undefined
  }
  return cashyErrors.refusedHere(
    operation,
    `${exactAt(amount, wireDecimals)} ${currency.toUpperCase()} can't be paid in one payment: ` +
      `it takes ${shown(limits)}`
  )
}

function shown({ minAmount, maxAmount }: AmountLimits): string {
  return [
    ...(minAmount === undefined ? [] : [`at least ${exactAt(minAmount, wireDecimals)}`]),
    ...(maxAmount === undefined ? [] : [`at most ${exactAt(maxAmount, wireDecimals)}`]),
  ].join(" and ")
}

/** Cashy, "Create Payin Order": a string(32). */
const longest = 32

/** A remark as Cashy takes it. It decides nothing, so that what is too long is cut. */
export function remarkOf(text: string): string {
  return [...text].slice(0, longest).join("")
}

/** A new text each time, which nobody can guess: 32 characters, which is all that Cashy takes. */
export function nonce(): string {
  return randomUUID().replaceAll("-", "")
}
