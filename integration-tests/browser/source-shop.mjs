import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { databaseFrom } from "local-postgres"
import { tsImport } from "tsx/esm/api"
import { gateways } from "../../demo/gateways/index.mjs"
import { makeHistory } from "../../demo/history/make-history.mjs"
import { run, scriptOf, start } from "../../demo/launch/child.mjs"
import { root } from "../../demo/launch/paths.mjs"
import { heldPort } from "../../demo/launch/ports.mjs"
import { progress } from "../../demo/launch/progress.mjs"
import { adminToken, publishableKeyOf } from "./shop-facts.mjs"

const MEDUSA = scriptOf("@medusajs/cli/cli.js")
const HOST = "127.0.0.1"
const LOGS = join(root, ".cache", "browser", "logs")
const FROM_SOURCE = join(root, "integration-tests", "browser", "source.tsconfig.json")
const ADMIN = { email: "admin@example.com", password: "only-for-tests" }

/**
 * The plugin's folder as a shop, from its TypeScript, with the demo's regions, products and gateways.
 *
 * @param {{ env: NodeJS.ProcessEnv, lifeline: import("../../demo/launch/lifeline.mjs").Lifeline, orders: boolean }} options
 */
export async function startSourceShop({ env, lifeline, orders }) {
  const { signal } = lifeline
  const { step } = progress(
    (text) => process.stderr.write(text),
    () => performance.now()
  )
  const { port, release } = await heldPort()
  const hmr = await heldPort()
  for (const held of [release, hmr.release]) lifeline.add(held)
  const url = `http://localhost:${port}`

  const database = await step("PostgreSQL", () => databaseFrom(env, { durable: false }))
  lifeline.add(() => database.stop())
  const sandboxes = await step("Sandboxes of the gateways", () =>
    Promise.all(
      gateways.map((gateway) =>
        gateway.start({
          port: 0,
          storeUrl: url,
          secrets: Object.fromEntries(gateway.secrets.map((name) => [name, `${name}-for-tests`])),
        })
      )
    )
  )
  for (const sandbox of sandboxes) lifeline.add(() => sandbox.close())

  const demo = await demoOptions({
    STORE_URL: url,
    PAYOUT_APPROVAL: "second_person",
    PAYOUT_ENCRYPTION_KEY: Buffer.alloc(32, "for tests").toString("base64"),
    ...Object.assign({}, ...sandboxes.map(({ environment }) => environment)),
  })
  const storeEnv = {
    ...env,
    NODE_ENV: "development",
    MEDUSA_DISABLE_TELEMETRY: "1",
    FORCE_COLOR: "0",
    DATABASE_URL: database.url,
    STORE_URL: url,
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    MEDUSA_FF_RBAC: env.SHOP_RBAC ?? "false",
    SHOP_ADMIN: "true",
    SHOP_PROVIDERS: JSON.stringify(demo.providers.map(fromSource)),
    SHOP_PAYOUT_OPTIONS: JSON.stringify({
      payouts: { ...demo.payouts, providers: demo.payouts.providers.map(fromSource) },
    }),
    // Vite would listen on every network this machine is in.
    HMR_PORT: String(hmr.port),
    HMR_BIND_HOST: HOST,
  }
  /** @param {string} what @param {string[]} args */
  const medusa = (what, args) => ({
    what,
    script: MEDUSA,
    args,
    cwd: root,
    env: storeEnv,
    log: join(LOGS, `${args[0]?.replace(":", "-")}.log`),
  })
  await step("Migrations", () => run(medusa("Preparing the database", ["db:migrate"]), signal))
  await step("Seed", () =>
    run(medusa("Seeding the shop", ["exec", "demo/src/scripts/seed.ts"]), signal)
  )
  const program = medusa("The store", ["start", "--host", HOST, "--port", String(port)])
  const boot = async () => {
    const server = start(program)
    await Promise.race([server.died, answering(`http://${HOST}:${port}/health`, signal)])
    return server
  }
  await Promise.all([release(), hmr.release()])
  let server = await step("Medusa", boot)
  lifeline.add(() => server.stop())
  const publishableKey = await publishableKeyOf(url, await adminToken(url, ADMIN))
  if (orders) {
    const storefront = await tsImport("../../src/storefront/index.ts", import.meta.url)
    const means = { publishableKey, storefront }
    const place = { url, databaseUrl: database.url, sandboxes, admin: ADMIN, signal, means }
    await step("Orders, and what went wrong", () => makeHistory(place))
  }
  return {
    /** Whoever writes a faulty line here mends it and starts it anew. */
    died: new Promise(() => {}),
    facts: {
      dashboard: `${url}/app`,
      ...ADMIN,
      publishableKey,
      databaseUrl: database.url,
      sandboxes: Object.fromEntries(gateways.map(({ id }, index) => [id, sandboxes[index]?.url])),
      log: program.log,
    },
    async restart() {
      await server.stop()
      server = await boot()
    },
  }
}

/**
 * The demo's payment providers and its options of payouts.
 *
 * @typedef {{ resolve: string }} Provider
 * @param {Record<string, string>} environment what the demo's config reads its options from
 * @returns {Promise<{ providers: Provider[], payouts: { providers: Provider[] } }>}
 */
async function demoOptions(environment) {
  // The config imports the plugin, of which nothing need be built.
  Object.assign(process.env, environment, { TSX_TSCONFIG_PATH: FROM_SOURCE })
  const { default: config } = await tsImport("../../demo/medusa-config.ts", import.meta.url)
  delete process.env.TSX_TSCONFIG_PATH
  const { modules, plugins } = config.default ?? config
  const { options } = Object.values(modules).find(
    ({ resolve }) => resolve === "@medusajs/medusa/payment"
  )
  /** @type {{ resolve: string, options: { payouts: { providers: Provider[] } } }[]} */
  const ofPlugins = plugins
  const plugin = ofPlugins.find(({ resolve }) => resolve === "medusa-regional-payments")
  if (!plugin) {
    throw new Error("demo/medusa-config.ts has no plugin medusa-regional-payments")
  }
  return { providers: options.providers, payouts: plugin.options.payouts }
}

/** Loaded from the source instead of the built package. @param {Provider} provider */
function fromSource(provider) {
  return {
    ...provider,
    resolve: provider.resolve.replace("medusa-regional-payments/", "./src/"),
  }
}

/** @param {string} url @param {AbortSignal} signal */
async function answering(url, signal) {
  for (;;) {
    const answer = await fetch(url, { signal }).catch(() => undefined)
    if (answer?.ok) return
    await sleep(100, undefined, { signal })
  }
}
