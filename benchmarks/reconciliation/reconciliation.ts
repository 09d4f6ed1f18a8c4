import { strictEqual } from "node:assert"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { startMocasaSandbox } from "../../integration-tests/sandbox/mocasa"
import { planVariable, result, type Plan, type Result } from "./plan"

/**
 * One run over many open sessions of which a few were paid, in a real Medusa with a real PostgreSQL, against
 * the sandbox over HTTP, which runs in this process so that its work is not counted.
 */
export async function reconciliation(sessions: number, latencyMs: number): Promise<Result> {
  const paid = Math.round(sessions / 100)
  const { databaseFrom } = await import("local-postgres")
  const database = await databaseFrom(process.env, { log: console.log })
  const folder = await mkdtemp(path.join(tmpdir(), "reconciliation-"))
  const sandbox = await startMocasaSandbox({ webhooksOn: false })
  try {
    const name = `reconciliation_${process.pid}`
    await database.createDatabase(name)
    const resultFile = path.join(folder, "result.json")
    const { clientKey, clientSecret } = sandbox.credentials
    const credentials = { clientKey, clientSecret }
    const sandboxUrl = sandbox.url
    const plan: Plan = { sessions, paid, latencyMs, sandboxUrl, credentials, resultFile }
    const options = {
      baseUrl: sandboxUrl,
      ...credentials,
      returnUrl: "http://localhost/checkout/return",
    }
    const env = {
      ...process.env,
      DATABASE_URL: database.databaseUrl(name),
      SHOP_PROVIDERS: JSON.stringify([
        { resolve: "./src/providers/mocasa", id: "mocasa", options },
      ]),
      [planVariable]: JSON.stringify(plan),
      LOG_LEVEL: "error",
      MEDUSA_DISABLE_TELEMETRY: "1",
    }
    await medusa(["db:migrate", "--skip-scripts", "--execute-safe-links"], env)
    await medusa(["exec", path.join(__dirname, "in-medusa.ts")], env)
    const measured = result.parse(JSON.parse(await readFile(resultFile, "utf8")))
    strictEqual(measured.checked, sessions)
    strictEqual(measured.settled, paid)
    strictEqual(measured.orders, paid)
    strictEqual(measured.errors, 0)
    return measured
  } finally {
    await sandbox.close()
    await database.stop()
    await rm(folder, { recursive: true })
  }
}

async function medusa(words: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const program = require.resolve("@medusajs/cli/cli.js")
  const child = spawn(process.execPath, ["--import", "tsx", program, ...words], {
    cwd: path.join(__dirname, "..", ".."),
    env,
    stdio: ["ignore", "inherit", "inherit"],
  })
  const [code] = await once(child, "exit")
  if (code !== 0) {
    throw new Error(`medusa ${words[0]} ended with code ${String(code)}`)
  }
}
