/**
 * What Cashy answers in `msg`. Documented tokens; `xxx` stands for a field's name.
 * Assumption: also what has no documented token of its own (`RequestPath_not_found`, `RequestBody_too_large`,
 * `Payin_Order_not_exist`, `Payout_Order_Error`, `Payout_Order_not_exist`) is told by one.
 */
export type RefusalToken =
  | "RequestPath_not_found"
  | "RequestMethod_not_post"
  | "RequestContentType_not_json"
  | "RequestBody_is_null"
  | "RequestBody_too_large"
  | "MerchantId_is_null"
  | "MerchantId_not_Number"
  | "MerchantId_is_error"
  | "Sign_verify_error"
  | "Params_jsonFormat_error"
  | `Params_${string}_Required`
  | `Params_${string}_error`
  | "Payin_Order_Error"
  | "Payin_Order_not_exist"
  | "Payout_Order_Error"
  | "Payout_Order_not_exist"

/** Cashy's "no": carries what goes into the envelope. */
export class Refusal extends Error {
  constructor(readonly token: RefusalToken) {
    super(token)
  }
}
