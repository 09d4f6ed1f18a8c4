/**
 * Runs one piece of work for each key at a time in this process. Who asks for a key while its work runs gets the
 * same result, or the same error.
 */
export class SingleFlight<Result> {
  readonly #running = new Map<string, Promise<Result>>()

  run(key: string, work: () => Promise<Result>): Promise<Result> {
    const running = this.#running.get(key)
    if (running) {
      return running
    }
    const begun = work().finally(() => this.#running.delete(key))
    this.#running.set(key, begun)
    return begun
  }
}
