/**
 * node integration-tests/browser/serve.mjs            a shop with its dashboard, straight from the source
 * node integration-tests/browser/serve.mjs --empty    without orders
 * node integration-tests/browser/serve.mjs --built    the production build of a store with the packed plugin, empty;
 *                                                     --name payouts: with its logs in a folder of that name
 * node integration-tests/browser/serve.mjs --build    makes that build, and ends
 *
 * A PostgreSQL that is thrown away, the gateways' sandboxes, and a Medusa with this plugin whose dashboard Vite
 * compiles as its pages are opened: a change in src/admin is seen at once, one elsewhere in src after Enter (or a line
 * on stdin), which starts Medusa anew on the same data. Prints one line of JSON when it is ready, and stays until
 * Ctrl-C, SIGTERM or the end of stdin; the same JSON is in .cache/browser/shop.json. SHOP_RBAC=true turns Medusa's roles on.
 */
import { once } from "node:events"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { parseArgs } from "node:util"
import { keep } from "../../demo/launch/kept-json.mjs"
import { Lifeline } from "../../demo/launch/lifeline.mjs"
import { root } from "../../demo/launch/paths.mjs"
import { buildStore, startBuiltShop } from "./built-shop.mjs"
import { startSourceShop } from "./source-shop.mjs"

const SHOP_FILE = join(root, ".cache", "browser", "shop.json")

const { values } = parseArgs({
  options: {
    empty: { type: "boolean", default: false },
    built: { type: "boolean", default: false },
    build: { type: "boolean", default: false },
    name: { type: "string" },
  },
})
const lifeline = new Lifeline()
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => lifeline.cut())
const lines = createInterface({ input: process.stdin })
lines.on("close", () => lifeline.signal.aborted || lifeline.cut())

try {
  if (values.build) await buildStore({ env: process.env, lifeline })
  else await serve()
} catch (error) {
  if (!lifeline.signal.aborted) {
    console.error(error instanceof Error ? error.stack : error)
    process.exitCode = 1
  }
} finally {
  await lifeline.release()
  lines.close()
}

async function serve() {
  const env = process.env
  const shop = values.built
    ? await startBuiltShop({ env, lifeline, name: values.name })
    : await startSourceShop({ env, lifeline, orders: !values.empty })
  keep(SHOP_FILE, shop.facts)
  console.log(JSON.stringify(shop.facts))
  if ("restart" in shop) {
    lines.on("line", () => void shop.restart().then(() => console.log("Restarted.")))
  }
  await Promise.race([shop.died, once(lifeline.signal, "abort")])
}
