import { randomBytes } from "node:crypto"
import { join } from "node:path"
import { databaseFrom } from "local-postgres"
import { gateways } from "../../demo/gateways/index.mjs"
import { makeTrouble } from "../../demo/history/make-history.mjs"
import { builds } from "../../demo/launch/builds.mjs"
import { root } from "../../demo/launch/paths.mjs"
import { heldPort } from "../../demo/launch/ports.mjs"
import { progress } from "../../demo/launch/progress.mjs"
import { startShop } from "../../demo/launch/shop.mjs"
import { medusaEnvironment } from "../../demo/launch/store.mjs"
import { adminToken, publishableKeyOf } from "./shop-facts.mjs"
import { packedStore } from "./packed-store.mjs"

/** @typedef {import("../../demo/launch/lifeline.mjs").Lifeline} Lifeline */

const FOLDER = join(root, ".cache", "browser")
const LOGS = join(FOLDER, "logs")
const place = packedStore(join(FOLDER, "store"))

/**
 * Makes the production build that `startBuiltShop` starts, where it is not there yet.
 *
 * @param {{ env: NodeJS.ProcessEnv, lifeline: Lifeline }} options
 */
export async function buildStore({ env, lifeline: { signal } }) {
  const { step } = progress(
    (text) => process.stderr.write(text),
    () => performance.now()
  )
  const shop = medusaEnvironment(shopEnvironment(env))
  for (const { name, make } of builds({ env: shop, logs: LOGS, signal, place })) {
    await step(name, make)
  }
}

/**
 * The production build of a store that has the packed plugin, on free ports and with data that is thrown away.
 *
 * @param {{ env: NodeJS.ProcessEnv, lifeline: Lifeline, name?: string }} options `name`: of the folder of its logs, where
 *   several run at the same time
 */
export async function startBuiltShop({ env, lifeline, name = "" }) {
  const { port, release } = await heldPort()
  lifeline.add(release)
  const shop = await startShop({
    env: shopEnvironment(await withOwnDatabase(env, lifeline)),
    lifeline,
    port,
    releasePort: release,
    database: { durable: false },
    logs: join(LOGS, name),
    place,
    terminal: process.stderr,
  })
  // So that no page of the dashboard is empty.
  await makeTrouble({ ...shop, signal: lifeline.signal })
  const token = await adminToken(shop.url, shop.admin)
  return {
    died: shop.died,
    sandboxes: shop.sandboxes,
    facts: {
      dashboard: `${shop.url}/app`,
      storefront: `${shop.url}/shop`,
      ...shop.admin,
      publishableKey: await publishableKeyOf(shop.url, token),
      databaseUrl: shop.databaseUrl,
      sandboxes: Object.fromEntries(
        gateways.map(({ id }, index) => [id, shop.sandboxes[index]?.url])
      ),
      log: shop.log,
    },
  }
}

/** @param {NodeJS.ProcessEnv} env */
function shopEnvironment(env) {
  return { ...env, MEDUSA_FF_RBAC: env.SHOP_RBAC ?? "false", PAYOUT_APPROVAL: "second_person" }
}

/**
 * On the server of DATABASE_URL each shop has a database of its own, which goes with it; without one it has a server.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {Lifeline} lifeline
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function withOwnDatabase(env, lifeline) {
  if (!env.DATABASE_URL) return env
  const server = await databaseFrom(env)
  const name = `browser_${randomBytes(6).toString("hex")}`
  await server.createDatabase(name)
  lifeline.add(() => server.dropDatabases(name))
  return { ...env, DATABASE_URL: server.databaseUrl(name) }
}
