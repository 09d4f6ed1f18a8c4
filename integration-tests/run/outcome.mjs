/**
 * What came of a step.
 *
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} skipped a line for each, with the reason
 * @property {string[]} failures in full, for whoever has to mend them
 * @property {SecondRun[]} secondRuns tests that failed once and passed when their file was run again
 *
 * @typedef {{ test: string, failure: string }} SecondRun the first failure, in full
 *
 * @typedef {object} JestRun
 * @property {JestReport | undefined} report undefined when jest wrote none
 * @property {number | null} exitCode
 * @property {string} output the end of what it printed
 *
 * @typedef {object} JestReport what `jest --json` writes, as far as it is read here
 * @property {SuiteReport[]} testResults
 *
 * @typedef {object} SuiteReport one spec file
 * @property {string} name its path
 * @property {"passed" | "failed"} status
 * @property {string} message everything that failed in it, as jest would print it
 * @property {(Test & { failureMessages?: string[] })[]} assertionResults
 *
 * @typedef {{ fullName: string, status: string }} Test
 */

/** @param {Partial<Outcome>} parts @returns {Outcome} */
export function outcome(parts) {
  return { passed: 0, failed: 0, skipped: [], failures: [], secondRuns: [], ...parts }
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
    secondRuns: outcomes.flatMap(({ secondRuns }) => secondRuns),
  }
}

/**
 * @param {Outcome} outcome
 * @returns {string[]} the end of a run: each failure in full, what passed only the second time, and the counts
 */
export function summary(outcome) {
  const { failures, secondRuns, skipped } = outcome
  return [
    ...failures.map((failure) => `\n${failure}`),
    ...secondRuns.map(
      ({ test, failure }) => `\nNEEDED A SECOND RUN: ${test}\nThe first time:\n${failure}`
    ),
    ...skipped.map((test) => `Skipped: ${test}`),
    "",
    ...(secondRuns.length > 0 ? [`${secondRuns.length} needed a second run`] : []),
    counts(outcome),
  ]
}

/** @param {Outcome} outcome @returns {string} the last line of a run, which others read */
export function counts({ passed, failed, skipped }) {
  const both = `${passed} passed, ${failed} failed`
  return skipped.length === 0 ? both : `${both}, ${skipped.length} skipped`
}

/**
 * Counts what jest ran. A file that can't be loaded, an `afterAll` that throws and a run without a test are failures; not
 * one of which each test says why it was skipped.
 *
 * @param {JestRun} run
 * @returns {Outcome}
 */
export function readJestReport({ report, exitCode, output }) {
  if (report === undefined) {
    return failedOutcome(`Jest ended before it wrote its result:\n${output}`)
  }
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  const failedSuites = report.testResults.filter(isFailed)
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
  if (read.passed === 0 && !areExcused(tests)) {
    return { ...read, failed: 1, failures: ["No test was run."] }
  }
  // Jest fails for reasons that no test shows, such as a global teardown.
  if (exitCode === 0) return read
  return { ...read, failed: 1, failures: [`Jest failed, though no test did:\n${output}`] }
}

/** @param {Test[]} tests none of which passed @returns {boolean} whether each says why it was skipped */
function areExcused(tests) {
  return tests.length > 0 && tests.every(saysWhy)
}

/** @param {Test} test the name of a skipped one holds "[skipped: why]" */
function saysWhy({ fullName }) {
  return fullName.includes("[skipped: ")
}

/** @param {Test} test */
function skipped(test) {
  const { fullName, status } = test
  return saysWhy(test) ? fullName : `${fullName}: no reason given (${status})`
}

/** @param {JestRun} run @returns {string[]} the spec files that failed */
export function failedFiles({ report }) {
  return report?.testResults.filter(isFailed).map(({ name }) => name) ?? []
}

/**
 * Counts a run whose failed files were each run once more. Such a file passes where it passes now, with each test that
 * had failed among those that were run.
 *
 * @param {JestRun} first
 * @param {ReadonlyMap<string, JestRun>} seconds by the file
 * @returns {Outcome}
 */
export function readWithSecondRuns(first, seconds) {
  const files = first.report?.testResults ?? []
  const others = files.filter(({ name }) => !seconds.has(name))
  return addUp([
    // Its exit code told of the files that were run again.
    ...(others.length > 0
      ? [readJestReport({ ...first, report: { testResults: others }, exitCode: 0 })]
      : []),
    ...files.flatMap((file) => {
      const second = seconds.get(file.name)
      return second ? [readSecondRun(file, second)] : []
    }),
  ])
}

/** @param {SuiteReport} first @param {JestRun} second @returns {Outcome} */
function readSecondRun({ name, message, assertionResults }, second) {
  const read = readJestReport(second)
  if (read.failed > 0) {
    const failures = [
      `${name}, the first time\n${message.trim()}`,
      ...read.failures.map((failure) => `The second time: ${failure}`),
    ]
    return { ...read, failures }
  }
  const failed = assertionResults.filter(({ status }) => status === "failed")
  const passedNow = second.report?.testResults
    .flatMap(({ assertionResults: tests }) => tests)
    .filter(({ status }) => status === "passed")
    .map(({ fullName }) => fullName)
  const missing = failed.filter(({ fullName }) => !passedNow?.includes(fullName))
  if (missing.length > 0) {
    const names = missing.map(({ fullName }) => fullName).join("\n")
    const failure = `${name}\n${message.trim()}\nThe second time these were not run:\n${names}`
    return { ...read, failed: missing.length, failures: [failure] }
  }
  const secondRuns =
    failed.length > 0
      ? failed.map(({ fullName, failureMessages = [] }) => ({
          test: `${name}: ${fullName}`,
          failure: failureMessages.join("\n"),
        }))
      : [{ test: `${name}, outside its tests`, failure: message.trim() }]
  return { ...read, secondRuns }
}

/** @param {SuiteReport} file */
function isFailed({ status }) {
  return status === "failed"
}
