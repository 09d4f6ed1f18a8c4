/**
 * npm run mutate                       all that decides about money
 * npm run mutate -- amounts            what has that in its path
 *
 * Changes the code in small ways and runs the specs that are to notice. Prints the changes that none noticed and a score:
 * the share of those that were. The exit code is 1 where one is below what stryker.config.mjs allows.
 */
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { root } from "../../demo/launch/paths.mjs"
import { TABLES, TARGETS } from "./targets.mjs"

const [part = ""] = process.argv.slice(2)
const chosen = Object.entries({ ...TARGETS, ...TABLES }).filter(([file]) => file.includes(part))
const missing = chosen.flat(2).filter((file) => !existsSync(join(root, file)))
if (chosen.length === 0 || missing.length > 0) {
  console.error(missing.length > 0 ? `Not there: ${missing}` : `Nothing has "${part}" in its path`)
  process.exit(1)
}
const stryker = join(root, "node_modules", "@stryker-mutator", "core", "bin", "stryker.js")
for (const [file, specs] of chosen) {
  console.log(`\n${file}`)
  const { status } = spawnSync(process.execPath, [stryker, "run", "--mutate", file], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      MUTATION_SPECS: specs.join(","),
      MUTATION_OF_TABLES: String(Object.hasOwn(TABLES, file)),
    },
  })
  if (status !== 0) process.exitCode = 1
}
