import { jsonReply, type Reply } from "../shared/http-message"
import type { Refusal } from "./refusal"

/** Assumption: Mocasa publishes no code for a success either. */
const SUCCESS_CODE = "SUCCESS"

/** Mocasa, "Return Data" of every call: `{success, code, message, data}`. */
export function successReply(data: object): Reply {
  return jsonReply(200, { success: true, code: SUCCESS_CODE, message: "success", data })
}

export function refusalReply({ status, code, message }: Refusal): Reply {
  return jsonReply(status, { success: false, code, message, data: null })
}
