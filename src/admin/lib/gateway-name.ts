import type { OwnGateway } from "../../providers/registry"

/** As the server has them in each gateway's definition, which stays out of the pages. */
const names: Readonly<Record<string, string>> = {
  cashy: "Cashy",
  kess: "KESS Pay",
  mocasa: "Mocasa Pay",
  mocopay: "MoCoPay",
  paymentz: "Paymentz",
} satisfies Readonly<Record<OwnGateway, string>>

/**
 * What people call a provider: `pp_mocasa_mocasa` is Mocasa Pay, `pp_mocasa_second` is Mocasa Pay (second). Of another plugin's
 * gateway it is the id.
 */
export function gatewayName(providerId: string): string {
  const [, gateway = "", id] = /^(?:pp|po)_([a-z0-9]+)(?:_(.+))?$/.exec(providerId) ?? []
  const name = names[gateway]
  if (name === undefined) {
    return providerId
  }
  return id === undefined || id === gateway ? name : `${name} (${id})`
}

/** Whether a payment provider is one of this plugin's. */
export function isGateway(providerId: string): boolean {
  return gatewayName(providerId) !== providerId
}
