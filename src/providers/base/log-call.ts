import type { Logger } from "@medusajs/framework/types"
import type { GatewayCallRecord } from "../../gateways/shared/request"

/**
 * One line for each attempt of a call; an answer is worth no more than a line for debugging.
 *
 * @param providerId Medusa's, such as `pp_mocasa_main`: a shop can have one gateway more than once
 */
export function logCall(
  log: Pick<Logger, "debug" | "warn">,
  record: GatewayCallRecord,
  providerId?: string
): void {
  const answer = record.httpStatus === undefined ? "no answer" : `HTTP ${record.httpStatus}`
  const prefix = providerId === undefined ? "" : `${providerId}: `
  const line = `${prefix}${record.gateway} ${record.operation}: ${answer} after ${Math.round(record.ms)} ms`
  if (record.outcome === "answered") {
    log.debug(line)
  } else {
    log.warn(`${line}, ${record.outcome} (${record.reason ?? "refused"})`)
  }
}
