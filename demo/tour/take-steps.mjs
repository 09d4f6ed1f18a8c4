/**
 * @typedef {object} Step
 * @property {string} name
 * @property {() => Promise<{ medusa: string, gateway: string }>} take resolves with what each says afterwards
 */

/** @typedef {{ name: string, medusa: string, gateway: string, ms: number }} Row */

/**
 * Takes one step after the other, up to the first that fails.
 *
 * @param {readonly Step[]} steps
 * @param {() => number} now milliseconds
 * @returns {Promise<{ rows: Row[], failure?: string }>}
 */
export async function takeSteps(steps, now = () => performance.now()) {
  /** @type {Row[]} */
  const rows = []
  for (const { name, take } of steps) {
    const since = now()
    try {
      const said = await take()
      rows.push({ name, ...said, ms: now() - since })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      rows.push({ name, medusa: `failed: ${message}`, gateway: "", ms: now() - since })
      return { rows, failure: `"${name}" failed: ${message}` }
    }
  }
  return { rows }
}
