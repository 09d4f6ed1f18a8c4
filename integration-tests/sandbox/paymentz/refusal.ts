interface RefusalRow {
  /** HTTP status of the answer. */
  readonly status: number
  /** `result.code` of the answer. */
  readonly code: string
  readonly description: string
}

/**
 * Assumption: what is refused before the business is asked (path, method, token) has an HTTP status of its own and
 * that number as its code, because the published codes have none for it. A refusal by the business is HTTP 200 with
 * one of the published codes; for fields and checksums that is 10002, "not permitted".
 */
const refusals = {
  PATH_NOT_FOUND: { status: 404, code: "404", description: "No such path" },
  METHOD_NOT_ALLOWED: { status: 405, code: "405", description: "Only POST is allowed" },
  BODY_TOO_LARGE: { status: 413, code: "413", description: "The request body is too large" },
  CONTENT_TYPE_NOT_SUPPORTED: {
    status: 415,
    code: "415",
    description: "Content-Type must be application/x-www-form-urlencoded or application/json",
  },
  CREDENTIALS_INVALID: { status: 401, code: "401", description: "The credentials are not valid" },
  TOKEN_MISSING: { status: 401, code: "401", description: "The header AuthToken is missing" },
  TOKEN_INVALID: { status: 401, code: "401", description: "The AuthToken is not valid" },
  TOKEN_EXPIRED: { status: 401, code: "401", description: "The AuthToken has expired" },
  FIELD_MISSING: {
    status: 200,
    code: "10002",
    description: "A required field is missing or empty",
  },
  FIELD_INVALID: { status: 200, code: "10002", description: "A field is not valid" },
  FIELD_UNKNOWN: { status: 200, code: "10002", description: "A field is not known" },
  MEMBER_UNKNOWN: { status: 200, code: "10002", description: "The memberId is not known" },
  CHECKSUM_WRONG: { status: 200, code: "10002", description: "The checksum is wrong" },
  CURRENCY_NOT_TAKEN: {
    status: 200,
    code: "10002",
    description: "The terminal does not take this currency",
  },
  CARD_DATA_REFUSED: {
    status: 200,
    code: "10002",
    description: "This stand-in never takes card data over REST",
  },
  TRANSACTION_EXISTS: {
    status: 200,
    code: "10002",
    description: "The merchantTransactionId is already in use",
  },
  RECURRING_NOT_SUPPORTED: {
    status: 200,
    code: "10002",
    description: "The connecting bank does not support recurring payments",
  },
  RECORD_NOT_FOUND: { status: 200, code: "10026", description: "Record not found" },
  CAPTURE_FAILED: { status: 200, code: "10005", description: "Capture failed" },
  REFUND_FAILED: { status: 200, code: "10006", description: "Refund failed" },
  REVERSE_FAILED: { status: 200, code: "10007", description: "Cancel failed" },
} as const satisfies Record<string, RefusalRow>

export type RefusalName = keyof typeof refusals

/** Paymentz's "no": carries what goes into the answer's `result`. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string

  constructor(
    readonly reason: RefusalName,
    detail?: string
  ) {
    const { status, code, description } = refusals[reason]
    super(detail === undefined ? description : `${description}: ${detail}`)
    this.status = status
    this.code = code
  }
}
