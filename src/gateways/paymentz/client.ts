/** Paymentz's API: how every call is authenticated, sent and read. The operations stand in files of their own. */

import type { ZodType } from "zod"
import {
  type AccessTokenOptions,
  type AccessTokenSource,
  createAccessTokenSource,
  type FetchedToken,
} from "../shared/access-token"
import { GatewayError } from "../shared/errors"
import type { GatewayHttp } from "../shared/http"
import { readJson } from "../shared/messages"
import { decimal, exactAt, TooManyDecimalsError } from "../shared/money"
import { type WireFields, withoutGaps } from "../shared/request"
import { Secret } from "../shared/secret"
import type { TokenStore } from "../shared/access-token"
import {
  paymentzErrors,
  refusal,
  resultMeaning,
  type ResultMeaning,
  type PaymentzErrorText,
} from "./errors"
import { calls, paymentzGateway, type PaymentzOperation, tokenBody } from "./messages"
import { checksum, type Signed } from "./signature"

type PaymentzCredentials = {
  memberId: string
  secureKey: Secret
  partnerId: string
  username: string
  terminalId?: string
}

/** An answer that could be read, with what its code means for the operation and the gateway's error. */
export type PaymentzAnswer<Body> = {
  body: Body
  meaning: ResultMeaning
  gatewayError: PaymentzErrorText
  httpStatus: number
}

type PaymentzCall<Body> = {
  operation: PaymentzOperation
  /** What stands for the `{id}` of the path. */
  id?: string
  /** In place of the operation's own path. */
  path?: string
  /** What the checksum is made of, beside the member and the key. */
  signed: Signed
  /** Beside the authentication; what is undefined is left out. */
  fields: Readonly<Record<string, string | undefined>>
  schema: ZodType<Body>
  isGuess?: boolean
}

type WithResult = { result?: { code?: string; description?: string } | null }

/**
 * Paymentz's REST API: form-encoded POSTs with dotted names, signed by a checksum, answered in JSON, with a
 * token in the header `AuthToken`.
 */
export class PaymentzClient {
  readonly #http: GatewayHttp
  readonly #credentials: PaymentzCredentials
  readonly #tokens: AccessTokenSource

  /** @param clock milliseconds that only go forward */
  constructor(
    http: GatewayHttp,
    credentials: PaymentzCredentials,
    clock?: () => number,
    store?: TokenStore
  ) {
    this.#http = http
    this.#credentials = credentials
    this.#tokens = createTokenSource(
      {
        authToken: () => this.#fetchToken("authToken", this.#loginFields()),
        regenerateToken: (token) =>
          this.#fetchToken("regenerateToken", {
            "authentication.partnerId": credentials.partnerId,
            authToken: token,
          }),
      },
      {
        clock,
        shared: store && {
          store,
          account: {
            gateway: paymentzGateway,
            address: http.address,
            user: `${credentials.partnerId} ${credentials.username}`,
            secret: credentials.secureKey,
          },
        },
      }
    )
  }

  /**
   * Makes a call and reads its answer, whatever its code: only the operation knows what a no means for it.
   *
   * @throws GatewayError where there is no answer that can be read
   */
  async call<Body extends WithResult>(call: PaymentzCall<Body>): Promise<PaymentzAnswer<Body>> {
    const form = { ...this.#authentication(call.signed), ...withoutGaps(call.fields) }
    return await this.#tokens.withToken((token) =>
      this.#send(call.operation, call, form, call.schema, { AuthToken: token })
    )
  }

  #authentication(signed: Signed): Record<string, string> {
    const { memberId, terminalId } = this.#credentials
    return {
      "authentication.memberId": memberId,
      "authentication.checksum": checksum(signed, this.#credentials),
      ...(terminalId ? { "authentication.terminalId": terminalId } : {}),
    }
  }

  /** Assumption: `sKey` is the secure key, which every checksum is made with. */
  #loginFields(): WireFields {
    const { partnerId, username, secureKey } = this.#credentials
    return {
      "authentication.partnerId": partnerId,
      "merchant.username": username,
      "authentication.sKey": secureKey,
    }
  }

  async #fetchToken(operation: "authToken" | "regenerateToken", form: WireFields): Promise<string> {
    const { body, gatewayError, httpStatus } = await this.#send(operation, {}, form, tokenBody)
    if (!body.AuthToken) {
      throw refusal(operation, gatewayError, httpStatus)
    }
    return body.AuthToken
  }

  async #send<Body extends WithResult>(
    operation: PaymentzOperation,
    { id, path, isGuess }: { id?: string; path?: string; isGuess?: boolean },
    form: WireFields,
    schema: ZodType<Body>,
    headers?: WireFields
  ): Promise<PaymentzAnswer<Body>> {
    const answer = await this.#http.send({
      operation,
      method: "POST",
      path: path ?? calls[operation].path,
      ...(id === undefined ? {} : { pathParams: { id } }),
      headers,
      body: { form },
      reads: calls[operation].reads,
      isGuess,
    })
    const body = readJson(answer, schema, { gateway: paymentzGateway, operation })
    const gatewayError = { code: body.result?.code, gatewayMessage: body.result?.description }
    const meaning = resultMeaning(operation, gatewayError.code)
    return { body, meaning, gatewayError, httpStatus: answer.httpStatus }
  }
}

/** Both calls answer with a new token. */
type TokenCalls = {
  authToken(): Promise<string>
  regenerateToken(token: Secret): Promise<string>
}

/** One hour (Paymentz, "Authentication Token"). */
const lifetimeMs = 60 * 60_000

/**
 * Tokens that follow one another: while the last one lives, the next is made of it, and else from the
 * credentials.
 *
 * Assumption: a token that is not accepted any more is answered with HTTP 401.
 */
function createTokenSource(
  calls: TokenCalls,
  { clock = () => performance.now(), shared }: Pick<AccessTokenOptions, "clock" | "shared">
): AccessTokenSource {
  let last: { token: Secret; expiresAt: number } | undefined
  const source = createAccessTokenSource({
    gateway: paymentzGateway,
    operation: "authToken",
    fetch: fetchToken,
    clock,
    shared,
  })

  async function fetchToken(): Promise<FetchedToken> {
    const askedAt = clock()
    const token = Secret.of((await regenerated(askedAt)) ?? (await calls.authToken()))
    last = { token, expiresAt: askedAt + lifetimeMs }
    return { token, lifetimeMs }
  }

  /** The credentials are always good for a token, whatever keeps the old one from being renewed. */
  async function regenerated(now: number): Promise<string | undefined> {
    if (!last || now >= last.expiresAt) {
      return undefined
    }
    try {
      return await calls.regenerateToken(last.token)
    } catch (error) {
      if (error instanceof GatewayError) {
        return undefined
      }
      throw error
    }
  }

  /** A token that was rejected is dead, and nothing can be made of it. */
  function forget(token: Secret): void {
    if (last?.token === token) {
      last = undefined
    }
  }

  return {
    withToken: (call) =>
      source.withToken(async (token) => {
        try {
          return await call(token)
        } catch (error) {
          if (error instanceof GatewayError && error.isUnauthorized) {
            forget(token)
          }
          throw error
        }
      }),
  }
}

/** Whatever the currency (Paymentz, "REST API"). */
export const wireDecimals = 2
const mostDigits = 8

/**
 * The amount as it is sent and signed: always with two decimals, in major units, whatever the currency, so
 * that 100 yen are `100.00` and 1.230 dinars `1.23`. It never rounds.
 *
 * @throws GatewayDeclinedError for a third decimal that is not zero; nothing was sent
 */
export function wireAmount(operation: PaymentzOperation, amount: string): string {
  try {
    return exactAt(decimal(amount), wireDecimals)
  } catch (error) {
    if (error instanceof TooManyDecimalsError) {
      throw paymentzErrors.refusedHere(
        operation,
        `amounts are sent with two decimals, and ${error.amount} has more`
      )
    }
    throw error
  }
}

/**
 * As `wireAmount`, within what the hosted page takes: eight digits before the point (Paymentz, "Standard
 * Checkout", `[0-9]{1,8}\.[0-9]{2}`).
 */
export function checkoutAmount(amount: string): string {
  const written = wireAmount("pay", amount)
  if (written.length > mostDigits + 1 + wireDecimals) {
    throw paymentzErrors.refusedHere(
      "pay",
      `${written} has more than ${mostDigits} digits before the point`
    )
  }
  return written
}
