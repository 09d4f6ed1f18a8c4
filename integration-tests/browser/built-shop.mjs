import { join } from "node:path"
import { gateways } from "../../demo/gateways/index.mjs"
import { makeTrouble } from "../../demo/history/make-history.mjs"
import { root } from "../../demo/launch/paths.mjs"
import { heldPort } from "../../demo/launch/ports.mjs"
import { startShop } from "../../demo/launch/shop.mjs"
import { adminToken, publishableKeyOf } from "./shop-facts.mjs"
import { packedStore } from "./packed-store.mjs"

const FOLDER = join(root, ".cache", "browser")

/**
 * The production build of a store that has the packed plugin, on free ports and with data that is thrown away.
 *
 * @param {{ env: NodeJS.ProcessEnv, lifeline: import("../../demo/launch/lifeline.mjs").Lifeline }} options
 */
export async function startBuiltShop({ env, lifeline }) {
  const { port, release } = await heldPort()
  lifeline.add(release)
  const shop = await startShop({
    env: { ...env, MEDUSA_FF_RBAC: env.SHOP_RBAC ?? "false", PAYOUT_APPROVAL: "second_person" },
    lifeline,
    port,
    releasePort: release,
    database: { durable: false },
    logs: join(FOLDER, "logs"),
    place: packedStore(join(FOLDER, "store")),
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
