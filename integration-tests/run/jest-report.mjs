/**
 * @typedef {import("./outcome.mjs").Outcome} Outcome
 *
 * @typedef {object} JestReport what `jest --json` writes, as far as we read it
 * @property {SuiteReport[]} testResults
 *
 * @typedef {object} SuiteReport one spec file
 * @property {string} name its path
 * @property {"passed" | "failed"} status
 * @property {string} message everything that failed in it, as jest would print it
 * @property {{ fullName: string, status: string }[]} assertionResults
 */

// Jest keeps no reason why a test is skipped, so the test's name does.
const REASON = /\s*\[skipped: ([^\]]+)\]/

/**
 * @param {object} run
 * @param {JestReport | undefined} run.report undefined when jest wrote none
 * @param {number | null} run.exitCode
 * @param {string} run.output the end of what it printed
 * @returns {Outcome}
 */
export function readJestReport({ report, exitCode, output }) {
  if (report === undefined) {
    return outcome({ failed: 1, failures: [`Jest ended before it wrote its result:\n${output}`] })
  }
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  const broken = report.testResults.filter(failsOutsideItsTests)
  const failedSuites = report.testResults.filter(({ status }) => status === "failed")
  const read = outcome({
    passed: tests.filter(({ status }) => status === "passed").length,
    failed: tests.filter(({ status }) => status === "failed").length + broken.length,
    skipped: tests.filter(isSkipped).map(skippedTest),
    failures: failedSuites.map(({ name, message }) =>
      [name, message.trim(), ...lastWords(message, output)].join("\n")
    ),
  })
  // Jest fails for reasons that no test shows: a global teardown, a threshold of coverage.
  if (exitCode !== 0 && read.failed === 0 && read.passed > 0) {
    return { ...read, failed: 1, failures: [`Jest failed, though no test did:\n${output}`] }
  }
  return read
}

const ENDED = /worker process .*(was terminated|crashed)|ran out of memory/
const LAST_WORDS = /fatal error|assertion .*failed|check failed|heap/i

/**
 * Of a process that ended before its tests Jest tells the signal alone; Node itself printed why.
 *
 * @param {string} message the suite's
 * @param {string} output
 */
function lastWords(message, output) {
  return ENDED.test(message) ? output.split("\n").filter((line) => LAST_WORDS.test(line)) : []
}

const signs = { passed: "✓", failed: "✗" }

/**
 * A line for each test, in the order of their files.
 *
 * @param {JestReport | undefined} report
 */
export function testLines(report) {
  const suites = [...(report?.testResults ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1))
  return suites
    .flatMap(({ assertionResults }) => assertionResults)
    .map(({ status, fullName }) => {
      const sign = status === "passed" || status === "failed" ? signs[status] : "○"
      return `${sign} ${fullName}`
    })
}

/** @param {Partial<Outcome>} parts @returns {Outcome} */
function outcome(parts) {
  return { passed: 0, failed: 0, skipped: [], failures: [], ...parts }
}

/**
 * A file that can't be loaded, or an afterAll that throws.
 *
 * @param {SuiteReport} suite
 */
function failsOutsideItsTests({ status, assertionResults }) {
  return status === "failed" && !assertionResults.some((test) => test.status === "failed")
}

/** @param {{ status: string }} test */
function isSkipped({ status }) {
  return status !== "passed" && status !== "failed"
}

/** @param {{ fullName: string, status: string }} test */
function skippedTest({ fullName, status }) {
  const reason = REASON.exec(fullName)?.[1]
  return {
    name: fullName.replace(REASON, ""),
    reason: reason ?? `no reason given (${status}); write it into the name as [skipped: why]`,
  }
}
