import { tsImport } from "tsx/esm/api"
import { gateways } from "../../demo/gateways/index.mjs"
import { Merchant } from "../../demo/tour/merchant.mjs"
import { Shopper } from "../../demo/tour/shopper.mjs"
import { tourSteps } from "../../demo/tour/steps.mjs"
import { takeSteps } from "../../demo/tour/take-steps.mjs"

/**
 * One order at each gateway, bought through the Store API and paid at the sandbox.
 *
 * @param {object} shop
 * @param {string} shop.url
 * @param {string} shop.publishableKey
 * @param {readonly import("../../demo/gateways/gateway.mjs").RunningGateway[]} shop.sandboxes
 * @param {{ email: string, password: string }} shop.admin
 * @param {AbortSignal} shop.signal
 */
export async function fillShop({ url, publishableKey, sandboxes, admin, signal }) {
  const storefront = await tsImport("../../src/storefront/index.ts", import.meta.url)
  const merchant = await Merchant.logIn(url, admin)
  for (const [index, gateway] of gateways.entries()) {
    const sandbox = sandboxes[index]
    if (sandbox === undefined) throw new Error(`${gateway.title} was not started`)
    const shopper = await Shopper.arrive(url, gateway, { publishableKey, storefront })
    const steps = tourSteps({ storeUrl: url, gateway, sandbox, shopper, merchant, signal })
    const bought = steps.filter(({ name }) => !name.startsWith("the shop"))
    const { failure } = await takeSteps(
      bought.filter(({ name }) => name !== "the shopper comes back")
    )
    if (failure) throw new Error(`${gateway.title}: ${failure}`)
  }
}
