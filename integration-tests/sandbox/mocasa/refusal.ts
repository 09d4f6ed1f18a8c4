interface RefusalCodeRow {
  /** HTTP status of the answer. */
  readonly status: number
  readonly message: string
}

/**
 * Assumption: Mocasa publishes no codes and no HTTP statuses, so all of these are invented. What never reached the
 * business (transport, token) has an HTTP status of its own; a refusal by the business is HTTP 200 with
 * `success: false`, which is what an envelope with a `success` in it is for.
 */
const refusalCodes = {
  PATH_NOT_FOUND: { status: 404, message: "No such path" },
  METHOD_NOT_ALLOWED: { status: 405, message: "Only POST is allowed" },
  BODY_TOO_LARGE: { status: 413, message: "The request body is too large" },
  CONTENT_TYPE_NOT_SUPPORTED: {
    status: 415,
    message: "Content-Type must be application/x-www-form-urlencoded",
  },
  CLIENT_INVALID: { status: 401, message: "clientKey or clientSecret is wrong" },
  TOKEN_MISSING: { status: 401, message: "The header accessToken is missing" },
  TOKEN_INVALID: { status: 401, message: "The accessToken is not valid" },
  TOKEN_EXPIRED: { status: 401, message: "The accessToken has expired" },
  PARAM_MISSING: { status: 200, message: "A required parameter is missing or empty" },
  PARAM_INVALID: { status: 200, message: "A parameter is not valid" },
  PARAM_UNKNOWN: { status: 200, message: "A parameter is not known" },
  ORDER_EXISTS: { status: 200, message: "The orderNo is already in use" },
  ORDER_NOT_FOUND: { status: 200, message: "There is no order with this orderNo" },
  ORDER_NOT_PAID: { status: 200, message: "The order has not been paid" },
  ORDER_SETTLED: { status: 200, message: "The order has been settled and can't be refunded" },
  ORDER_ALREADY_REFUNDED: { status: 200, message: "The order is already refunded" },
  REFUND_IN_PROGRESS: { status: 200, message: "A refund of the order is in progress" },
  ACCOUNT_NOT_FOUND: { status: 200, message: "There is no beneficiary with this payeeAccountNo" },
  ACCOUNT_NOT_ACTIVE: { status: 200, message: "The beneficiary has not been added successfully" },
  TRANSFER_EXISTS: { status: 200, message: "The transferSerialNo is already in use" },
  TRANSFER_NOT_FOUND: { status: 200, message: "There is no transfer with this transferSerialNo" },
} as const satisfies Record<string, RefusalCodeRow>

export type RefusalCode = keyof typeof refusalCodes

/** Mocasa's "no": carries what goes into the envelope. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly status: number

  constructor(code: RefusalCode, detail?: string) {
    const { message, status } = refusalCodes[code]
    super(detail === undefined ? message : `${message}: ${detail}`)
    this.code = code
    this.status = status
  }
}
