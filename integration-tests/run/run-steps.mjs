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
  const databaseSettings = database.settings
  /** @param {import("./steps.mjs").Step} step @param {(line: string) => void} print */
  const run = async (step, print) => {
    print(`\n${step.heading}`)
    const began = performance.now()
    const ran = await runStep(step, { root, env, signal, print, databaseSettings })
    const outcome = signal.aborted ? failedOutcome("Interrupted.") : ran
    const seconds = (performance.now() - began) / 1000
    for (const failure of outcome.failures) print(`\n${failure}\n`)
    print(`  ${counts(outcome)} (${seconds.toFixed(1)} s)`)
    return { step: step.name, seconds, outcome }
  }
  try {
    for (const group of sideBySide(steps)) {
      if (signal.aborted) break
      results.push(...(await allInTurn(group, print, run)))
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

/**
 * @param {import("./steps.mjs").Step[]} steps
 * @returns {import("./steps.mjs").Step[][]} one group after the other; those of a group at once
 */
export function sideBySide(steps) {
  /** @type {import("./steps.mjs").Step[][]} */
  const groups = []
  for (const step of steps) {
    const last = groups.at(-1)
    if (last !== undefined && step.besidePrevious === true) last.push(step)
    else groups.push([step])
  }
  return groups
}

/**
 * Runs them at once. What they print comes as if they had run one after the other: the first one's lines at once, each
 * other's when all before it have ended.
 *
 * @template Item, Result
 * @param {Item[]} items
 * @param {(line: string) => void} print
 * @param {(item: Item, print: (line: string) => void) => Promise<Result>} run
 * @returns {Promise<Result[]>}
 */
export async function allInTurn(items, print, run) {
  /** @type {string[][]} */
  const held = items.map(() => [])
  const ended = new Set()
  let turn = 0
  return await Promise.all(
    items.map(async (item, index) => {
      const result = await run(item, (line) => {
        if (index === turn) print(line)
        else held[index]?.push(line)
      })
      ended.add(index)
      while (ended.has(turn)) {
        turn += 1
        for (const line of held[turn] ?? []) print(line)
      }
      return result
    })
  )
}
