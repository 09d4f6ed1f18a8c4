import type { ZodType } from "zod"
import type { AccessTokenSource } from "../shared/access-token"
import type { WireFields } from "../shared/request"
import type { GatewayHttp } from "../shared/http"
import { readJson } from "../shared/messages"
import type { Secret } from "../shared/secret"
import { withoutGaps } from "../shared/request"
import { checksum, type Signed } from "./checksum"
import { tokenBody } from "./messages"
import { calls, paymentzGateway, type PaymentzOperation } from "./operation"
import { refusal, type ResultWords } from "./refusal"
import { resultMeaning, type ResultMeaning } from "./result-code"
import { createTokenSource } from "./token"

export type PaymentzCredentials = {
  memberId: string
  secureKey: Secret
  partnerId: string
  username: string
  terminalId?: string
}

/** An answer that could be read, with what its code means for the operation and its words for errors. */
export type PaymentzAnswer<Body> = {
  body: Body
  meaning: ResultMeaning
  words: ResultWords
  httpStatus: number
}

export type PaymentzCall<Body> = {
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
  constructor(http: GatewayHttp, credentials: PaymentzCredentials, clock?: () => number) {
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
      clock
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
    const { body, words, httpStatus } = await this.#send(operation, {}, form, tokenBody)
    if (!body.AuthToken) {
      throw refusal(operation, words, httpStatus)
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
    const words = { code: body.result?.code, gatewayMessage: body.result?.description }
    const meaning = resultMeaning(operation, words.code)
    return { body, meaning, words, httpStatus: answer.httpStatus }
  }
}
