import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { PICTURES } from "./look"
import type { BrowserShop } from "./shop"

const SERVE = join(__dirname, "../serve.mjs")
const PATIENCE_MS = 15_000
const LINES_SHOWN = 40

type Started = { readonly shop: BrowserShop; stop(): Promise<void> }

const isRunning = process.env.BROWSER_SHOP === "running"

/** Makes the production build that shops start from, where it is not there yet. */
export async function buildShop(): Promise<void> {
  if (isRunning) return
  const { exited, said } = serve("--build")
  const [code] = await exited
  if (code !== 0) throw new Error(`The shop was not built:\n${said()}`)
}

/**
 * The production build of a store with the packed plugin and Medusa's roles turned on, in a process of its own.
 * With BROWSER_SHOP=running it is the one that `serve.mjs` runs already, whose data is then not this run's alone.
 *
 * @param name of the folder of its logs
 */
export async function startShop(name: string): Promise<Started> {
  if (isRunning) return running()
  const { child, exited, said } = serve("--built", "--name", name)
  const shop = await new Promise<BrowserShop>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", (line) => resolve(JSON.parse(line)))
    exited.then(() => reject(new Error(`The shop did not start:\n${said()}`)), reject)
  })
  return {
    shop,
    async stop() {
      child.stdin.end()
      const impatient = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS)
      await exited
      clearTimeout(impatient)
    },
  }
}

function serve(...args: readonly string[]) {
  // Its stdin ends with this process, however that ends; then it stops all that it has started.
  const child = spawn(process.execPath, [SERVE, ...args], {
    env: { ...process.env, SHOP_RBAC: "true", NODE_OPTIONS: "" },
    stdio: ["pipe", "pipe", "pipe"],
  })
  const lines: string[] = []
  createInterface({ input: child.stderr }).on("line", (line) => lines.push(line))
  return {
    child,
    exited: once(child, "exit"),
    said: () => lines.slice(-LINES_SHOWN).join("\n"),
  }
}

function running(): Started {
  const file = join(PICTURES, "shop.json")
  if (!existsSync(file)) {
    throw new Error("No shop is running: node integration-tests/browser/serve.mjs")
  }
  return { shop: JSON.parse(readFileSync(file, "utf8")), stop: async () => {} }
}
