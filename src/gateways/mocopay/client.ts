import type { ZodType } from "zod"
import type { GatewayAnswer, GatewayCall } from "../shared/request"
import type { GatewayHttp } from "../shared/http"
import { readJson } from "../shared/messages"
import {
  initializedPayment,
  maybeInitialized,
  maybeSession,
  paymentSession,
  type MocopaySession,
} from "./messages"
import {
  mocopayGateway,
  readGatewayError,
  refusal,
  refusalMeaning,
  type MocopayOperation,
} from "./errors"
import { GatewayDeclinedError } from "../shared/errors"
import { signatureHeader, sortedQuery, type MocopayCredentials } from "./request-signature"

/**
 * MoCoPay, "initPayment". There is no amount: the price belongs to the product. What is personal (phone,
 * address on the internet) is optional there and not sent, because it would stand in the address of the call.
 */
export type MocopayNewPayment = {
  pid: string
  /** Ours, and of this payment alone: it is what verifyPayment's answer is recognized by. */
  userId: string
  referenceId: string
  callbackUrl?: string
  notifyUrl?: string
  /** ISO 639-1. */
  lang?: string
}

/** MoCoPay, "verifyPayment": one of them names the payment. */
export type MocopayPaymentName = { userId: string } | { sessionId: string }

type Call = { method: "GET" | "POST"; path: string; reads: boolean }

/** initPayment is a GET that opens a payment: the method does not tell what may be repeated. */
const calls: Readonly<Record<MocopayOperation, Call>> = {
  initPayment: { method: "GET", path: "/v1/payment/initPayment", reads: false },
  verifyPayment: { method: "POST", path: "/v1/payment/verifyPayment", reads: true },
}

/** MoCoPay's cross-platform API: parameters in the query, also of a POST, signed in a header. */
export class MocopayClient {
  readonly #http: GatewayHttp
  readonly #credentials: MocopayCredentials

  constructor(http: GatewayHttp, credentials: MocopayCredentials) {
    this.#http = http
    this.#credentials = credentials
  }

  /**
   * Charges nothing; sent twice it gives two links for the same payment of ours.
   *
   * @throws GatewayError; `declined` when MoCoPay gave no link
   */
  async initPayment(payment: MocopayNewPayment): Promise<{ redirectUrl: string }> {
    const answer = await this.#send("initPayment", payment)
    const meaning = refusalMeaning("initPayment", answer)
    if (meaning && meaning !== "not_found") {
      throw refusal("initPayment", meaning, answer)
    }
    const { redirectUrl } = read("initPayment", answer, maybeInitialized)
    if (redirectUrl === undefined || redirectUrl === null) {
      throw refusal("initPayment", "declined", answer)
    }
    return read("initPayment", answer, initializedPayment)
  }

  /**
   * @param options `isGuess` for a session that a message named and nothing proved
   * @returns undefined where MoCoPay knows no session, as before the shopper has followed the link
   * @throws GatewayError
   */
  async verifyPayment(
    name: MocopayPaymentName,
    options: Pick<GatewayCall, "isGuess"> = {}
  ): Promise<MocopaySession | undefined> {
    const answer = await this.#send("verifyPayment", { ...name }, options)
    const meaning = refusalMeaning("verifyPayment", answer)
    if (meaning === "not_found" || isEmpty(answer)) {
      return undefined
    }
    if (meaning) {
      throw refusal("verifyPayment", meaning, answer)
    }
    const session = read("verifyPayment", answer, maybeSession)
    return session?.sessionId === undefined || session.sessionId === null
      ? undefined
      : read("verifyPayment", answer, paymentSession)
  }

  /**
   * Asks about a payment that there is not, and holds no other server's 404 for MoCoPay's word that there is none.
   *
   * Assumption: MoCoPay's own says why, in JSON.
   *
   * @throws GatewayError
   */
  async checkAccess(userId: string): Promise<void> {
    const answer = await this.#send("verifyPayment", { userId })
    const meaning = refusalMeaning("verifyPayment", answer)
    const { code, gatewayMessage } = readGatewayError(answer)
    if (meaning === "not_found" && code === undefined && gatewayMessage === undefined) {
      const { httpStatus } = answer
      const name = { gateway: mocopayGateway, operation: "verifyPayment", httpStatus }
      throw new GatewayDeclinedError({ ...name, isForeign: true })
    }
    if (meaning && meaning !== "not_found") {
      throw refusal("verifyPayment", meaning, answer)
    }
    if (!meaning && !isEmpty(answer)) {
      read("verifyPayment", answer, maybeSession)
    }
  }

  async #send(
    operation: MocopayOperation,
    parameters: Readonly<Record<string, string | undefined>>,
    options: Pick<GatewayCall, "isGuess"> = {}
  ): Promise<GatewayAnswer> {
    const call = { operation, ...calls[operation], ...options, query: sortedQuery(parameters) }
    const signature = signatureHeader(this.#http.target(call), this.#credentials)
    return await this.#http.send({ ...call, headers: { Signature: signature } })
  }
}

/**
 * Assumption: an OK without a session, in whatever way it is written, is the answer for a payment of which
 * MoCoPay knows nothing yet. It is the safe reading: nothing is sold for it.
 */
function isEmpty({ httpStatus, body }: GatewayAnswer): boolean {
  return httpStatus < 300 && body.length === 0
}

function read<Data>(
  operation: MocopayOperation,
  answer: GatewayAnswer,
  schema: ZodType<Data>
): Data {
  return readJson(answer, schema, { gateway: mocopayGateway, operation })
}
