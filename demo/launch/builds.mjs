import { join } from "node:path"
import { run, scriptOf } from "./child.mjs"
import { buildIfChanged, contentStamp } from "./content-stamp.mjs"
import { demo, pluginBuild, root, storeBuild, storefront, storefrontBuild } from "./paths.mjs"

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
 * What must be built before the store can start, in this order.
 *
 * @param {{ env: NodeJS.ProcessEnv, logs: string, signal: AbortSignal }} options
 * @returns {Build[]}
 */
export function builds({ env, logs, signal }) {
  /** @param {{ name: string, log: string, script: string, args: string[], cwd: string, sources: string[], output: string }} of */
  const build = ({ name, log, script, args, cwd, sources, output }) => {
    const stamp = contentStamp([...PACKAGES, ...sources.map((path) => join(root, path))])
    const program = {
      what: `Building the ${name.toLowerCase()}`,
      script,
      args,
      cwd,
      env,
      log: join(logs, log),
    }
    return {
      name,
      stamp,
      make: () => buildIfChanged({ stamp, output, build: () => run(program, signal) }),
    }
  }
  return [
    build({
      name: "Plugin",
      log: "plugin-build.log",
      script: MEDUSA,
      args: ["plugin:build"],
      cwd: root,
      sources: ["src", "tsconfig.json"],
      output: pluginBuild,
    }),
    build({
      name: "Storefront",
      log: "storefront-build.log",
      script: VITE,
      args: ["build"],
      cwd: storefront,
      // Its helper comes from the plugin's build.
      sources: ["demo/storefront", "src/storefront"],
      output: storefrontBuild,
    }),
    build({
      name: "Store with its dashboard",
      log: "store-build.log",
      script: MEDUSA,
      args: ["build"],
      cwd: demo,
      // Of the plugin only what the dashboard's bundle takes in: its server part is loaded from its own build.
      sources: ["demo/src", "demo/medusa-config.ts", "demo/tsconfig.json", "src/admin"],
      output: storeBuild,
    }),
  ]
}
