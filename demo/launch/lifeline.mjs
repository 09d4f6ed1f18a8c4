/** Knows what runs: `signal` tells all that is under way to end, `release` stops what was started, the last first. */
export class Lifeline {
  #cutter = new AbortController()
  /** @type {(() => Promise<void>)[]} */
  #stops = []

  /** Aborted when somebody at the terminal wants everything to stop. */
  get signal() {
    return this.#cutter.signal
  }

  /** Ctrl-C. A second one ends the process on the spot; its children notice, see dies-with-parent.mjs. */
  cut() {
    if (this.signal.aborted) process.exit(130)
    this.#cutter.abort()
  }

  /** @param {() => Promise<void>} stop */
  add(stop) {
    this.#stops.push(stop)
  }

  async release() {
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) await stop()
  }
}
