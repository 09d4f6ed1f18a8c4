/**
 * @template Row
 * @typedef {object} Step
 * @property {string} name
 * @property {() => Promise<Partial<Row> | void>} take resolves with what the row says of it
 */

/**
 * Takes one step after the other, up to the first that fails.
 *
 * @template Row
 * @param {readonly Step<Row>[]} steps
 * @returns {Promise<{ row: Partial<Row>, failure?: string }>}
 */
export async function takeSteps(steps) {
  /** @type {Partial<Row>} */
  let row = {}
  for (const { name, take } of steps) {
    try {
      row = { ...row, ...(await take()) }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return { row, failure: `"${name}" failed: ${message}` }
    }
  }
  return { row }
}
