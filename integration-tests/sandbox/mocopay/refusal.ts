interface RefusalCodeRow {
  /** HTTP status of the answer. */
  readonly status: number
  readonly message: string
}

/**
 * Assumption: MoCoPay publishes neither codes nor HTTP statuses nor the shape of a refusal, so all of these are
 * invented: an HTTP status that says the kind, and JSON with a code and words. Above all that verifyPayment answers
 * 404 for a session, buyer or transaction it does not know.
 */
const refusalCodes = {
  PATH_NOT_FOUND: { status: 404, message: "No such path" },
  METHOD_NOT_ALLOWED: { status: 405, message: "initPayment is a GET and verifyPayment is a POST" },
  BODY_TOO_LARGE: { status: 413, message: "The request body is too large" },
  BODY_NOT_EMPTY: {
    status: 400,
    message: "Parameters belong into the query; the body must be empty",
  },
  NOT_ACCEPTABLE: { status: 406, message: "The header Accept must name application/json" },
  SIGNATURE_MISSING: { status: 401, message: "The signature is missing" },
  SIGNATURE_INVALID: { status: 401, message: "The signature is wrong" },
  PARAM_MISSING: { status: 400, message: "A mandatory parameter is missing or empty" },
  PARAM_INVALID: { status: 400, message: "A parameter is not valid" },
  PARAM_UNKNOWN: { status: 400, message: "A parameter is not known" },
  PRODUCT_NOT_FOUND: { status: 404, message: "There is no product with this pid" },
  SESSION_NOT_FOUND: { status: 404, message: "There is no such payment session" },
} as const satisfies Record<string, RefusalCodeRow>

export type RefusalCode = keyof typeof refusalCodes

/** MoCoPay's "no". */
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
