/**
 * node integration-tests/stranger/try-shop.mjs [--medusa 2.21.2] [--manager npm|pnpm|yarn] [--browser] [--keep]
 *
 * Packs the plugin, makes a new Medusa shop in a temporary folder, installs the tarball as a stranger would, follows the
 * README's own blocks, migrates, starts the shop and pays at Mocasa's stand-in. With `--browser` it builds the dashboard,
 * too, and finds the plugin's pages in Chromium. It needs the package registry, and the plugin to be built (npm run build).
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { startPostgres } from "local-postgres"
import { mocasa } from "../../demo/gateways/mocasa.mjs"
import { start } from "../../demo/launch/child.mjs"
import { root } from "../../demo/launch/paths.mjs"
import { heldPort } from "../../demo/launch/ports.mjs"
import { adminToken } from "../browser/shop-facts.mjs"
import { answers } from "./answers.mjs"
import { buy } from "./buy.mjs"
import { MANAGERS, newShop, type } from "./new-shop.mjs"
import { readmeBlocks } from "./readme.mjs"

const OWNER = { email: "owner@example.com", password: "only-for-this-test" }

/**
 * @param {object} options
 * @param {string} options.medusa
 * @param {keyof typeof MANAGERS} options.manager
 * @param {boolean} options.browser
 * @param {boolean} [options.keep] leaves the folder where it is
 * @param {(line: string) => void} options.print
 */
export async function tryShop({ medusa, manager, browser, keep = false, print }) {
  const place = mkdtempSync(join(tmpdir(), "stranger-"))
  const folder = join(place, "my-shop")
  /** @type {(() => unknown)[]} */
  const ends = keep ? [] : [() => rmSync(place, { recursive: true, force: true })]
  print(`Medusa ${medusa} by ${manager}, in ${place}`)
  try {
    const database = await startPostgres({ durable: false })
    ends.push(() => database.stop())
    const { port, release } = await heldPort()
    const url = `http://localhost:${port}`
    const secrets = { mocasaClientSecret: "only-for-this-test" }
    const sandbox = await mocasa.start({ port: 0, storeUrl: url, secrets })
    ends.push(() => sandbox.close())
    const env = {
      DATABASE_URL: database.url,
      STORE_CORS: url,
      ADMIN_CORS: url,
      AUTH_CORS: url,
      ...sandbox.environment,
    }
    newShop({ folder, medusa, tarball: pack(place), manager, env, print })
    type(readmeBlocks().migrate, folder, print)
    type(`npx medusa user -e ${OWNER.email} -p ${OWNER.password}`, folder, print)
    if (browser) type("npx medusa build", folder, print)
    release()
    const program = {
      what: "The shop",
      script: join(folder, "node_modules", "@medusajs", "cli", "cli.js"),
      args: browser ? ["start", "--port", String(port)] : ["start", "--port", String(port)],
      cwd: browser ? join(folder, ".medusa", "server") : folder,
      env: {
        ...process.env,
        ...env,
        NODE_ENV: browser ? "production" : "development",
        MEDUSA_DISABLE_TELEMETRY: "1",
        HOST: "127.0.0.1",
        ...(browser ? {} : { ADMIN_DISABLED: "true" }),
      },
      log: join(place, "shop.log"),
    }
    const shop = start(program)
    ends.push(() => shop.stop())
    await Promise.race([shop.died, answers(`${url}/health`)])
    print("  starts")
    const token = await adminToken(url, OWNER)
    const { orderId } = await buy(url, token, sandbox)
    print(`  takes a payment: ${orderId}`)
    if (browser) {
      const { findPages } = await import("./find-pages.mjs")
      await findPages({ url, owner: OWNER, orderId, print })
    }
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

/** @param {string} place @returns {string} the tarball's path */
function pack(place) {
  type(`npm pack --ignore-scripts --pack-destination ${JSON.stringify(place)}`, root, () => {})
  const tarball = readdirSync(place).find((file) => file.endsWith(".tgz"))
  if (tarball === undefined) throw new Error("npm packed nothing")
  return join(place, tarball)
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      medusa: { type: "string", default: installedMedusa() },
      manager: { type: "string", default: "npm" },
      browser: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
    },
  })
  const { medusa, manager, browser, keep } = values
  if (manager !== "npm" && manager !== "pnpm" && manager !== "yarn") {
    throw new Error(`--manager takes ${Object.keys(MANAGERS).join(", ")}`)
  }
  await tryShop({ medusa, manager, browser, keep, print: (line) => console.log(line) })
}

function installedMedusa() {
  return String(createRequire(import.meta.url)("@medusajs/medusa/package.json").version)
}
