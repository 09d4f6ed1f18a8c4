import { join } from "node:path"
import { dropSourceMaps } from "../../source-maps.mjs"
import { run, scriptOf } from "./child.mjs"
import { buildIfChanged, contentStamp } from "./content-stamp.mjs"
import {
  pluginBuild,
  root,
  storeBuild,
  storefront,
  storefrontBuild,
  storefrontPackage,
} from "./paths.mjs"

const MEDUSA = scriptOf("@medusajs/cli/cli.js")
const VITE = join(scriptOf("vite/package.json"), "..", "bin", "vite.js")

/** With them come the versions of everything that is built with. */
const PACKAGES = ["package.json", "package-lock.json"].map((file) => join(root, file))

/**
 * @typedef {object} Build
 * @property {string} name
 * @property {string} stamp of what it is built from
 * @property {() => Promise<"built" | "unchanged">} make
 */

/**
 * A folder with the store's `src` and `medusa-config.ts`: the demo's own, or a copy that has the plugin packed.
 *
 * @typedef {object} StorePlace
 * @property {string} folder
 * @property {(build: BuildContext & { stamp: string }) => Build} [plugin] how the built plugin gets into its
 *   node_modules, where that is not npm's doing
 */

/** @typedef {{ env: NodeJS.ProcessEnv, logs: string, signal: AbortSignal }} BuildContext */

/**
 * What must be built before the store can start, in this order.
 *
 * @param {BuildContext & { place: StorePlace }} options
 * @returns {Build[]}
 */
export function builds({ env, logs, signal, place }) {
  /**
   * @param {{
   *   name: string, log: string, script: string, args: string[], cwd: string, sources: string[], output: string, after?: () => void
   * }} of
   */
  const build = ({ name, log, script, args, cwd, sources, output, after }) => {
    const stamp = contentStamp([...PACKAGES, ...sources.map((path) => join(root, path))])
    const program = {
      what: `Building the ${name.toLowerCase()}`,
      script,
      args,
      cwd,
      env,
      log: join(logs, log),
    }
    const make = async () => {
      await run(program, signal)
      after?.()
    }
    return { name, stamp, make: () => buildIfChanged({ stamp, output, build: make }) }
  }
  const plugin = build({
    name: "Plugin",
    log: "plugin-build.log",
    script: MEDUSA,
    args: ["plugin:build"],
    cwd: root,
    sources: ["src", "tsconfig.json", "source-maps.mjs"],
    output: pluginBuild,
    // As `npm run build` does.
    after: () => dropSourceMaps(join(pluginBuild, "src")),
  })
  return [
    plugin,
    ...(place.plugin ? [place.plugin({ env, logs, signal, stamp: plugin.stamp })] : []),
    build({
      name: "Storefront's package",
      log: "storefront-package-build.log",
      script: join(storefrontPackage, "build.mjs"),
      args: [],
      cwd: storefrontPackage,
      sources: ["packages/storefront", "src/storefront"],
      output: join(storefrontPackage, "dist"),
    }),
    build({
      name: "Storefront",
      log: "storefront-build.log",
      script: VITE,
      args: ["build"],
      cwd: storefront,
      // Its parts come from the build before.
      sources: ["demo/storefront", "packages/storefront", "src/storefront"],
      output: storefrontBuild,
    }),
    build({
      name: "Store with its dashboard",
      log: "store-build.log",
      script: MEDUSA,
      args: ["build"],
      cwd: place.folder,
      // Of the plugin only what the dashboard's bundle takes in: its server part is loaded from its own build.
      sources: ["demo/src", "demo/medusa-config.ts", "demo/tsconfig.json", "src/admin"],
      output: storeBuild(place.folder),
    }),
  ]
}
