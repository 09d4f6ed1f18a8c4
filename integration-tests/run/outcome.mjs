/**
 * What came of a step.
 *
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} skipped a line for each, with the reason
 * @property {string[]} failures in full, for whoever has to mend them
 *
 * @typedef {object} JestReport what `jest --json` writes, as far as it is read here
 * @property {SuiteReport[]} testResults
 *
 * @typedef {object} SuiteReport one spec file
 * @property {string} name its path
 * @property {"passed" | "failed"} status
 * @property {string} message everything that failed in it, as jest would print it
 * @property {{ fullName: string, status: string }[]} assertionResults
 */

/** @param {Partial<Outcome>} parts @returns {Outcome} */
export function outcome(parts) {
  return { passed: 0, failed: 0, skipped: [], failures: [], ...parts }
}

/** @param {string} failure */
export function failedOutcome(failure) {
  return outcome({ failed: 1, failures: [failure] })
}

/** @param {Outcome[]} outcomes @returns {Outcome} */
export function addUp(outcomes) {
  return {
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    failed: outcomes.reduce((sum, { failed }) => sum + failed, 0),
    skipped: outcomes.flatMap(({ skipped }) => skipped),
    failures: outcomes.flatMap(({ failures }) => failures),
  }
}

/** @param {Outcome} outcome @returns {string} the last line of a run, which others read */
export function counts({ passed, failed, skipped }) {
  const both = `${passed} passed, ${failed} failed`
  return skipped.length === 0 ? both : `${both}, ${skipped.length} skipped`
}

/**
 * Counts what jest ran. A run without a test, a file that can't be loaded and an `afterAll` that throws are failures.
 *
 * @param {object} run
 * @param {JestReport | undefined} run.report undefined when jest wrote none
 * @param {number | null} run.exitCode
 * @param {string} run.output the end of what it printed
 * @returns {Outcome}
 */
export function readJestReport({ report, exitCode, output }) {
  if (report === undefined) {
    return failedOutcome(`Jest ended before it wrote its result:\n${output}`)
  }
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  const failedSuites = report.testResults.filter(({ status }) => status === "failed")
  const failedOutsideTests = failedSuites.filter(
    ({ assertionResults }) => !assertionResults.some(({ status }) => status === "failed")
  )
  const read = outcome({
    passed: tests.filter(({ status }) => status === "passed").length,
    failed: tests.filter(({ status }) => status === "failed").length + failedOutsideTests.length,
    skipped: tests.filter(({ status }) => status !== "passed" && status !== "failed").map(skipped),
    failures: failedSuites.map(({ name, message }) => `${name}\n${message.trim()}`),
  })
  if (read.failed > 0) return read
  if (read.passed === 0) return { ...read, failed: 1, failures: ["No test was run."] }
  // Jest fails for reasons that no test shows, such as a global teardown.
  if (exitCode === 0) return read
  return { ...read, failed: 1, failures: [`Jest failed, though no test did:\n${output}`] }
}

/** @param {{ fullName: string, status: string }} test the name of a skipped one holds "[skipped: why]" */
function skipped({ fullName, status }) {
  return fullName.includes("[skipped: ") ? fullName : `${fullName}: no reason given (${status})`
}
