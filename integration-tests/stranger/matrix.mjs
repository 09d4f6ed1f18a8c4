/**
 * npm run test:stranger            the oldest version of Medusa that peerDependencies promise and the newest, at the same time
 * npm run test:matrix              those, two between, the newest by pnpm and by yarn, and once with its dashboard in Chromium;
 *                                  the oldest is brought to a next version of the plugin, and back
 * npm run test:matrix -- 2.19.0    one
 *
 * In each a new shop installs the plugin's tarball, migrates, starts and takes a payment; see try-shop.mjs. A shop takes
 * some 100 seconds of processor time. Where the package registry does not answer, it is skipped. The last line is
 * "N passed, N failed" (", N skipped" where some were).
 */
import { parseArgs } from "node:util"
import { newestMedusa, tryShop, withSurroundings } from "./try-shop.mjs"
import { RegistryProblem } from "./typed.mjs"

const OLDEST = "2.18.0"
const BETWEEN = ["2.19.0", "2.20.1"]
const NEWEST = newestMedusa()

const { values, positionals } = parseArgs({
  options: { smoke: { type: "boolean", default: false } },
  allowPositionals: true,
})

/** @typedef {import("./try-shop.mjs").Trial} Trial */

/** @param {string} medusa @returns {Trial} */
const byNpm = (medusa) => ({ medusa, manager: "npm", browser: false })

/** @type {Trial[]} */
const whole = [
  { ...byNpm(OLDEST), upgrade: true },
  ...BETWEEN.map(byNpm),
  { ...byNpm(NEWEST), browser: true },
  { ...byNpm(NEWEST), manager: "pnpm" },
  { ...byNpm(NEWEST), manager: "yarn" },
]
const named = positionals.map(byNpm)
/** The shops of a group are tried at the same time. @type {Trial[][]} */
const groups = values.smoke
  ? [[byNpm(OLDEST), byNpm(NEWEST)]]
  : (named.length > 0 ? named : whole).map((trial) => [trial])

let passed = 0
let failed = 0
let skipped = 0
await withSurroundings(async (surroundings) => {
  for (const group of groups) {
    await Promise.all(group.map((trial) => counted(trial, surroundings)))
  }
}).catch((error) => {
  failed += 1
  console.error(error instanceof Error ? error.message : error)
})
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`)
process.exitCode = failed > 0 ? 1 : 0

/** @param {Trial} trial @param {import("./try-shop.mjs").Surroundings} surroundings */
async function counted(trial, surroundings) {
  try {
    await tryShop(trial, surroundings, (line) => console.log(`${trial.medusa}: ${line.trim()}`))
    passed += 1
  } catch (error) {
    const isSkipped = error instanceof RegistryProblem
    if (isSkipped) skipped += 1
    else failed += 1
    const said = error instanceof Error ? error.message : String(error)
    console.error(
      `${isSkipped ? "Skipped: " : ""}Medusa ${trial.medusa} by ${trial.manager}: ${said}`
    )
  }
}
