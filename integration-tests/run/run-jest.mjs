import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  addUp,
  failedFiles,
  failedOutcome,
  readJestReport,
  readWithSecondRuns,
} from "./outcome.mjs"
import { runProgram } from "./run-program.mjs"
import { jestArguments, jestArgumentsAlone, jestsOf, needsDatabase } from "./steps.mjs"

/**
 * @typedef {import("./outcome.mjs").JestRun} JestRun
 * @typedef {import("./run-steps.mjs").Run} Run
 */

/** A busy machine does not fail more of them at once; what does is the code, and is known without a second run. */
const MOST_FILES_AGAIN = 5

/**
 * Runs projects, in several jests at once where they do not go together. Where they run against real servers, a spec file
 * that failed is run once more, alone, after all others: on a busy machine a server may answer later than a test has
 * patience. What then passes is told by name. Where more than a few files failed, none is run again.
 *
 * @param {string[]} projects of jest.config.js
 * @param {Run} run
 * @returns {Promise<import("./outcome.mjs").Outcome>}
 */
export async function runProjects(projects, run) {
  const jests = jestsOf(projects)
  /** @type {import("./outcome.mjs").Outcome[]} */
  const outcomes = []
  const ran = await Promise.all(
    jests.map(async (ofOne) => {
      try {
        const isOnServers = needsDatabase(ofOne)
        const env = environment(ofOne, run, isOnServers ? await run.databaseSettings() : {})
        const args = jestArguments(ofOne, jests.length > 1, run.env.REDIS_URL)
        const first = await jest(args, { ...run, env })
        return [{ first, env, files: isOnServers ? failedFiles(first) : [] }]
      } catch (error) {
        // Without a database, say; the others may still tell something.
        const why = error instanceof Error ? error.message : String(error)
        outcomes.push(failedOutcome(`${ofOne.join(", ")}: ${why}`))
        return []
      }
    })
  )
  const firsts = ran.flat()
  const howMany = firsts.flatMap(({ files }) => files).length
  const isAgain = howMany <= MOST_FILES_AGAIN && !run.signal.aborted
  for (const { first, env, files } of firsts) {
    outcomes.push(
      isAgain && files.length > 0
        ? readWithSecondRuns(first, await runAgain(files, { ...run, env }))
        : readJestReport(first)
    )
  }
  return addUp(outcomes)
}

/** @param {string[]} files @param {Run} run @returns {Promise<Map<string, JestRun>>} by the file */
async function runAgain(files, run) {
  /** @type {Map<string, JestRun>} */
  const seconds = new Map()
  for (const file of files) {
    run.print(`AGAIN, alone: ${file}`)
    seconds.set(file, await jest(jestArgumentsAlone(file), run))
  }
  return seconds
}

/** @param {string[]} projects of one jest @param {Run} run @param {NodeJS.ProcessEnv} settings of the database */
function environment(projects, { env }, settings) {
  return {
    ...env,
    ...settings,
    TEST_TYPE: projects.join(","),
    MEDUSA_DISABLE_TELEMETRY: "1",
    // Medusa imports modules dynamically, and specs of .mjs files are modules themselves.
    NODE_OPTIONS: [env.NODE_OPTIONS, "--experimental-vm-modules"].filter(Boolean).join(" "),
  }
}

/** @param {string[]} args @param {Run} run @returns {Promise<JestRun>} */
async function jest(args, run) {
  const folder = mkdtempSync(join(tmpdir(), "jest-report-"))
  const reportFile = join(folder, "report.json")
  try {
    const ended = await runProgram(
      "jest/bin/jest.js",
      ["--ci", "--silent", "--json", `--outputFile=${reportFile}`, "--forceExit", ...args],
      run.env,
      run,
      // One line for each spec file, and the tables of the conformance.
      { isPrinted: (line) => /^(PASS|FAIL) |^\|/.test(line) }
    )
    const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, "utf8")) : undefined
    return { report, ...ended }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
