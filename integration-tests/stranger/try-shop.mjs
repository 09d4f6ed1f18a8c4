/**
 * node integration-tests/stranger/try-shop.mjs [--medusa 2.21.2] [--manager npm|pnpm|yarn] [--browser] [--upgrade] [--keep]
 *
 * Packs the plugin and the stand-ins, makes a new Medusa shop in a temporary folder, installs the tarballs as a stranger
 * would, follows the README's own blocks, migrates, starts the shop, tries the plugin's commands in it and pays at Mocasa's
 * stand-in. With `--browser` it builds the dashboard, too, and finds the plugin's pages in Chromium; with `--upgrade`
 * the shop is brought to a next version of the plugin, and back. It needs the package registry.
 * DATABASE_URL=postgres://... uses that server instead of the one that npm brings.
 */
import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { databaseFrom } from "local-postgres"
import { start } from "../../demo/launch/child.mjs"
import { heldPort } from "../../demo/launch/ports.mjs"
import { adminToken } from "../browser/shop-facts.mjs"
import { answers } from "./answers.mjs"
import { buy, giveBack } from "./buy.mjs"
import { doctorFindsNothing } from "./diagnosis.mjs"
import { MANAGERS, newShop, writeEnvironment } from "./new-shop.mjs"
import { packAll } from "./pack.mjs"
import { readmeBlocks } from "./readme.mjs"
import { startStandIn } from "./stand-in.mjs"
import { type } from "./typed.mjs"
import { upgradeAndBack } from "./upgrade.mjs"

const OWNER = { email: "owner@example.com", password: "only-for-this-test" }

/**
 * @typedef {object} Trial
 * @property {string} medusa the version
 * @property {keyof typeof MANAGERS} manager
 * @property {boolean} browser whether the dashboard is built and looked at
 * @property {boolean} [upgrade] whether it is brought to a next version of the plugin, and back
 *
 * @typedef {object} Surroundings what trials share
 * @property {string} place a folder
 * @property {import("./pack.mjs").Tarballs} tarballs
 * @property {import("local-postgres").Database} database
 */

/**
 * @param {Trial} trial
 * @param {Surroundings} surroundings
 * @param {(line: string) => void} print
 */
export async function tryShop(trial, { place, tarballs, database }, print) {
  const { medusa, manager, browser, upgrade } = trial
  const folder = join(mkdtempSync(join(place, `medusa-${medusa}-`)), "my-shop")
  const logs = join(folder, "..")
  /** @type {(() => Promise<unknown>)[]} */
  const ends = []
  print(`Medusa ${medusa} by ${manager}`)
  try {
    const held = await heldPort()
    ends.push(held.release)
    const url = `http://localhost:${held.port}`
    await newShop({ folder, medusa, tarballs, manager, print })
    const sandbox = await startStandIn({ folder, url, log: join(logs, "stand-in.log") })
    ends.push(sandbox.stop)
    const name = `${DATABASES}_${randomBytes(4).toString("hex")}`
    await database.createDatabase(name)
    const env = {
      DATABASE_URL: database.databaseUrl(name),
      STORE_CORS: url,
      ADMIN_CORS: url,
      AUTH_CORS: url,
      ...sandbox.environment,
    }
    writeEnvironment(folder, env)
    await type(readmeBlocks().migrate, folder, print)
    await type(`npx medusa user -e ${OWNER.email} -p ${OWNER.password}`, folder, print)
    if (browser) await type("npx medusa build", folder, print)
    await held.release()
    const startShop = async () => {
      const shop = start({
        what: "The shop",
        script: join(folder, "node_modules", "@medusajs", "cli", "cli.js"),
        args: ["start", "--port", String(held.port)],
        cwd: browser ? join(folder, ".medusa", "server") : folder,
        env: {
          ...process.env,
          ...env,
          NODE_ENV: browser ? "production" : "development",
          MEDUSA_DISABLE_TELEMETRY: "1",
          HOST: "127.0.0.1",
          ...(browser ? {} : { ADMIN_DISABLED: "true" }),
          // As the `medusa` in node_modules/.bin does that pnpm makes: Medusa finds its own plugins by it.
          ...(manager === "pnpm"
            ? { NODE_PATH: join(folder, "node_modules/.pnpm/node_modules") }
            : {}),
        },
        log: join(logs, "shop.log"),
      })
      ends.push(shop.stop)
      await Promise.race([shop.died, answers(`${url}/health`)])
      return shop
    }
    const shop = await startShop()
    print("  starts")
    const token = await adminToken(url, OWNER)
    const { orderId } = await buy(url, token, sandbox, async () => {
      await type(`npx medusa-regional-payments webhook mocasa_mocasa --url ${url}`, folder, print)
    })
    print("  takes a payment")
    await doctorFindsNothing(folder, print)
    if (browser) {
      const { findPages } = await import("./find-pages.mjs")
      await findPages({ url, owner: OWNER, orderId, print })
    }
    if (upgrade) {
      await shop.stop()
      await upgradeAndBack({
        folder,
        tarball: tarballs.plugin,
        add: MANAGERS[manager].add,
        startShop,
        refund: async () => await giveBack(url, await adminToken(url, OWNER), orderId),
        print,
      })
    }
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

const DATABASES = `stranger_${randomBytes(4).toString("hex")}`

/**
 * Packs, and has a database server and a folder ready for as long as shops are tried.
 *
 * @param {(surroundings: Surroundings) => Promise<void>} tried
 * @param {boolean} [keep] leaves the folder where it is
 */
export async function withSurroundings(tried, keep = false) {
  const place = mkdtempSync(join(tmpdir(), "stranger-"))
  const database = await databaseFrom(process.env, { log: console.log })
  try {
    await tried({ place, tarballs: await packAll(place), database })
  } finally {
    await database.dropDatabases(DATABASES)
    await database.stop()
    if (keep) console.log(`Kept in ${place}`)
    else rmSync(place, { recursive: true, force: true })
  }
}

/** The version that this repository has installed: the newest that it knows. */
export function newestMedusa() {
  return String(createRequire(import.meta.url)("@medusajs/medusa/package.json").version)
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      medusa: { type: "string", default: newestMedusa() },
      manager: { type: "string", default: "npm" },
      browser: { type: "boolean", default: false },
      upgrade: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
    },
  })
  const { medusa, manager, browser, upgrade, keep } = values
  if (manager !== "npm" && manager !== "pnpm" && manager !== "yarn") {
    throw new Error(`--manager takes ${Object.keys(MANAGERS).join(", ")}`)
  }
  await withSurroundings(
    (surroundings) =>
      tryShop({ medusa, manager, browser, upgrade }, surroundings, (line) => console.log(line)),
    keep
  )
}
