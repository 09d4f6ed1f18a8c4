import { parseArgs } from "node:util"
import { SetupProblem } from "local-postgres"
import { Lifeline } from "./lifeline.mjs"

/**
 * Returns when everything is stopped again, with the process's exit code set.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export async function main(args, env) {
  const lifeline = new Lifeline()
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => lifeline.cut())
  try {
    const { tour, cluster } = parse(args)
    if (tour) {
      const { takeTour } = await import("../tour/take-tour.mjs")
      process.exitCode = (await takeTour(env, lifeline, cluster)) ? 0 : 1
    } else {
      const { stay } = await import("./stay.mjs")
      await stay(env, lifeline, cluster)
    }
  } catch (error) {
    // What was under way when somebody pressed Ctrl-C fails; that is no news.
    process.exitCode = lifeline.signal.aborted ? 130 : 1
    if (!lifeline.signal.aborted) console.error(`\n${explain(error)}`)
  } finally {
    await lifeline.release()
  }
}

/** @param {string[]} args */
function parse(args) {
  try {
    const flag = /** @type {const} */ ({ type: "boolean", default: false })
    return parseArgs({ args, options: { tour: flag, cluster: flag } }).values
  } catch (error) {
    const what = error instanceof Error ? error.message : error
    throw new SetupProblem(
      `${what}\nThere are "npm run demo", "npm run demo -- --cluster", "npm run demo -- --tour", and both at once.`
    )
  }
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof SetupProblem) return error.message
  return error instanceof Error ? error.stack : String(error)
}
