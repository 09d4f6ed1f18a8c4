import { withTimeout } from "../with-timeout"

const late = (reason: string) => `unknown: ${reason}`

describe("A call within its time", () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it("gives its answer", async () => {
    expect(await withTimeout(async () => "paid", 1_000, late)).toBe("paid")
    expect(jest.getTimerCount()).toBe(0)
  })

  it("is unknown where it throws, now or later, and repeats no message", async () => {
    const throwing = async () => {
      throw new TypeError("account 998877")
    }
    expect(await withTimeout(throwing, 1_000, late)).toBe("unknown: TypeError")
    const atOnce = () => {
      throw new RangeError("account 998877")
    }
    expect(await withTimeout(atOnce, 1_000, late)).toBe("unknown: RangeError")
    expect(jest.getTimerCount()).toBe(0)
  })

  it("is unknown after its time, and tells of the answer that comes then", async () => {
    const told: string[] = []
    let answer: (text: string) => void = () => {}
    const hanging = new Promise<string>((resolve) => {
      answer = resolve
    })
    const result = withTimeout(
      () => hanging,
      1_000,
      late,
      (text) => told.push(text)
    )
    await jest.advanceTimersByTimeAsync(1_000)
    expect(await result).toBe("unknown: no answer in time")
    answer("paid")
    await jest.advanceTimersByTimeAsync(0)
    expect(told).toEqual(["paid"])
  })
})
