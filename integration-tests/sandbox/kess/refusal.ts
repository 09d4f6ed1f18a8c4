interface RefusalRow {
  /** HTTP status of the answer; `null` for a refusal by the business, which has the one of the settings. */
  readonly status: number | null
  readonly message: string
}

/**
 * Assumption: KESS publishes no failures, so all of these are invented. What never reached the business (transport,
 * token) has an HTTP status of its own; a refusal by the business is HTTP 200 unless the settings say otherwise: that is
 * what a reply with a `success` in it is for. There are no codes on the wire: the names here are for reading only.
 */
const refusals = {
  PATH_NOT_FOUND: { status: 404, message: "No such path" },
  METHOD_NOT_ALLOWED: { status: 405, message: "Only POST is allowed" },
  BODY_TOO_LARGE: { status: 413, message: "The request body is too large" },
  CONTENT_TYPE_NOT_SUPPORTED: { status: 415, message: "Content-Type must be application/json" },
  USER_INVALID: { status: 401, message: "user or password is wrong" },
  TOKEN_MISSING: { status: 401, message: "The header Authorization: Bearer <token> is missing" },
  TOKEN_INVALID: { status: 401, message: "The token is not valid" },
  TOKEN_EXPIRED: { status: 401, message: "The token has expired" },
  BODY_INVALID: { status: null, message: "The request can't be read" },
  FIELD_MISSING: { status: null, message: "A required field is missing or empty" },
  FIELD_INVALID: { status: null, message: "A field is not valid" },
  FIELD_UNKNOWN: { status: null, message: "A field is not known" },
  STORE_UNKNOWN: { status: null, message: "There is no store with this store_id" },
  SERVICE_UNKNOWN: { status: null, message: "The store has no service with this service_id" },
  ORDER_EXISTS: { status: null, message: "The out_trade_no is already in use" },
  ORDER_NOT_FOUND: { status: null, message: "There is no order with this out_trade_no" },
  ORDER_NOT_PAID: { status: null, message: "The order has not been paid" },
  CODE_USED: { status: null, message: "The auth_code was used before" },
  PAYMENT_DECLINED: { status: null, message: "The buyer declined the payment" },
  REFUND_TOO_MUCH: { status: null, message: "The refund is more than what is left of the payment" },
  REFUND_EXISTS: { status: null, message: "The out_refund_no is already in use" },
} as const satisfies Record<string, RefusalRow>

export type RefusalName = keyof typeof refusals

/** KESS's "no": carries what goes into the reply. */
export class Refusal extends Error {
  readonly status: number | null

  constructor(
    readonly reason: RefusalName,
    detail?: string
  ) {
    const { message, status } = refusals[reason]
    super(detail === undefined ? message : `${message}: ${detail}`)
    this.status = status
  }
}
