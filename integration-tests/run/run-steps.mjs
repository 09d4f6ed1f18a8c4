import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { addUp, counts, failedOutcome, outcome, readJestReport } from "./outcome.mjs"
import { jestArguments, needsDatabase } from "./steps.mjs"
import { testDatabase } from "./test-database.mjs"

/**
 * @typedef {import("./outcome.mjs").Outcome} Outcome
 * @typedef {import("./steps.mjs").Step} Step
 *
 * @typedef {object} Surroundings
 * @property {string} root the repository
 * @property {NodeJS.ProcessEnv} env
 * @property {(line: string) => void} print
 *
 * @typedef {Surroundings & {
 *   signal: AbortSignal, databaseSettings: () => Promise<NodeJS.ProcessEnv>
 * }} Run
 *
 * @typedef {{ exitCode: number | null, output: string }} Ended `exitCode` null: by a signal; `output`: its last lines
 */

const SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])
const EXIT_CODE_INTERRUPTED = 130
const LINES_KEPT = 2_000
const PATIENCE_MS = 5_000

/**
 * Runs all groups, also after one has failed, and ends with the line "N passed, N failed".
 *
 * @param {Step[][]} groups
 * @param {Surroundings} surroundings
 * @returns {Promise<number>} the exit code
 */
export async function runSteps(groups, { root, env, print }) {
  const interruption = new AbortController()
  const interrupt = () => interruption.abort()
  for (const name of SIGNALS) process.on(name, interrupt)
  const { signal } = interruption
  const database = testDatabase(env, print)
  const run = { root, env, print, signal, databaseSettings: database.settings }
  /** @type {Outcome[]} */
  const outcomes = []
  try {
    for (const group of groups) {
      if (!signal.aborted) outcomes.push(...(await Promise.all(runGroup(group, run))))
    }
  } finally {
    await database.stop()
    for (const name of SIGNALS) process.off(name, interrupt)
  }
  const all = addUp(signal.aborted ? [...outcomes, failedOutcome("Interrupted.")] : outcomes)
  for (const failure of all.failures) print(`\n${failure}`)
  for (const test of all.skipped) print(`Skipped: ${test}`)
  print(`\n${counts(all)}`)
  if (signal.aborted) return EXIT_CODE_INTERRUPTED
  return all.failed === 0 ? 0 : 1
}

/** @param {Step[]} group @param {Run} run @returns {Promise<Outcome>[]} */
function runGroup(group, run) {
  const checks = group.flatMap(({ name, checks = [] }) =>
    checks.length > 0 ? [{ name, checks }] : []
  )
  const projects = group.flatMap(({ projects = [] }) => projects)
  const env = Object.assign({}, ...group.map(({ env }) => env))
  return [
    ...checks.map(({ name, checks }) => timed(name, run, () => runChecks(checks, run))),
    ...(projects.length > 0
      ? [
          timed(projects.join(", "), run, () =>
            runJest(projects, { ...run, env: { ...env, ...run.env } })
          ),
        ]
      : []),
  ]
}

/** @param {string} name @param {Run} run @param {() => Promise<Outcome>} work */
async function timed(name, { print }, work) {
  const began = performance.now()
  // Without a database, say, this step has failed; the others may still tell something.
  const result = await work().catch((error) => failedOutcome(`${name}: ${messageOf(error)}`))
  print(`${name}: ${counts(result)} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  return result
}

/** @param {import("./steps.mjs").Check[]} checks @param {Run} run */
async function runChecks(checks, run) {
  /** @type {Outcome[]} */
  const outcomes = []
  for (const { name, program, arguments: args } of checks) {
    const { exitCode, output } = await runProgram(program, args, run.env, run)
    run.print(`${exitCode === 0 ? "PASS" : "FAIL"} ${name}`)
    outcomes.push(exitCode === 0 ? outcome({ passed: 1 }) : failedOutcome(`${name}\n${output}`))
  }
  return addUp(outcomes)
}

/** @param {string[]} projects @param {Run} run */
async function runJest(projects, run) {
  const folder = mkdtempSync(join(tmpdir(), "jest-report-"))
  const reportFile = join(folder, "report.json")
  try {
    const env = {
      ...run.env,
      ...(needsDatabase(projects) ? await run.databaseSettings() : {}),
      TEST_TYPE: projects.join(","),
      MEDUSA_DISABLE_TELEMETRY: "1",
      // Medusa imports modules dynamically, and specs of .mjs files are modules themselves.
      NODE_OPTIONS: [run.env.NODE_OPTIONS, "--experimental-vm-modules"].filter(Boolean).join(" "),
    }
    const args = ["--ci", "--silent", "--json", `--outputFile=${reportFile}`]
    const ended = await runProgram(
      "jest/bin/jest.js",
      [...args, ...jestArguments(projects)],
      env,
      run,
      // One line for each spec file, and the tables of the conformance.
      (line) => /^(PASS|FAIL) |^\|/.test(line)
    )
    const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, "utf8")) : undefined
    return readJestReport({ report, ...ended })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Runs a program of a package under this Node, in a process group of its own that an interruption ends as a whole.
 *
 * @param {string} program below node_modules
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {Run} run
 * @param {(line: string) => boolean} [isPrinted] which of its lines are shown at once
 * @returns {Promise<Ended>}
 */
async function runProgram(program, args, env, { root, signal, print }, isPrinted = () => false) {
  const child = spawn(process.execPath, [join(root, "node_modules", program), ...args], {
    cwd: root,
    env,
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
  })
  const end = () => endGroup(child)
  if (signal.aborted) end()
  signal.addEventListener("abort", end, { once: true })
  /** @type {string[]} */
  const lines = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line)
      if (lines.length > LINES_KEPT) lines.shift()
      if (isPrinted(line)) print(line)
    })
  }
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject)
      child.once("close", (exitCode) => resolve({ exitCode, output: lines.join("\n") }))
    })
  } finally {
    signal.removeEventListener("abort", end)
  }
}

/** @param {import("node:child_process").ChildProcess} child */
function endGroup(child) {
  signalGroup(child, "SIGTERM")
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), PATIENCE_MS)
  child.once("close", () => clearTimeout(timer))
}

/** @param {import("node:child_process").ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup({ pid }, signal) {
  if (pid === undefined) return
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal)
  } catch {
    // Already gone.
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error)
}
