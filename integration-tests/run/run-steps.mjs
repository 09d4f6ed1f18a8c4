import { addUp, counts, failedOutcome, summaryLines } from "./outcome.mjs"
import { runStep } from "./run-step.mjs"
import { testDatabase } from "./test-database.mjs"

const SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])
const EXIT_CODE_INTERRUPTED = 130

/**
 * Runs all steps, also after one has failed, and tells how it went.
 *
 * @param {import("./steps.mjs").Step[]} steps
 * @param {{ root: string, env: NodeJS.ProcessEnv, print: (line: string) => void }} surroundings
 * @returns {Promise<number>} the exit code
 */
export async function runSteps(steps, { root, env, print }) {
  const interruption = new AbortController()
  const interrupt = () => interruption.abort()
  for (const name of SIGNALS) process.on(name, interrupt)
  const database = testDatabase(env, (line) => print(`  ${line}`))
  const { signal } = interruption
  /** @type {import("./outcome.mjs").StepResult[]} */
  const results = []
  try {
    for (const step of steps) {
      if (signal.aborted) break
      print(`\n${step.heading}`)
      const began = performance.now()
      const databaseSettings = database.settings
      const ran = await runStep(step, { root, env, signal, print, databaseSettings })
      const outcome = signal.aborted ? failedOutcome("Interrupted.") : ran
      const seconds = (performance.now() - began) / 1000
      for (const failure of outcome.failures) print(`\n${failure}\n`)
      print(`  ${counts(outcome)} (${seconds.toFixed(1)} s)`)
      results.push({ step: step.name, seconds, outcome })
    }
  } finally {
    await database.stop()
    for (const name of SIGNALS) process.off(name, interrupt)
  }
  print(signal.aborted ? "\nInterrupted; what was done so far:" : "\nAll steps:")
  for (const line of summaryLines(results)) print(line)
  if (signal.aborted) return EXIT_CODE_INTERRUPTED
  return addUp(results.map(({ outcome }) => outcome)).failed === 0 ? 0 : 1
}
