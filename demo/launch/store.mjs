import { createHash } from "node:crypto"
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { scriptOf, run, start, untilReady } from "./child.mjs"
import { storefrontBuild } from "./paths.mjs"

const MEDUSA = scriptOf("@medusajs/cli/cli.js")
const HOST = "127.0.0.1"
export const ADMIN_EMAIL = "admin@example.com"

/**
 * @typedef {object} Running
 * @property {string} build the built store's folder
 * @property {NodeJS.ProcessEnv} env
 * @property {string} logs
 * @property {AbortSignal} signal
 */

/**
 * The environment of every Medusa command of the demo.
 *
 * @param {object} shop
 * @param {NodeJS.ProcessEnv} shop.env ours
 * @param {string} shop.url
 * @param {string} shop.databaseUrl
 * @param {Record<string, string>} shop.secrets
 * @param {Record<string, string>} shop.gateways the gateways' options
 * @param {string} [shop.redisUrl] what its servers share, where there are several
 * @returns {NodeJS.ProcessEnv}
 */
export function storeEnvironment({ env, url, databaseUrl, secrets, gateways, redisUrl }) {
  return {
    ...medusaEnvironment(env),
    DATABASE_URL: databaseUrl,
    STORE_URL: url,
    STOREFRONT_DIR: storefrontBuild,
    JWT_SECRET: secrets.jwt,
    COOKIE_SECRET: secrets.cookie,
    // A key for AES-256 has 32 bytes.
    PAYOUT_ENCRYPTION_KEY: createHash("sha256").update(secrets.payouts).digest("base64"),
    ADMIN_EMAIL,
    ADMIN_PASSWORD: secrets.adminPassword,
    ...(redisUrl ? { SHARED_REDIS_URL: redisUrl, MEDUSA_FF_CACHING: "true" } : {}),
    ...gateways,
  }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function medusaEnvironment(env) {
  return { ...env, NODE_ENV: "production", MEDUSA_DISABLE_TELEMETRY: "1", FORCE_COLOR: "0" }
}

/**
 * Brings the database to what the built code expects. With a `marker`, a file beside the data, it is left alone
 * while neither has changed: finding that out by Medusa's own means takes half a minute.
 *
 * @param {Running & { marker?: { file: string, content: string } }} shop
 * @returns {Promise<"done" | "unchanged">}
 */
export async function prepareDatabase({ marker, ...running }) {
  if (marker && existsSync(marker.file) && readFileSync(marker.file, "utf8") === marker.content) {
    return "unchanged"
  }
  if (marker) rmSync(marker.file, { force: true })
  const migrations = { what: "Preparing the database", args: ["db:migrate"], log: "migrations.log" }
  const seed = { what: "Seeding the shop", args: ["exec", "src/scripts/seed.js"], log: "seed.log" }
  for (const command of [migrations, seed]) await run(medusa(command, running), running.signal)
  if (marker) writeFileSync(marker.file, marker.content)
  return "done"
}

/**
 * @param {Running & { port: number, name?: string }} shop `name`: of its log, where there are several
 * @returns {Promise<{ log: string, died: Promise<never>, stop: () => Promise<void> }>} when it answers
 */
export async function startStore({ port, name = "store", ...running }) {
  const { signal } = running
  signal.throwIfAborted()
  const program = medusa(
    // Without --host Medusa would listen on every network this machine is in.
    {
      what: "The store",
      args: ["start", "--host", HOST, "--port", String(port)],
      log: `${name}.log`,
    },
    running
  )
  const server = start(program)
  const address = `http://${HOST}:${port}/health`
  await untilReady(server, (given) => answers(address, given), signal)
  return { log: program.log, ...server }
}

/**
 * @param {{ what: string, args: string[], log: string }} command
 * @param {Running} running
 */
function medusa({ what, args, log }, { build, env, logs }) {
  return { what, script: MEDUSA, args, cwd: build, env, log: join(logs, log) }
}

/** @param {string} url @param {AbortSignal} signal */
async function answers(url, signal) {
  const answer = await fetch(url, { signal }).catch(() => undefined)
  return answer?.ok === true
}
