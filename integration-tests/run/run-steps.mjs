import { addUp, counts, failedOutcome, outcome, summary } from "./outcome.mjs"
import { runProjects } from "./run-jest.mjs"
import { runProgram } from "./run-program.mjs"
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
 */

const SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])
const EXIT_CODE_INTERRUPTED = 130

/**
 * Runs all groups, also after one has failed, and ends with the line "N passed, N failed". What is checked by a program
 * waits for nothing and is waited for by no test: it goes on beside all groups, with what processor time they leave.
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
    const checking = groups.flat().flatMap((step) => runChecksOf(step, run))
    for (const group of groups) {
      if (!signal.aborted) outcomes.push(...(await Promise.all(runTestsOf(group, run))))
    }
    outcomes.push(...(await Promise.all(checking)))
  } finally {
    await database.stop()
    for (const name of SIGNALS) process.off(name, interrupt)
  }
  const all = addUp(signal.aborted ? [...outcomes, failedOutcome("Interrupted.")] : outcomes)
  for (const line of summary(all)) print(line)
  if (signal.aborted) return EXIT_CODE_INTERRUPTED
  return all.failed === 0 ? 0 : 1
}

/** @param {Step} step @param {Run} run @returns {Promise<Outcome>[]} empty where it has none */
function runChecksOf({ name, checks = [] }, run) {
  return checks.length > 0 ? [timed(name, run, () => runChecks(checks, run))] : []
}

/** @param {Step[]} group @param {Run} run @returns {Promise<Outcome>[]} empty where it has none */
function runTestsOf(group, run) {
  const projects = group.flatMap(({ projects = [] }) => projects)
  if (projects.length === 0) return []
  const env = Object.assign({}, ...group.map(({ env }) => env), run.env)
  return [timed(projects.join(", "), run, () => runProjects(projects, { ...run, env }))]
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
    const ways = { givesWay: true }
    const { exitCode, output } = await runProgram(program, args, run.env, run, ways)
    run.print(`${exitCode === 0 ? "PASS" : "FAIL"} ${name}`)
    outcomes.push(exitCode === 0 ? outcome({ passed: 1 }) : failedOutcome(`${name}\n${output}`))
  }
  return addUp(outcomes)
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error)
}
