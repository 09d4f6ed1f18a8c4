/**
 * npm run test:matrix              the oldest version of Medusa that peerDependencies promise, the newest, and two between
 * npm run test:matrix -- 2.18.0    one
 *
 * In each a new shop installs the plugin's tarball, migrates, starts and takes a payment. It needs the package registry and
 * the plugin to be built; a version takes three to six minutes on two cores.
 */
import { tryShop } from "./try-shop.mjs"

const PROMISED = ["2.18.0", "2.19.0", "2.20.1", "2.21.2"]

const versions = process.argv.length > 2 ? process.argv.slice(2) : PROMISED
/** @type {string[]} */
const failed = []
for (const medusa of versions) {
  try {
    await tryShop({ medusa, manager: "npm", browser: false, print: (line) => console.log(line) })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    failed.push(medusa)
  }
}
console.log(
  `${versions.length - failed.length} passed, ${failed.length} failed ${failed.join(", ")}`
)
process.exitCode = failed.length > 0 ? 1 : 0
