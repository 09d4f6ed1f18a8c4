/** What happens by itself after a while; nothing of it once the sandbox is closed. */
export class Later {
  readonly #timers = new Set<NodeJS.Timeout>()

  /** @param ms never, where null */
  after(ms: number | null, act: () => void): void {
    if (ms === null) return
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      act()
    }, ms)
    this.#timers.add(timer)
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }
}
