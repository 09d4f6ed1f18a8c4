import { delayOfNextTry } from "../next-try"

const minuteMs = 60_000

/** How long each try waits for the next, from the first until it is given up. */
function delays(): number[] {
  const found: number[] = []
  for (let attempts = 1; ; attempts += 1) {
    const delay = delayOfNextTry(attempts)
    if (delay === null) {
      return found
    }
    found.push(delay)
  }
}

describe("a message that could not be worked on", () => {
  it("is tried again soon, and later each time", () => {
    const growing = delays()
    expect(growing[0]).toBeLessThanOrEqual(minuteMs)
    expect(growing).toEqual([...new Set(growing)].sort((a, b) => a - b))
  })

  it("has more than a day for its gateway to come back, and not much more", () => {
    const hours = delays().reduce((sum, delay) => sum + delay, 0) / (60 * minuteMs)
    expect(hours).toBeGreaterThan(24)
    expect(hours).toBeLessThan(48)
  })

  it("is given up after its eighth try, and stays so", () => {
    expect(delayOfNextTry(7)).not.toBeNull()
    expect(delayOfNextTry(8)).toBeNull()
    expect(delayOfNextTry(9)).toBeNull()
  })
})
