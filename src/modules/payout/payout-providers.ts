import { invalidData, notFound } from "../../shared/medusa-error"
import type { AbstractPayoutProvider, PayoutCapabilities } from "./payout-provider"

export type PayoutProviderInfo = {
  /** Such as `po_mocasa_main`. */
  id: string
  title: string
  capabilities: PayoutCapabilities
}

/** The providers of the shop's config, by their ids such as `po_mocasa_main`. */
export class PayoutProviders {
  readonly #byId: ReadonlyMap<string, AbstractPayoutProvider>

  constructor(byId: ReadonlyMap<string, AbstractPayoutProvider>) {
    this.#byId = byId
  }

  /** @throws MedusaError invalid_data naming a provider that has not what the module calls */
  static in(container: Readonly<Record<string, unknown>>, ids: readonly string[]): PayoutProviders {
    return new PayoutProviders(new Map(ids.map((id) => [id, asProvider(id, container[id])])))
  }

  list(): PayoutProviderInfo[] {
    return [...this.#byId].map(([id, { title, capabilities }]) => ({ id, title, capabilities }))
  }

  find(id: string): AbstractPayoutProvider | undefined {
    return this.#byId.get(id)
  }

  /** @throws MedusaError not_found, naming the ids there are */
  get(id: string): AbstractPayoutProvider {
    const provider = this.find(id)
    if (!provider) {
      const ids = [...this.#byId.keys()].join(", ")
      throw notFound(
        `There is no payout provider ${id}. ` +
          (ids === ""
            ? "None is configured: the option payouts.providers of medusa-regional-payments is empty"
            : `The option payouts.providers of medusa-regional-payments has: ${ids}`)
      )
    }
    return provider
  }
}

/** By what it has, and not by its class: a store may have installed the class that it extends twice. */
function asProvider(id: string, made: unknown): AbstractPayoutProvider {
  if (!isProvider(made)) {
    throw invalidData(
      `The payout provider ${id} does not have all of createBeneficiary, initiateTransfer, ` +
        "retrieveTransfer, parseWebhook and capabilities. Does its class extend AbstractPayoutProvider?"
    )
  }
  return made
}

const methods = [
  "createBeneficiary",
  "initiateTransfer",
  "retrieveTransfer",
  "parseWebhook",
] as const satisfies readonly (keyof AbstractPayoutProvider)[]

function isProvider(made: unknown): made is AbstractPayoutProvider {
  return (
    typeof made === "object" &&
    made !== null &&
    methods.every((method) => typeof Reflect.get(made, method) === "function") &&
    typeof Reflect.get(made, "capabilities") === "object"
  )
}
