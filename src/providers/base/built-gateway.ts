import type { Logger } from "@medusajs/framework/types"
import type { GatewayDefinition } from "./gateway-definition"
import { logCall } from "./log-call"
import type { PaymentGateway } from "./payment-gateway"
import { parseOptions } from "./provider-options"

export type BuiltGateway<Options> = { gateway: PaymentGateway; options: Options }

/** One gateway, with its connections and its access token, for all who hold the same options. */
const gateways = new WeakMap<object, WeakMap<object, PaymentGateway>>()

/**
 * The gateway that belongs to a provider's entry in the shop's config. Whoever comes second gets the same
 * one: the provider itself, the middlewares and the jobs share its token and its open connections.
 *
 * @param providerId for the log, looked up when there is something to tell: Medusa does not tell a provider its id
 * @throws MedusaError invalid_data when the options can't be used
 */
export function builtGateway<Options>(
  definition: GatewayDefinition<Options>,
  options: object,
  log: Pick<Logger, "debug" | "warn">,
  providerId: () => string | undefined = () => undefined
): BuiltGateway<Options> {
  const parsed = parseOptions(definition, options)
  const ofKind = gateways.get(definition) ?? new WeakMap<object, PaymentGateway>()
  gateways.set(definition, ofKind)
  const known = ofKind.get(options)
  if (known) {
    return { gateway: known, options: parsed }
  }
  const gateway = definition.build(parsed, {
    now: () => new Date(),
    onCall: (record) => logCall(log, record, providerId()),
  })
  ofKind.set(options, gateway)
  return { gateway, options: parsed }
}
