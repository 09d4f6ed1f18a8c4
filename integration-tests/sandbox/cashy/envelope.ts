import { jsonReply, type Reply } from "../shared/http-message"
import { jsonText, type JsonField } from "./json-text"
import type { Refusal } from "./refusal"

/** Cashy, "Response Example" of every call: `{msg: "SUCCESS", code: 200, data}`. */
export function successReply(data: Readonly<Record<string, JsonField>>): Reply {
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    body: `{"msg":"SUCCESS","code":200,"data":${jsonText(data)}}`,
  }
}

/**
 * Cashy, "Response Example": `{msg: "Payin_Order_Error", code: 500}`, without `data`.
 * Assumption: every refusal has this code, and HTTP status 200: the vendor names no others.
 */
export function refusalReply({ token }: Refusal, status = 200): Reply {
  return jsonReply(status, { msg: token, code: 500 })
}
