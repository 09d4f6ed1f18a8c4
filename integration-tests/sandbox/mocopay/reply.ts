import { jsonReply, type Reply } from "../shared/http-message"
import type { Refusal } from "./refusal"

export function refusalReply({ status, code, message }: Refusal): Reply {
  return jsonReply(status, { code, message })
}
