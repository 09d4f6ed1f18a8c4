import { jsonReply, type Reply } from "../shared/http-message"
import type { Refusal } from "./refusal"
import type { KessSettings } from "./settings"

/** KESS, the response of every call: `{success, data}`. */
export function successReply(data: object): Reply {
  return jsonReply(200, { success: true, data })
}

/** Assumption: the reason stands in `message`, as it does in the replies about a payment and a refund. */
export function refusalReply(
  { status, message }: Refusal,
  { refusalStatus }: Pick<KessSettings, "refusalStatus">
): Reply {
  return jsonReply(status ?? refusalStatus, { success: false, message })
}
