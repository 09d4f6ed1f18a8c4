import { createHash } from "node:crypto"
import { join, relative } from "node:path"
import { databaseFrom } from "local-postgres"
import { gateways } from "../gateways/index.mjs"
import { makeHistoryOnce } from "../history/make-history.mjs"
import { builds } from "./builds.mjs"
import { demo, secretsFile, storeBuild } from "./paths.mjs"
import { startCluster } from "./cluster.mjs"
import { progress } from "./progress.mjs"
import { redisFrom } from "./redis.mjs"
import { keptSecrets } from "./secrets.mjs"
import {
  ADMIN_EMAIL,
  medusaEnvironment,
  prepareDatabase,
  startStore,
  storeEnvironment,
} from "./store.mjs"

/**
 * @typedef {object} Shop
 * @property {string} url as a browser opens it
 * @property {{ email: string, password: string }} admin
 * @property {import("../gateways/gateway.mjs").RunningGateway[]} sandboxes
 * @property {string} databaseUrl
 * @property {string} log file of the store's output
 * @property {string} seconds it took to start
 * @property {Promise<never>} died rejects when the store ends unasked
 */

/**
 * Starts all of the demo, from an empty folder if need be, and says on the terminal what it does.
 *
 * @param {object} options
 * @param {NodeJS.ProcessEnv} options.env
 * @param {import("./lifeline.mjs").Lifeline} options.lifeline gets whatever must be stopped
 * @param {number} options.port the shop's
 * @param {number[]} [options.sandboxPorts] one for each gateway; any that are free where none are told
 * @param {() => Promise<void>} [options.releasePort] called before the shop listens
 * @param {import("local-postgres").StartOptions} options.database where DATABASE_URL names none
 * @param {string} [options.memory] folder in which the sandboxes keep their orders; none: they forget them
 * @param {string} options.logs folder for what the programs print
 * @param {boolean} [options.history] whether a shop that has no orders yet gets some, and what went wrong with others
 * @param {boolean} [options.cluster] whether it runs on two servers and a worker
 * @param {import("./builds.mjs").StorePlace} [options.place]
 * @param {NodeJS.WritableStream} [options.terminal]
 * @returns {Promise<Shop>}
 */
export async function startShop({
  env,
  lifeline,
  port,
  sandboxPorts = [],
  releasePort = async () => {},
  database,
  memory,
  logs,
  history = false,
  cluster = false,
  place = { folder: demo },
  terminal = process.stdout,
}) {
  const { signal } = lifeline
  const { step, total } = progress(
    (text) => terminal.write(text),
    () => performance.now()
  )
  terminal.write("Kanto Goods, a shop that takes payments with medusa-regional-payments\n\n")

  const { url: databaseUrl } = await step("PostgreSQL", async () => {
    const server = await databaseFrom(env, database)
    lifeline.add(() => server.stop())
    return server
  })
  const built = builds({ env: medusaEnvironment(env), logs, signal, place })
  for (const { name, make } of built) await step(name, make)

  const secrets = keptSecrets(secretsFile, [
    "jwt",
    "cookie",
    "adminPassword",
    "payouts",
    ...gateways.flatMap(({ secrets: names }) => names),
  ])
  const url = `http://localhost:${port}`
  const sandboxes = await step("Sandboxes of the gateways", () =>
    Promise.all(
      gateways.map(async (gateway, index) => {
        const sandbox = await gateway.start({
          port: sandboxPorts[index] ?? 0,
          storeUrl: url,
          secrets,
          memoryFile: memory && join(memory, `${gateway.id}.json`),
        })
        lifeline.add(() => sandbox.close())
        return sandbox
      })
    )
  )
  const shared = cluster ? await step("Redis", () => redisFrom({ env, logs, signal })) : undefined
  if (shared) lifeline.add(shared.stop)
  const storeEnv = storeEnvironment({
    env,
    url,
    databaseUrl,
    secrets,
    gateways: Object.assign({}, ...sandboxes.map(({ environment }) => environment)),
    redisUrl: shared?.url,
  })
  const running = { build: storeBuild(place.folder), env: storeEnv, logs, signal }
  // Somebody else's database may be changed by others; and one that is thrown away is always new.
  const marker =
    database.dataDir !== undefined && !env.DATABASE_URL
      ? {
          file: join(database.dataDir, "prepared"),
          content: digest([...built.map(({ stamp }) => stamp), secrets.adminPassword]),
        }
      : undefined
  await step("Migrations and seed", () => prepareDatabase({ ...running, marker }))
  await releasePort()
  const store = await (cluster
    ? step("Two servers and a worker", () => startCluster({ ...running, port }))
    : step("Medusa", () => startStore({ ...running, port })))
  lifeline.add(store.stop)
  const admin = { email: ADMIN_EMAIL, password: secrets.adminPassword }
  if (history) {
    const made = () => makeHistoryOnce({ url, databaseUrl, admin, sandboxes, signal })
    await step("Orders, and some trouble", () => Promise.race([store.died, made()]))
  }
  return {
    url,
    admin,
    sandboxes,
    databaseUrl,
    log: relative(process.cwd(), store.log),
    seconds: total(),
    died: store.died,
  }
}

/** @param {readonly string[]} parts */
function digest(parts) {
  return createHash("sha256").update(parts.join("\n")).digest("hex")
}
