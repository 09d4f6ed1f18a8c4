/** The calls of KESS Pay's API, with their bodies and how their answers are read. */

import type { ZodType } from "zod"
import { type AccessTokenSource, createAccessTokenSource } from "../shared/access-token"
import { GatewayNotSentError } from "../shared/errors"
import type { GatewayHttp } from "../shared/http"
import { readJson } from "../shared/messages"
import { decimal, type DecimalString, InvalidAmountError, numberLiteral } from "../shared/money"
import type { GatewayAnswer, WireFields } from "../shared/request"
import { Secret } from "../shared/secret"
import type { TokenStore } from "../shared/access-token"
import {
  kessErrors,
  kessGateway,
  type KessOperation,
  type KessPaths,
  refusal,
  gatewayErrorIn,
} from "./errors"
import {
  checkPaymentData,
  checkRefundData,
  codePayData,
  envelope,
  type KessPaymentCheck,
  type KessRefundCheck,
  nativePayData,
  refundData,
  refusedEnvelope,
  tokenData,
} from "./messages"
import { type KessResult, resultOf } from "./statuses"

export type KessAccount = KessStore & { username: string; password: Secret; paths: KessPaths }

type KessQr = {
  /** To be drawn as a QR, as it is. */
  qrCode?: string
  result: KessResult
  resultCode: string
  amount?: DecimalString
}

type KessReport = { result: KessResult; resultCode: string; transactionId?: string }

/** "This token will expire in a minute" (KESS, "Get API token"): a quarter of it is left for the way. */
const tokenUseMs = 45_000
/** "Request timeout should be increase to 45s" (KESS, "Quick pay"): the shopper may be typing a PIN. */
export const pinTimeoutMs = 45_000

/** Which calls may be repeated by themselves: those that change nothing. */
const calls: Readonly<Record<KessOperation, { reads: boolean; timeoutMs?: number }>> = {
  token: { reads: true },
  nativePay: { reads: false },
  quickPay: { reads: false, timeoutMs: pinTimeoutMs },
  jsapiPay: { reads: false, timeoutMs: pinTimeoutMs },
  refund: { reads: false },
  checkPaymentStatus: { reads: true },
  checkRefundStatus: { reads: true },
}

/**
 * KESS Pay's "MOTP" API: JSON, answered in one envelope, with a bearer token and no signature.
 *
 * Assumption: every call is a POST (the page names no method), and a token that is not taken any more is
 * answered with HTTP 401.
 */
export class KessClient {
  readonly #http: GatewayHttp
  readonly #account: KessAccount
  readonly #tokens: AccessTokenSource

  /** @param clock milliseconds that only go forward, for the token's age */
  constructor(http: GatewayHttp, account: KessAccount, clock?: () => number, store?: TokenStore) {
    this.#http = http
    this.#account = account
    this.#tokens = createAccessTokenSource({
      gateway: kessGateway,
      operation: "token",
      fetch: async () => ({ token: await this.#fetchToken(), lifetimeMs: tokenUseMs }),
      clock,
      shared: store && {
        store,
        account: {
          gateway: kessGateway,
          address: http.address,
          user: account.username,
          secret: account.password,
        },
      },
    })
  }

  /**
   * Has a QR made that the shopper scans; charges nothing.
   *
   * @throws GatewayError; `declined` when KESS made none
   */
  async nativePay(payment: KessPayment): Promise<KessQr> {
    const fields = paymentFields("nativePay", this.#account, payment)
    const data = await this.#call("nativePay", fields, nativePayData)
    kessErrors.requireSame("nativePay", "out_trade_no", payment.outTradeNo, data.out_trade_no)
    return {
      qrCode: data.qr_code ?? undefined,
      result: resultOf(data.result_code),
      resultCode: data.result_code,
      amount: data.amount ?? undefined,
    }
  }

  /**
   * Charges the shopper whose code was scanned. Its answer is not the proof: check payment status is.
   *
   * Assumption: JSAPI pay is the same call at another address, as the vendor's samples show it.
   *
   * @throws GatewayError; never `declined` for an answer of KESS's, see errors.ts
   */
  async codePay(
    operation: "quickPay" | "jsapiPay",
    payment: KessPayment,
    authCode: string
  ): Promise<KessReport> {
    const fields = paymentFields(operation, this.#account, payment, authCode)
    const data = await this.#call(operation, fields, codePayData)
    kessErrors.requireSame(operation, "out_trade_no", payment.outTradeNo, data.out_trade_no)
    return answerOf(data)
  }

  /**
   * Gives back all or a part of a payment.
   *
   * @throws GatewayError; never `declined` for an answer of KESS's, see errors.ts
   */
  async refund(refund: KessRefund): Promise<KessReport> {
    const data = await this.#call("refund", refundFields(this.#account, refund), refundData)
    kessErrors.requireSame("refund", "out_trade_no", refund.outTradeNo, data.out_trade_no)
    kessErrors.requireSame("refund", "out_refund_no", refund.outRefundNo, data.out_refund_no)
    kessErrors.requireSame("refund", "refund_amount", decimal(refund.amount), data.refund_amount)
    kessErrors.requireSame("refund", "currency", refund.currency, data.currency ?? refund.currency)
    return answerOf(data)
  }

  /** @throws GatewayError; `declined` when KESS knows no such payment */
  async checkPayment(outTradeNo: string): Promise<KessPaymentCheck> {
    return await this.#check("checkPaymentStatus", outTradeNo, checkPaymentData)
  }

  /** @throws GatewayError; `declined` when KESS knows no refund of the payment */
  async checkRefund(outTradeNo: string): Promise<KessRefundCheck> {
    return await this.#check("checkRefundStatus", outTradeNo, checkRefundData)
  }

  async #check<Data extends { out_trade_no?: string | null }>(
    operation: "checkPaymentStatus" | "checkRefundStatus",
    outTradeNo: string,
    schema: ZodType<Data>
  ): Promise<Data> {
    const data = await this.#call(operation, checkFields(this.#account, outTradeNo), schema)
    kessErrors.requireSame(operation, "out_trade_no", outTradeNo, data.out_trade_no ?? outTradeNo)
    return data
  }

  async #fetchToken(): Promise<Secret> {
    const { username, password } = this.#account
    const fields = { user: username, password: password.reveal() }
    return Secret.of((await this.#send("token", fields, tokenData)).token)
  }

  async #call<Data>(
    operation: KessOperation,
    fields: KessFields,
    schema: ZodType<Data>
  ): Promise<Data> {
    return await this.#tokens.withToken((token) =>
      this.#send(operation, fields, schema, {
        Authorization: Secret.of(`Bearer ${token.reveal()}`),
      })
    )
  }

  async #send<Data>(
    operation: KessOperation,
    fields: KessFields,
    schema: ZodType<Data>,
    headers?: WireFields
  ): Promise<Data> {
    const answer = await this.#http.send({
      operation,
      method: "POST",
      path: this.#account.paths[operation],
      headers,
      body: { json: JSON.stringify(fields) },
      ...calls[operation],
    })
    return readReply(operation, answer, schema)
  }
}

type Answered = { result_code: string; transaction_id?: string | null }

function answerOf({ result_code, transaction_id }: Answered): KessReport {
  return {
    result: resultOf(result_code),
    resultCode: result_code,
    transactionId: transaction_id ?? undefined,
  }
}

/**
 * The `data` of an answer, in the shape that the call needs.
 *
 * @throws GatewayError: the refusal where KESS refused, unknown where the answer can't be read
 */
function readReply<Data>(
  operation: KessOperation,
  answer: GatewayAnswer,
  schema: ZodType<Data>
): Data {
  const { httpStatus } = answer
  const shape = httpStatus >= 400 ? refusedEnvelope : envelope
  const reply = readJson(answer, shape, { gateway: kessGateway, operation })
  if (!reply.success) {
    throw refusal(operation, gatewayErrorIn(reply), httpStatus)
  }
  const data = schema.safeParse(reply.data)
  if (!data.success) {
    throw kessErrors.unreadable(operation, "data is not as documented", httpStatus)
  }
  return data.data
}

/** Ids are sent as they are given here, as a number or as a text: the vendor's samples show both. */
type KessStore = {
  storeId: string | number
  /** Which wallet: 2 is Alipay, 30 WeChat Pay. */
  serviceId: string | number
  subStoreId?: string | number
  subStoreName?: string
  /** In percent, charged to the shopper on top. */
  feeRate?: DecimalString
}

/** `amount` in major units, such as `"0.01"`. */
type KessPayment = { outTradeNo: string; amount: string }

/** With the same `outRefundNo` it is the same refund; the currency, in lower case, is the order's. */
type KessRefund = KessPayment & { outRefundNo: string; currency: string; reason: string }

/** A JSON object; what is undefined is left out. */
type KessFields = Readonly<Record<string, string | number | undefined>>

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

export { isWalletCode as isAuthCode } from "../shared/text"

/** Said in place of the code, which pays whoever has it. */
export const authCodeAdvice =
  "auth_code must be the code of the shopper's app: 18 digits from 10 to 15 on (WeChat Pay) or 17 to 24 " +
  "digits from 25 to 30 on (Alipay). Scan it again"
