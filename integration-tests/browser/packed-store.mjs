import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { buildIfChanged, contentStamp } from "../../demo/launch/content-stamp.mjs"
import { demo, root } from "../../demo/launch/paths.mjs"

const PLUGIN = "medusa-regional-payments"
const STORE_FILES = ["medusa-config.ts", "package.json", "src", "tsconfig.json"]

/**
 * The demo's store in a folder of its own, with the plugin as `npm pack` packs it: only what is published is there.
 * Everything else is found in the repository's node_modules, above the folder, so that there is one copy of it.
 *
 * @param {string} folder below the repository
 * @returns {import("../../demo/launch/builds.mjs").StorePlace}
 */
export function packedStore(folder) {
  const packed = join(folder, "node_modules", PLUGIN)
  return {
    folder,
    plugin({ stamp: ofPlugin }) {
      const stamp = `${ofPlugin}.${contentStamp(STORE_FILES.map((file) => join(demo, file)))}`
      const build = async () => {
        for (const file of STORE_FILES) {
          rmSync(join(folder, file), { recursive: true, force: true })
          cpSync(join(demo, file), join(folder, file), { recursive: true })
        }
        await unpack(packed)
        assertDeclared(packed)
        assertOneCopy(packed)
      }
      return {
        name: "Packed plugin",
        stamp,
        // Several shops start from this folder at the same time: what is there is not written again.
        make: () => buildIfChanged({ stamp, output: packed, build }),
      }
    },
  }
}

/** @param {string} packed */
async function unpack(packed) {
  const exec = promisify(execFile)
  const tarballs = join(packed, "..", "..", "tarball")
  for (const folder of [packed, tarballs]) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }
  // It is built already, which is what the package's own "prepack" would do.
  await exec("npm", ["pack", "--ignore-scripts", "--pack-destination", tarballs], { cwd: root })
  const [tarball = ""] = readdirSync(tarballs)
  await exec("tar", ["-xzf", join(tarballs, tarball), "-C", packed, "--strip-components=1"])
}

/**
 * Here everything is found that the repository has; a shop has what the plugin's package.json asks for.
 *
 * @param {string} packed
 */
function assertDeclared(packed) {
  const { dependencies, peerDependencies } = createRequire(join(packed, "package.json"))(
    "./package.json"
  )
  const admin = readFileSync(join(packed, ".medusa/server/src/admin/index.mjs"), "utf8")
  const names = [...admin.matchAll(/^(?:import|export) .*from "((?:@[^/"]+\/)?[^./"][^/"]*)/gm)]
  const undeclared = names.flatMap(([, name = ""]) =>
    name in { ...dependencies, ...peerDependencies } ? [] : [name]
  )
  if (names.length === 0 || undeclared.length > 0) {
    throw new Error(`The dashboard's pages import what no shop is asked for: ${undeclared}`)
  }
}

/**
 * With a second copy of Medusa, React or their contexts beside the store's, workflows, hooks and the router's links
 * of the plugin would belong to nothing.
 *
 * @param {string} packed
 */
function assertOneCopy(packed) {
  const ours = createRequire(join(packed, "package.json"))
  const dashboards = createRequire(
    createRequire(join(root, "package.json")).resolve("@medusajs/dashboard/package.json")
  )
  const { peerDependencies } = ours("./package.json")
  for (const name of Object.keys(peerDependencies)) {
    const [one, other] = [ours, dashboards].map((require) => require.resolve(name))
    if (one !== other) throw new Error(`The store has two copies of ${name}:\n${one}\n${other}`)
  }
}
