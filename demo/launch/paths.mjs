import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** The plugin's folder: the root of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url))
export const demo = join(root, "demo")

export const pluginBuild = join(root, ".medusa", "server")

/** @param {string} store its folder */
export function storeBuild(store) {
  return join(store, ".medusa", "server")
}

/** What the demo's storefront takes of this repository, as a shop's would. */
export const storefrontPackage = join(root, "packages", "storefront")
export const storefront = join(demo, "storefront")
export const storefrontBuild = join(storefront, "dist")

/** All that a running demo keeps; removing it begins anew. */
export const data = join(demo, ".data")
export const logs = join(data, "logs")
export const databaseFolder = join(data, "postgres")
export const sandboxFolder = join(data, "sandboxes")
export const secretsFile = join(data, "secrets.json")
