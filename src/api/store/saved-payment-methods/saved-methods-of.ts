import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { SavedMethod } from "../../../providers/base/gateway"
import { gatewayContextOf, configuredProviderIds } from "../../../providers/registry"
import { errorMessage } from "../../../shared/errors"

export type CustomersMethod = { id: string; provider_id: string; data: SavedMethod["data"] }

/**
 * What a customer saved at the shop's gateways. A gateway that can't be asked is left out with a warning: the
 * others can still be used.
 */
export async function savedMethodsOf(
  container: MedusaContainer,
  customerId: string
): Promise<CustomersMethod[]> {
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const lists = await Promise.all(
    configuredProviderIds(config).map(
      async (providerId) => await listAt(container, providerId, customerId)
    )
  )
  return lists.flat()
}

/** Whether there was such a method of this customer's, which is gone now. */
export async function removeSavedMethod(
  container: MedusaContainer,
  customerId: string,
  id: string
): Promise<boolean> {
  const methods = await savedMethodsOf(container, customerId)
  const method = methods.find((one) => one.id === id)
  if (!method) {
    return false
  }
  const gateway = gatewayContextOf(container, method.provider_id)?.context.gateway
  await gateway?.savedMethods?.remove(customerId, id)
  return true
}

async function listAt(
  container: MedusaContainer,
  providerId: string,
  customerId: string
): Promise<CustomersMethod[]> {
  const gateway = gatewayContextOf(container, providerId)?.context.gateway
  try {
    const methods = (await gateway?.savedMethods?.list(customerId)) ?? []
    return methods.map(({ id, data }) => ({ id, provider_id: providerId, data }))
  } catch (error) {
    const reason = errorMessage(error)
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`The saved payment methods at ${providerId} could not be listed: ${reason}`)
    return []
  }
}
