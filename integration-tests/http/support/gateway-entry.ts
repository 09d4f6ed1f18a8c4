import type { GatewayData, GatewaySandbox } from "../../../src/testing/conformance/gateway-data"
import type { ProviderEntry } from "./shop"

/** Options by which a gateway sends the shopper back to the store. */
const returnOptions = ["returnUrl", "callbackUrl"]

/** A gateway in a shop's config, under its variant's name: its shoppers come back to where this provider answers. */
export function gatewayEntry(
  { identifier, variant: id = "main" }: GatewayData,
  { options }: GatewaySandbox
): ProviderEntry {
  const url = `https://shop.test/payments/${identifier}_${id}/return`
  const own = returnOptions.filter((name) => name in options).map((name) => [name, url] as const)
  return { gateway: identifier, id, options: { ...options, ...Object.fromEntries(own) } }
}
