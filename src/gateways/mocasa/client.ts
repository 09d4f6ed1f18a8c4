/** The calls of Mocasa Pay's API and its access token. */

import type { ZodType } from "zod"
import {
  type AccessTokenSource,
  createAccessTokenSource,
  type FetchedToken,
} from "../shared/access-token"
import type { GatewayHttp } from "../shared/http"
import { readJson } from "../shared/messages"
import type { WireFields } from "../shared/request"
import { Secret } from "../shared/secret"
import type { TokenStore } from "../shared/access-token"
import { mocasaErrors, mocasaGateway, type MocasaOperation, refusal } from "./errors"
import {
  createdOrderData,
  envelopeSchema,
  orderStatusData,
  refundData,
  tokenData,
} from "./messages"
import {
  type MocasaOrderState,
  type MocasaRefundOutcome,
  orderState,
  refundOutcome,
} from "./statuses"

type MocasaCredentials = { clientKey: string; clientSecret: Secret }

/** Mocasa, "Create Order": all fields are required. `amount` in pesos with two decimals, such as `"100.00"`. */
type MocasaNewOrder = {
  orderNo: string
  amount: string
  productName: string
  customerId: string
  returnUrl: string
}

export type MocasaOrder = {
  state: MocasaOrderState
  /** Mocasa's own status, null before the shopper did anything. */
  txStatus: string | null
  txMessage?: string
  paymentLink?: string
}

type MocasaRefund = {
  outcome: MocasaRefundOutcome
  refundStatus: string | null
  refundRef?: string
}

/**
 * Assumption: an expired token is answered with HTTP 401. In case it is not, and `expireTime` is misread, no
 * token is used for longer than this.
 */
const longestTokenUseMs = 60 * 60_000

/** Which calls may be repeated by themselves: those that change nothing. */
const calls: Readonly<Record<MocasaOperation, { path: string; reads: boolean }>> = {
  applyToken: { path: "/auth/token/apply", reads: true },
  createOrder: { path: "/payment/order/create", reads: false },
  queryOrder: { path: "/payment/order/query", reads: true },
  refundOrder: { path: "/payment/order/refund", reads: false },
  createAccount: { path: "/payout/account/create", reads: false },
  initiateTransfer: { path: "/payout/transfer/initiate", reads: false },
  queryTransfer: { path: "/payout/transfer/query", reads: true },
}

/** Mocasa Pay's API: form-encoded POSTs, answered in one JSON envelope, with a token in a header. */
export class MocasaClient {
  readonly #http: GatewayHttp
  readonly #credentials: MocasaCredentials
  readonly #now: () => Date
  readonly #tokens: AccessTokenSource

  constructor(
    http: GatewayHttp,
    credentials: MocasaCredentials,
    now: () => Date,
    store?: TokenStore
  ) {
    this.#http = http
    this.#credentials = credentials
    this.#now = now
    this.#tokens = createAccessTokenSource({
      gateway: mocasaGateway,
      fetch: () => this.#applyToken(),
      maxLifetimeMs: longestTokenUseMs,
      shared: store && {
        store,
        account: {
          gateway: mocasaGateway,
          address: http.address,
          user: credentials.clientKey,
          secret: credentials.clientSecret,
        },
      },
    })
  }

  /** @throws GatewayError; `declined` when Mocasa made no order */
  async createOrder(order: MocasaNewOrder): Promise<{ paymentLink: string }> {
    const data = await this.call("createOrder", { ...order }, createdOrderData)
    mocasaErrors.requireSame("createOrder", "orderNo", order.orderNo, data.orderNo)
    return { paymentLink: data.paymentLink }
  }

  /** @throws GatewayError; `declined` when Mocasa knows no such order */
  async queryOrder(orderNo: string): Promise<MocasaOrder> {
    const data = await this.call("queryOrder", { orderNo }, orderStatusData)
    mocasaErrors.requireSame("queryOrder", "orderNo", orderNo, data.orderNo)
    return {
      state: orderState(data.txStatus),
      txStatus: data.txStatus ?? null,
      txMessage: data.txMessage ?? undefined,
      paymentLink: data.paymentLink ?? undefined,
    }
  }

  /**
   * Refunds an order in full: Mocasa has no other refund, and none after settlement.
   *
   * @throws GatewayError; never `declined` for an answer of Mocasa's, see errors.ts
   */
  async refundOrder(orderNo: string, reason: string): Promise<MocasaRefund> {
    const data = await this.call("refundOrder", { orderNo, reason }, refundData)
    mocasaErrors.requireSame("refundOrder", "orderNo", orderNo, data.orderNo)
    return {
      outcome: refundOutcome(data.refundStatus),
      refundStatus: data.refundStatus ?? null,
      refundRef: data.refundRef ?? undefined,
    }
  }

  async #applyToken(): Promise<FetchedToken> {
    const { clientKey, clientSecret } = this.#credentials
    const data = await this.#send("applyToken", { clientKey, clientSecret }, tokenData)
    return {
      token: Secret.of(data.accessToken),
      lifetimeMs: tokenLifetimeMs(data.expireTime, this.#now()),
    }
  }

  /**
   * Any call that needs a token, with what stands in the answer's `data`.
   *
   * @throws GatewayError
   */
  async call<Data>(
    operation: MocasaOperation,
    form: WireFields,
    schema: ZodType<Data>
  ): Promise<Data> {
    return await this.#tokens.withToken((accessToken) =>
      this.#send(operation, form, schema, { accessToken: accessToken })
    )
  }

  async #send<Data>(
    operation: MocasaOperation,
    form: WireFields,
    schema: ZodType<Data>,
    headers?: WireFields
  ): Promise<Data> {
    const answer = await this.#http.send({
      operation,
      method: "POST",
      ...calls[operation],
      headers,
      body: { form },
    })
    const envelope = readJson(answer, envelopeSchema, { gateway: mocasaGateway, operation })
    if (!envelope.success) {
      throw refusal(operation, envelope, answer.httpStatus)
    }
    const data = schema.safeParse(envelope.data)
    if (!data.success) {
      throw mocasaErrors.unreadable(operation, "data is not as documented")
    }
    return data.data
  }
}

const shortest = 1_000
/** Assumption: a token without `expireTime` lives five minutes; a 401 before that renews it all the same. */
const unstated = 5 * 60_000

/**
 * How long an access token lives, in milliseconds.
 *
 * Assumption: `expireTime` comes without a unit (Mocasa, "Authorization"). Above 1e12 it is a point in time
 * in milliseconds, above 1e9 one in seconds, else a lifetime in seconds: the three ranges don't meet before
 * a token would live for thirty years.
 */
export function tokenLifetimeMs(expireTime: number | null | undefined, now: Date): number {
  if (expireTime === null || expireTime === undefined) {
    return unstated
  }
  return Math.max(shortest, lifetime(expireTime, now.getTime()))
}

function lifetime(expireTime: number, now: number): number {
  if (expireTime > 1e12) {
    return expireTime - now
  }
  if (expireTime > 1e9) {
    return expireTime * 1_000 - now
  }
  return expireTime * 1_000
}
