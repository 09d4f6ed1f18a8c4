import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { SavedMethod } from "../../providers/base/gateway"
import { gatewayContextOf, configuredProviderIds } from "../../providers/registry"
import { errorMessage } from "../../shared/errors"

export type CustomersMethod = { id: string; provider_id: string; data: SavedMethod["data"] }

/**
 * What a customer saved at the shop's gateways. A gateway that can't be asked is left out with a warning: the
 * others can still be used.
 */
export async function savedMethodsOf(
  container: MedusaContainer,
  customerId: string
): Promise<CustomersMethod[]> {
  return (await askEach(container, customerId)).methods
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

export type SavedMethodsErasure = {
  /** How many were removed; one that several accounts at a gateway have is one. */
  removed: number
  /** The providers at which some may be left, because the gateway could not be asked or refused. */
  leftAt: string[]
}

/** Has every gateway forget what the customer saved there. */
export async function removeSavedMethods(
  container: MedusaContainer,
  customerId: string
): Promise<SavedMethodsErasure> {
  const { methods, silent } = await askEach(container, customerId)
  const leftAt = new Set(silent)
  const removed = new Set<string>()
  for (const method of methods) {
    const result = await removeOne(container, customerId, method)
    if (result === "left") {
      leftAt.add(method.provider_id)
    }
    if (result === "removed") {
      removed.add(method.id)
    }
  }
  return { removed: removed.size, leftAt: [...leftAt] }
}

/** `gone`: it went with that of another account at the same gateway. */
async function removeOne(
  container: MedusaContainer,
  customerId: string,
  { id, provider_id }: CustomersMethod
): Promise<"removed" | "gone" | "left"> {
  const gateway = gatewayContextOf(container, provider_id)?.context.gateway
  try {
    await gateway?.savedMethods?.remove(customerId, id)
    return "removed"
  } catch (error) {
    const { methods, silent } = await listAt(container, provider_id, customerId)
    if (silent.length === 0 && !methods.some((one) => one.id === id)) {
      return "gone"
    }
    warn(container, `A saved payment method at ${provider_id} could not be removed`, error)
    return "left"
  }
}

type Asked = {
  methods: CustomersMethod[]
  /** The providers that could not be asked. */
  silent: string[]
}

async function askEach(container: MedusaContainer, customerId: string): Promise<Asked> {
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const answers = await Promise.all(
    configuredProviderIds(config).map(
      async (providerId) => await listAt(container, providerId, customerId)
    )
  )
  return {
    methods: answers.flatMap(({ methods }) => methods),
    silent: answers.flatMap(({ silent }) => silent),
  }
}

async function listAt(
  container: MedusaContainer,
  provider_id: string,
  customerId: string
): Promise<Asked> {
  const gateway = gatewayContextOf(container, provider_id)?.context.gateway
  try {
    const methods = (await gateway?.savedMethods?.list(customerId)) ?? []
    return { methods: methods.map(({ id, data }) => ({ id, provider_id, data })), silent: [] }
  } catch (error) {
    warn(container, `The saved payment methods at ${provider_id} could not be listed`, error)
    return { methods: [], silent: [provider_id] }
  }
}

function warn(container: MedusaContainer, what: string, error: unknown): void {
  container.resolve(ContainerRegistrationKeys.LOGGER).warn(`${what}: ${errorMessage(error)}`)
}
