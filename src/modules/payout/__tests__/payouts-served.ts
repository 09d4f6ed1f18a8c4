import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import type { GatewayEvent } from "../../../shared/announce"
import type { PayoutContext } from "../payout-context"
import type { AbstractPayoutProvider } from "../payout-provider"
import { PayoutModuleService } from "../service"

export const providerId = "po_acme_main"
export const key = Buffer.alloc(32, 7).toString("base64")
export const otherKey = Buffer.alloc(32, 9).toString("base64")
export const encryption = { keyId: "1", keys: { "1": key } }

class ServiceUnderTest extends PayoutModuleService {
  constructor(
    cradle: ConstructorParameters<typeof PayoutModuleService>[0],
    options: Record<string, unknown>,
    tools: Pick<PayoutContext, "now">
  ) {
    super(cradle, options)
    Object.assign(this.context, tools)
  }
}

/** The module's service on one server of the shop, with one provider and a clock that a test moves. */
export function payoutsServed(server: {
  connection: Knex
  provider: AbstractPayoutProvider
  now: () => Date
  /** The plugin's option `payouts`. */
  options?: Record<string, unknown>
  /** Everything that is logged, a line each. */
  logged?: string[]
  events?: GatewayEvent[]
}): PayoutModuleService {
  const { connection, provider, now, options, logged = [], events = [] } = server
  return new ServiceUnderTest(
    {
      logger: loggerInto(logged),
      __pg_connection__: connection,
      event_bus: {
        emit: async (event: GatewayEvent) => {
          events.push(event)
        },
      },
      payout_providers: [providerId],
      [providerId]: provider,
    },
    { payouts: { encryption, ...options } },
    { now }
  )
}

function loggerInto(logged: string[]): Logger {
  const line = (text: unknown) => {
    logged.push(String(text))
  }
  const silent = () => {}
  return {
    panic: line,
    shouldLog: () => true,
    setLogLevel: silent,
    unsetLogLevel: silent,
    activity: () => "",
    progress: silent,
    error: (text) => line(text),
    failure: () => ({}),
    success: () => ({}),
    silly: line,
    debug: line,
    verbose: line,
    http: line,
    info: line,
    warn: line,
    log: line,
  }
}
