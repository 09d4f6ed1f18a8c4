/**
 * What came of one step.
 *
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {{ name: string, reason: string }[]} skipped
 * @property {string[]} failures in full, for whoever has to mend them
 */

/** @typedef {{ step: string, seconds: number, outcome: Outcome }} StepResult */

/** @param {string} failure @returns {Outcome} of a step that did not get as far as its tests */
export function failedOutcome(failure) {
  return { passed: 0, failed: 1, skipped: [], failures: [failure] }
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

/**
 * A step that ran nothing proves nothing: a wrong file pattern must not look like success.
 *
 * @param {Outcome} outcome
 * @returns {Outcome}
 */
export function mustHaveRun(outcome) {
  if (outcome.passed + outcome.failed > 0) return outcome
  return { ...outcome, failed: 1, failures: ["This step ran no test."] }
}

/** @param {Outcome} outcome @returns {string} */
export function counts({ passed, failed, skipped }) {
  const both = `${passed} passed, ${failed} failed`
  return skipped.length === 0 ? both : `${both}, ${skipped.length} skipped`
}

/**
 * The end of the run. Its last line is what others read.
 *
 * @param {StepResult[]} results
 * @returns {string[]}
 */
export function summaryLines(results) {
  const width = Math.max(...results.map(({ step }) => step.length), 0)
  const skipped = results.flatMap(({ step, outcome }) =>
    outcome.skipped.map(({ name, reason }) => `  ${step}: ${name}: ${reason}`)
  )
  return [
    ...results.map(
      ({ step, seconds, outcome }) =>
        `  ${step.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${counts(outcome)}`
    ),
    ...(skipped.length === 0 ? [] : ["", "Skipped:", ...skipped]),
    "",
    counts(addUp(results.map(({ outcome }) => outcome))),
  ]
}
