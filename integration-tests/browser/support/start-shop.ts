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

/**
 * The production build of a store with the packed plugin and Medusa's roles turned on, in a process of its own.
 * With BROWSER_SHOP=running it is the one that `serve.mjs` runs already, whose data is then not this run's alone.
 */
export async function startShop(): Promise<Started> {
  if (process.env.BROWSER_SHOP === "running") return running()
  // Its stdin ends with this process, however that ends; then it stops all that it has started.
  const child = spawn(process.execPath, [SERVE, "--built"], {
    env: { ...process.env, SHOP_RBAC: "true", NODE_OPTIONS: "" },
    stdio: ["pipe", "pipe", "pipe"],
  })
  const said: string[] = []
  const exited = once(child, "exit")
  createInterface({ input: child.stderr }).on("line", (line) => said.push(line))
  const shop = await new Promise<BrowserShop>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", (line) => resolve(JSON.parse(line)))
    exited.then(
      () => reject(new Error(`The shop did not start:\n${said.slice(-LINES_SHOWN).join("\n")}`)),
      reject
    )
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

function running(): Started {
  const file = join(PICTURES, "shop.json")
  if (!existsSync(file)) {
    throw new Error("No shop is running: node integration-tests/browser/serve.mjs")
  }
  return { shop: JSON.parse(readFileSync(file, "utf8")), stop: async () => {} }
}
