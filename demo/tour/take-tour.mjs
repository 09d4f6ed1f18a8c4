import { join } from "node:path"
import { gateways } from "../gateways/index.mjs"
import { data } from "../launch/paths.mjs"
import { freePorts } from "../launch/ports.mjs"
import { startShop } from "../launch/shop.mjs"
import { differences } from "./agreement.mjs"
import { Merchant } from "./merchant.mjs"
import { Shopper } from "./shopper.mjs"
import { takeSteps } from "./take-steps.mjs"
import { tourSteps } from "./steps.mjs"
import { table } from "./table.mjs"

/**
 * Buys and refunds at every gateway, in a shop of its own: with free ports and data that is thrown away, so that it
 * can run beside a demo.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {import("../launch/lifeline.mjs").Lifeline} lifeline
 * @returns {Promise<boolean>} whether Medusa and the gateways agree
 */
export async function takeTour(env, lifeline) {
  const shop = await startShop({
    env,
    lifeline,
    ports: await freePorts(1 + gateways.length),
    database: { durable: false },
    logs: join(data, "tour-logs"),
  })
  let agreed = true
  for (const [index, gateway] of gateways.entries()) {
    const sandbox = shop.sandboxes[index]
    if (sandbox === undefined) throw new Error(`${gateway.title} was not started`)
    const problems = await Promise.race([shop.died, visit(shop, gateway, sandbox, lifeline.signal)])
    agreed &&= problems.length === 0
  }
  return agreed
}

/**
 * @param {import("../launch/shop.mjs").Shop} shop
 * @param {import("../gateways/gateway.mjs").DemoGateway} gateway
 * @param {import("../gateways/gateway.mjs").RunningGateway} sandbox
 * @param {AbortSignal} signal
 * @returns {Promise<string[]>} what went wrong or differs
 */
async function visit(shop, gateway, sandbox, signal) {
  const shopper = await Shopper.arrive(shop.url, gateway)
  const merchant = await Merchant.logIn(shop.url, shop.admin)
  const { rows, failure } = await takeSteps(
    tourSteps({ gateway, sandbox, shopper, merchant, signal })
  )
  signal.throwIfAborted()
  console.log(`\n${gateway.title}\n\n${table(rows)}\n`)
  const problems = failure
    ? [failure]
    : differences({ orders: await merchant.ordersOf(shopper.email), movements: sandbox.ledger() })
  console.log(
    problems.length === 0
      ? `Medusa and ${gateway.title} agree: one order, paid once, refunded once.`
      : `Not as it should be:\n${problems.map((problem) => `  - ${problem}`).join("\n")}\nLog: ${shop.log}`
  )
  return problems
}
