import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { runScript } from "./child.mjs"
import { readJestReport, testLines } from "./jest-report.mjs"
import { addUp, failedOutcome, mustHaveRun } from "./outcome.mjs"

/**
 * @typedef {import("./outcome.mjs").Outcome} Outcome
 * @typedef {import("./steps.mjs").Step} Step
 *
 * @typedef {object} Surroundings
 * @property {string} root the repository
 * @property {NodeJS.ProcessEnv} env
 * @property {AbortSignal} signal
 * @property {(line: string) => void} print progress, a line each
 * @property {() => Promise<NodeJS.ProcessEnv>} databaseSettings starts the database when first called
 */

/** @param {Step} step @param {Surroundings} surroundings @returns {Promise<Outcome>} */
export async function runStep(step, surroundings) {
  try {
    return mustHaveRun(
      step.kind === "checks"
        ? await runChecks(step, surroundings)
        : await runJest(step, surroundings)
    )
  } catch (error) {
    // Such as no database: this step has failed, the others may still tell something.
    return failedOutcome(error instanceof Error ? error.message : String(error))
  }
}

/** @param {import("./steps.mjs").ChecksStep} step @param {Surroundings} surroundings */
async function runChecks({ checks }, { root, env, signal, print }) {
  /** @type {Outcome[]} */
  const outcomes = []
  for (const { name, program, arguments: args } of checks) {
    const { exitCode, output } = await runScript(join(root, "node_modules", program), args, {
      cwd: root,
      env,
      signal,
    })
    print(`  ${exitCode === 0 ? "PASS" : "FAIL"} ${name}`)
    outcomes.push(
      exitCode === 0
        ? { passed: 1, failed: 0, skipped: [], failures: [] }
        : failedOutcome(`${name}\n${output}`)
    )
  }
  return addUp(outcomes)
}

/** @param {import("./steps.mjs").JestStep} step @param {Surroundings} surroundings */
async function runJest(step, { root, env, signal, print, databaseSettings }) {
  const folder = mkdtempSync(join(tmpdir(), "jest-report-"))
  const reportFile = join(folder, "report.json")
  let hangs = false
  try {
    const { exitCode, output } = await runScript(
      join(root, "node_modules", "jest/bin/jest.js"),
      ["--ci", "--silent", "--json", `--outputFile=${reportFile}`, ...step.arguments],
      {
        cwd: root,
        env: {
          ...env,
          ...(step.needsDatabase ? await databaseSettings() : {}),
          TEST_TYPE: step.testType,
          MEDUSA_DISABLE_TELEMETRY: "1",
          // Medusa imports modules dynamically, and specs of .mjs files are modules themselves.
          NODE_OPTIONS: [env.NODE_OPTIONS, "--experimental-vm-modules"].filter(Boolean).join(" "),
        },
        signal,
        onLine: (line, end) => {
          if (/^(PASS|FAIL) /.test(line)) print(`  ${line}`)
          if (step.printsTests && line.startsWith("|")) print(`  ${line}`)
          if (line.startsWith("Jest did not exit one second after")) {
            hangs = true
            end()
          }
        },
      }
    )
    const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, "utf8")) : undefined
    if (step.printsTests) testLines(report).forEach((line) => print(`  ${line}`))
    const outcome = readJestReport({ report, exitCode: hangs ? 0 : exitCode, output })
    if (!hangs) return outcome
    const advice = `npx jest --detectOpenHandles with TEST_TYPE=${step.testType} says what`
    return addUp([
      outcome,
      failedOutcome(`The tests left something open, so jest hung: ${advice}.`),
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
