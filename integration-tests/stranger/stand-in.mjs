import { readFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { start } from "../../demo/launch/child.mjs"

const PATIENCE_MS = 120_000

/**
 * Mocasa's stand-in, started in a shop by the plugin's own command, as docs/doctor.md has it.
 *
 * @param {object} options
 * @param {string} options.folder the shop's
 * @param {string} options.url the shop's
 * @param {string} options.log
 * @returns {Promise<{ url: string, environment: Record<string, string>, stop: () => Promise<void> }>} with what it prints
 *   of itself
 */
export async function startStandIn({ folder, url, log }) {
  const packageFolder = join(folder, "node_modules", "medusa-regional-payments")
  const { bin } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"))
  const { died, stop } = start({
    what: "The stand-in",
    script: join(packageFolder, bin["medusa-regional-payments"]),
    args: [
      ...["sandbox", "--only", "mocasa", "--port", "0"],
      ...["--webhook-url", `${url}/hooks/payment/{gateway}_{gateway}`],
    ],
    cwd: folder,
    env: process.env,
    log,
  })
  try {
    const printed = await Promise.race([died, untilPrinted(log, "Ctrl-C ends them")])
    const sandbox = /^Mocasa sandbox +(\S+)$/m.exec(printed)?.[1]
    const told = Object.fromEntries(
      [...printed.matchAll(/^ {2}(client\w+) +(\S+)$/gm)].map(([, name = "", value = ""]) => [
        name,
        value,
      ])
    )
    if (!sandbox || !told.clientKey || !told.clientSecret) {
      throw new Error(`The stand-in does not say how it is reached:\n${printed}`)
    }
    const environment = {
      MOCASA_BASE_URL: sandbox,
      MOCASA_CLIENT_KEY: told.clientKey,
      MOCASA_CLIENT_SECRET: told.clientSecret,
    }
    return { url: sandbox, environment, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** @param {string} log @param {string} words @returns {Promise<string>} the whole log */
async function untilPrinted(log, words) {
  const giveUpAt = performance.now() + PATIENCE_MS
  for (;;) {
    const printed = readFileSync(log, "utf8")
    if (printed.includes(words)) return printed
    if (performance.now() > giveUpAt) throw new Error(`The stand-in did not start:\n${printed}`)
    await sleep(100)
  }
}
