import { join } from "node:path"
import { gateways } from "../gateways/index.mjs"
import { data } from "../launch/paths.mjs"
import { heldPort } from "../launch/ports.mjs"
import { progress } from "../launch/progress.mjs"
import { startShop } from "../launch/shop.mjs"
import { differences } from "./agreement.mjs"
import { makeTrouble } from "../history/make-history.mjs"
import { Merchant } from "./merchant.mjs"
import { chores } from "./owner.mjs"
import { Shopper } from "./shopper.mjs"
import { tourSteps } from "./steps.mjs"
import { choreTable, table } from "./table.mjs"
import { takeSteps } from "./take-steps.mjs"

/**
 * Buys and refunds at every gateway and sees to what went wrong, in a shop of its own: with free ports and data that is thrown away, so that it
 * can run beside a demo.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {import("../launch/lifeline.mjs").Lifeline} lifeline
 * @param {boolean} cluster whether the shop runs on several servers
 * @returns {Promise<boolean>} whether Medusa and the gateways agree
 */
export async function takeTour(env, lifeline, cluster) {
  const { port, release } = await heldPort()
  lifeline.add(release)
  const shop = await startShop({
    env,
    lifeline,
    port,
    releasePort: release,
    database: { durable: false },
    logs: join(data, "tour-logs"),
    cluster,
  })
  const merchant = await Merchant.logIn(shop.url, shop.admin)
  console.log("\nThe tour: somebody buys at every gateway, and the shop refunds\n")
  const { step } = progress(
    (text) => process.stdout.write(text),
    () => performance.now()
  )
  /** @type {Visit[]} */
  const visits = []
  for (const [index, gateway] of gateways.entries()) {
    const sandbox = shop.sandboxes[index]
    if (sandbox === undefined) throw new Error(`${gateway.title} was not started`)
    const visited = () => visit({ shop, merchant, gateway, sandbox, signal: lifeline.signal })
    visits.push(await step(gateway.title, () => Promise.race([shop.died, visited()])))
  }
  console.log(`\n${table(visits.map(({ row }) => row))}\n`)
  const problems = [
    ...visits.flatMap(({ problems }) => problems),
    ...(await seeToTrouble({ shop, merchant, lifeline, step })),
  ]
  console.log(problems.length === 0 ? AGREED : `${asList(problems)}\nLog: ${shop.log}`)
  return problems.length === 0
}

const AGREED =
  "Medusa's books agree with each gateway's ledger: one order, paid once, refunded as shown."

/** @typedef {{ row: Partial<import("./table.mjs").Row>, problems: string[] }} Visit */

/**
 * @param {object} at
 * @param {import("../launch/shop.mjs").Shop} at.shop
 * @param {Merchant} at.merchant
 * @param {import("../gateways/gateway.mjs").DemoGateway} at.gateway
 * @param {import("../gateways/gateway.mjs").RunningGateway} at.sandbox
 * @param {AbortSignal} at.signal
 * @returns {Promise<Visit>} with what went wrong or differs
 */
async function visit({ shop, merchant, gateway, sandbox, signal }) {
  const shopper = await Shopper.arrive(shop.url, gateway)
  const { row, failure } = await takeSteps(
    tourSteps({ storeUrl: shop.url, gateway, sandbox, shopper, merchant, signal })
  )
  signal.throwIfAborted()
  const { title, refunds } = gateway
  const orders = await merchant.ordersOf(shopper.email)
  const problems = failure
    ? [failure]
    : differences({ orders, movements: sandbox.ledger(), refunds })
  return {
    row: { gateway: title, ...row },
    problems: problems.map((problem) => `${title}: ${problem}`),
  }
}

/**
 * Makes what somebody has to see to, and sees to it as the shop's owner would in the dashboard.
 *
 * @param {object} at
 * @param {import("../launch/shop.mjs").Shop} at.shop
 * @param {Merchant} at.merchant
 * @param {import("../launch/lifeline.mjs").Lifeline} at.lifeline
 * @param {import("../launch/progress.mjs").Progress["step"]} at.step
 * @returns {Promise<string[]>} what went wrong
 */
async function seeToTrouble({ shop, merchant, lifeline: { signal }, step }) {
  console.log("Then some things go wrong, and the shop's owner sees to them in the dashboard\n")
  await step("Some trouble", () => Promise.race([shop.died, makeTrouble({ ...shop, signal })]))
  /** @type {string[]} */
  const problems = []
  /** @type {{ chore: string, result: string, page: string }[]} */
  const rows = []
  for (const { name, page, take } of chores({ url: shop.url, merchant, signal })) {
    try {
      rows.push({ chore: name, result: await take(), page })
    } catch (error) {
      signal.throwIfAborted()
      const message = error instanceof Error ? error.message : String(error)
      problems.push(`"${name}" failed: ${message}`)
      rows.push({ chore: name, result: "failed", page })
    }
  }
  console.log(`\n${choreTable(rows)}\n`)
  console.log("The tour's shop is gone now: npm run demo has one like it, which stays.\n")
  return problems
}

/** @param {readonly string[]} problems */
function asList(problems) {
  return `Not as it should be:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`
}
