/**
 * @typedef {import("./jest-report.mjs").JestReport} JestReport
 * @typedef {import("./jest-report.mjs").SuiteReport} SuiteReport
 */

// How Node ends itself when it, and not the program that it runs, is at fault. A program that outgrows its memory
// is not among them: jest tells it apart.
const CRASH =
  /jest worker process \(pid=\d+\) was terminated .*signal=(SIG(?:ABRT|SEGV|BUS|ILL|TRAP))\b/

/**
 * The spec files of which Node crashed before any test of them had ended. Node's modules in a VM, which Medusa needs
 * under jest, are an experiment and now and then bring a process of Node 20 down.
 *
 * @param {JestReport | undefined} report
 * @returns {{ name: string, signal: string }[]}
 */
export function crashedSuites(report) {
  return (report?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const signal = CRASH.exec(message)?.[1]
    const isCrash = status === "failed" && assertionResults.length === 0 && signal !== undefined
    return isCrash ? [{ name, signal }] : []
  })
}

/**
 * What was run once more takes the place of what had crashed.
 *
 * @param {JestReport} report
 * @param {JestReport} repeated
 * @returns {JestReport}
 */
export function withRepeated(report, repeated) {
  const again = new Set(repeated.testResults.map(({ name }) => name))
  return {
    ...repeated,
    testResults: [
      ...report.testResults.filter(({ name }) => !again.has(name)),
      ...repeated.testResults,
    ],
  }
}

const LAST_WORDS = /fatal error|assertion .*failed|check failed|^\s*\d+: 0x/i

/**
 * What Node itself printed when it crashed.
 *
 * @param {string} output
 * @returns {string[]}
 */
export function lastWords(output) {
  return output
    .split("\n")
    .filter((line) => LAST_WORDS.test(line))
    .slice(0, 20)
}
