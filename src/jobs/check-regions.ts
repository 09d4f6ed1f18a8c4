import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { unusableProviders, warningOf } from "../workflows/payments/unusable-providers"

/** Warns the shop's owner, once after each start, of providers that no shopper of a region can pay with. */
export default async function checkRegions(container: MedusaContainer): Promise<void> {
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  for (const unusable of await unusableProviders(container)) {
    log.warn(warningOf(unusable))
  }
}

export const config = {
  name: "check-regions-of-gateways",
  schedule: "*/10 * * * * *",
  numberOfExecutions: 1,
}
