import type { GatewayHttpOptions } from "../../gateways/shared/http"
import { createGatewayHttp, type GatewayHttp } from "../../gateways/shared/http"
import { logCall } from "../../providers/base/context"
import { timeoutsWithin } from "../../providers/base/options"
import type { PayoutCradle } from "./payout-cradle"

/** The connections of one provider, each call of which leaves a line in the log. */
export function payoutHttp(
  { logger }: PayoutCradle,
  {
    timeoutMs,
    ...options
  }: Pick<GatewayHttpOptions, "gateway" | "baseUrl" | "errorWords"> & { timeoutMs: number }
): GatewayHttp {
  return createGatewayHttp({
    ...options,
    timeouts: timeoutsWithin(timeoutMs),
    onCall: (record) => logCall(logger, record),
  })
}
