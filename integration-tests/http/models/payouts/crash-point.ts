/** A promise that nobody keeps: what a crash leaves of everything that was under way. */
const never = new Promise<never>(() => {})

/**
 * Where a server of the shop can die: before each statement that it sends to the database, and before and after
 * each call to the gateway. From then on nothing that it does reaches anybody.
 */
export class CrashPoint {
  #isDead = false
  #left: number | undefined
  #onCrash: () => void = () => {}
  readonly #corpses: (() => void)[] = []

  /** It dies when so many more steps were taken. @returns when it has died */
  arm(steps: number): Promise<void> {
    this.#left = steps
    return new Promise((resolve) => {
      this.#onCrash = resolve
    })
  }

  disarm(): void {
    this.#left = undefined
  }

  get isDead(): boolean {
    return this.#isDead
  }

  /** What is cut off when it dies, such as its connections. */
  onDeath(cutOff: () => void): void {
    this.#corpses.push(cutOff)
  }

  async pass(): Promise<void> {
    if (this.#left === 0) {
      this.#isDead = true
      this.#left = undefined
      this.#corpses.forEach((cutOff) => cutOff())
      this.#onCrash()
    }
    if (this.#isDead) {
      return await never
    }
    if (this.#left !== undefined) {
      this.#left -= 1
    }
  }
}
