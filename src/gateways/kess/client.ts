import type { ZodType } from "zod"
import { createAccessTokenSource, type AccessTokenSource } from "../shared/access-token"
import { decimal, type DecimalString } from "../shared/money"
import type { WireFields } from "../shared/request"
import type { GatewayHttp } from "../shared/http"
import { Secret } from "../shared/secret"
import {
  checkPaymentData,
  checkRefundData,
  codePayData,
  nativePayData,
  refundData,
  tokenData,
  type KessPaymentCheck,
  type KessRefundCheck,
} from "./messages"
import type { KessOperation, KessPaths } from "./paths"
import { kessGateway } from "./refusal"
import { readReply, requireSame } from "./reply"
import {
  checkFields,
  paymentFields,
  refundFields,
  type KessFields,
  type KessPayment,
  type KessRefund,
  type KessStore,
} from "./request"
import { resultOf, type KessResult } from "./result-code"

export type KessAccount = KessStore & { username: string; password: Secret; paths: KessPaths }

export type KessQr = {
  /** To be drawn as a QR, as it is. */
  qrCode?: string
  result: KessResult
  resultCode: string
  amount?: DecimalString
}

export type KessAnswer = { result: KessResult; resultCode: string; transactionId?: string }

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
  constructor(http: GatewayHttp, account: KessAccount, clock?: () => number) {
    this.#http = http
    this.#account = account
    this.#tokens = createAccessTokenSource({
      gateway: kessGateway,
      operation: "token",
      fetch: async () => ({ token: await this.#fetchToken(), lifetimeMs: tokenUseMs }),
      clock,
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
    requireSame("nativePay", "out_trade_no", payment.outTradeNo, data.out_trade_no)
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
   * @throws GatewayError; never `declined` for an answer of KESS's, see refusal.ts
   */
  async codePay(
    operation: "quickPay" | "jsapiPay",
    payment: KessPayment,
    authCode: string
  ): Promise<KessAnswer> {
    const fields = paymentFields(operation, this.#account, payment, authCode)
    const data = await this.#call(operation, fields, codePayData)
    requireSame(operation, "out_trade_no", payment.outTradeNo, data.out_trade_no)
    return answerOf(data)
  }

  /**
   * Gives back all or a part of a payment.
   *
   * @throws GatewayError; never `declined` for an answer of KESS's, see refusal.ts
   */
  async refund(refund: KessRefund): Promise<KessAnswer> {
    const data = await this.#call("refund", refundFields(this.#account, refund), refundData)
    requireSame("refund", "out_trade_no", refund.outTradeNo, data.out_trade_no)
    requireSame("refund", "out_refund_no", refund.outRefundNo, data.out_refund_no)
    requireSame("refund", "refund_amount", decimal(refund.amount), data.refund_amount)
    requireSame("refund", "currency", refund.currency, data.currency ?? refund.currency)
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
    requireSame(operation, "out_trade_no", outTradeNo, data.out_trade_no ?? outTradeNo)
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

function answerOf({ result_code, transaction_id }: Answered): KessAnswer {
  return {
    result: resultOf(result_code),
    resultCode: result_code,
    transactionId: transaction_id ?? undefined,
  }
}
