import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { failedFiles, readJestReport, readWithSecondRuns } from "./outcome.mjs"
import { runProgram } from "./run-program.mjs"
import { jestArguments, jestArgumentsAlone, needsDatabase } from "./steps.mjs"

/**
 * @typedef {import("./outcome.mjs").JestRun} JestRun
 * @typedef {import("./run-steps.mjs").Run} Run
 */

/** A busy machine does not fail more of them at once; what does is the code, and is known without a second run. */
const MOST_FILES_AGAIN = 5

/**
 * Runs projects in one jest. Where they run against real servers, a spec file that failed is run once more, alone, after
 * the others: on a busy machine a server may answer later than a test has patience. What then passes is told by name.
 * Where more than a few files failed, none is run again.
 *
 * @param {string[]} projects of jest.config.js
 * @param {Run} run
 * @returns {Promise<import("./outcome.mjs").Outcome>}
 */
export async function runJest(projects, run) {
  const isOnServers = needsDatabase(projects)
  const env = {
    ...run.env,
    ...(isOnServers ? await run.databaseSettings() : {}),
    TEST_TYPE: projects.join(","),
    MEDUSA_DISABLE_TELEMETRY: "1",
    // Medusa imports modules dynamically, and specs of .mjs files are modules themselves.
    NODE_OPTIONS: [run.env.NODE_OPTIONS, "--experimental-vm-modules"].filter(Boolean).join(" "),
  }
  const first = await jest(jestArguments(projects), { ...run, env })
  const files = isOnServers ? failedFiles(first) : []
  if (files.length === 0 || files.length > MOST_FILES_AGAIN || run.signal.aborted) {
    return readJestReport(first)
  }
  /** @type {Map<string, JestRun>} */
  const seconds = new Map()
  for (const file of files) {
    run.print(`AGAIN, alone: ${file}`)
    seconds.set(file, await jest(jestArgumentsAlone(file), { ...run, env }))
  }
  return readWithSecondRuns(first, seconds)
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
      (line) => /^(PASS|FAIL) |^\|/.test(line)
    )
    const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, "utf8")) : undefined
    return { report, ...ended }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
