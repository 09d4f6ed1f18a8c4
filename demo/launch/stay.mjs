import { once } from "node:events"
import { gateways } from "../gateways/index.mjs"
import { databaseFolder, logs, sandboxFolder } from "./paths.mjs"
import { chosenPorts } from "./ports.mjs"
import { startShop } from "./shop.mjs"

/**
 * Runs the shop until it is told to stop.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {import("./lifeline.mjs").Lifeline} lifeline
 * @param {boolean} cluster whether it runs on several servers
 */
export async function stay(env, lifeline, cluster) {
  const [port = 0, ...sandboxPorts] = await chosenPorts(env.PORT, 1 + gateways.length)
  const shop = await startShop({
    env,
    lifeline,
    port,
    sandboxPorts,
    database: { durable: true, dataDir: databaseFolder },
    memory: sandboxFolder,
    logs,
    history: true,
    cluster,
  })
  console.log(welcome(shop))
  await Promise.race([shop.died, once(lifeline.signal, "abort")])
  console.log("\nStopping ...")
}

/** @param {import("./shop.mjs").Shop} shop */
function welcome({ url, admin, log, seconds, sandboxes }) {
  const rows = [
    ["Shop", `${url}/shop`],
    ["Dashboard", `${url}/app`],
    ["  e-mail", admin.email],
    ["  password", admin.password],
    ["  see", `${url}/app/payments-that-need-you and ${url}/app/gateway-payments`],
    ...sandboxes.map(({ title, url: sandbox }) => [title, `${sandbox}  (sandbox, no real money)`]),
    ["Log", log],
  ]
  const width = Math.max(...rows.map(([label = ""]) => label.length)) + 2
  const lines = rows.map(([label = "", value]) => `  ${label.padEnd(width)}${value}`)
  return `\nReady after ${seconds}.\n\n${lines.join("\n")}\n\nCtrl-C stops everything. Orders are kept for the next start.`
}
