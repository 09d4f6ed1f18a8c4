const WIDTH = 30

/**
 * Says what is being done while it is done, and then how long it took: one line each.
 *
 * @param {(text: string) => void} write
 * @param {() => number} now milliseconds
 */
export function progress(write, now) {
  const began = now()
  return {
    /**
     * @template Result
     * @param {string} name
     * @param {() => Promise<Result>} work
     * @returns {Promise<Result>}
     */
    async step(name, work) {
      write(`  ${name} ${".".repeat(Math.max(3, WIDTH - name.length))} `)
      const since = now()
      try {
        const result = await work()
        write(result === "unchanged" ? "unchanged\n" : `${seconds(now() - since)}\n`)
        return result
      } catch (error) {
        write("stopped\n")
        throw error
      }
    },
    total: () => seconds(now() - began),
  }
}

/** @typedef {ReturnType<typeof progress>} Progress */

/** @param {number} ms */
function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`
}
