import { readdirSync } from "node:fs"
import { join } from "node:path"
import { builds } from "../../demo/launch/builds.mjs"
import { root } from "../../demo/launch/paths.mjs"
import { type } from "./typed.mjs"

/** @typedef {{ plugin: string, sandbox: string }} Tarballs their paths */

/**
 * The packages as they would be published: the plugin, built unless it is, and the stand-ins.
 *
 * @param {string} folder
 * @returns {Promise<Tarballs>}
 */
export async function packAll(folder) {
  const { signal } = new AbortController()
  const env = { ...process.env, NODE_ENV: "production", MEDUSA_DISABLE_TELEMETRY: "1" }
  const [plugin] = builds({ env, logs: folder, signal, place: { folder: root } })
  await plugin?.make()
  const into = `--pack-destination ${JSON.stringify(folder)}`
  await type(`npm pack --ignore-scripts ${into}`, root, () => {})
  await type(`npm pack ${into} -w medusa-regional-payments-sandbox`, root, () => {})
  const files = readdirSync(folder).filter((file) => file.endsWith(".tgz"))
  const sandbox = files.find((file) => file.includes("sandbox"))
  const own = files.find((file) => file !== sandbox)
  if (own === undefined || sandbox === undefined) throw new Error(`npm packed ${files}`)
  return { plugin: join(folder, own), sandbox: join(folder, sandbox) }
}
