type Body = (...row: unknown[]) => unknown
type Scenario = { readonly name: string; readonly run: () => unknown }

/** The scenarios of a suite, taken in place of being registered with Jest, so that a test can see one fail. */
export class Scenarios {
  readonly #all: Scenario[] = []
  readonly #afterEach: (() => unknown)[] = []

  /** @param register calls the suite */
  constructor(register: () => void) {
    const { describe, it, afterEach } = globalThis
    Object.assign(globalThis, {
      describe: this.#block((_name, body) => body()),
      it: this.#block((name, run) => this.#all.push({ name, run })),
      afterEach: (run: () => unknown) => this.#afterEach.push(run),
    })
    try {
      register()
    } finally {
      Object.assign(globalThis, { describe, it, afterEach })
    }
  }

  /** What the first scenario that begins so ends with; undefined where it passes. */
  async failureOf(beginning: string): Promise<Error | undefined> {
    const scenario = this.#all.find(({ name }) => name.startsWith(beginning))
    if (!scenario) {
      throw new Error(`No scenario begins with "${beginning}"`)
    }
    const [result] = await Promise.allSettled([Promise.resolve().then(scenario.run)])
    for (const run of this.#afterEach) {
      await run()
    }
    return result.status === "rejected" ? (result.reason as Error) : undefined
  }

  /** `describe` or `it`, with its `each`: names stay as they are written, of each row the first one counts. */
  #block(add: (name: string, body: () => unknown) => unknown) {
    const block = (name: string, body: () => unknown) => void add(name, body)
    const each = (rows: readonly unknown[]) => (name: string, body: Body) =>
      rows.forEach((row) => add(name, () => body(...[row].flat())))
    return Object.assign(block, { each })
  }
}
