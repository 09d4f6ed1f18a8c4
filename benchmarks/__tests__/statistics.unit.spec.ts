import { summarize, summarizeRatios } from "../kit/statistics"

describe("summarize", () => {
  it("refuses values without a middle", () => {
    expect(() => summarize([])).toThrow(RangeError)
    expect(() => summarize([1, NaN, 3])).toThrow(RangeError)
  })

  it("finds the middle whatever the order, and leaves the values as they were", () => {
    const values = [50, 10, 40, 20, 30]
    expect(summarize(values)).toEqual({ median: 30, low: 20, high: 40 })
    expect(values).toEqual([50, 10, 40, 20, 30])
  })

  it("sorts by size and not by the digits' order", () => {
    expect(summarize([9, 10, 100]).median).toBe(10)
  })

  it("takes the middle between two values where none is in the middle", () => {
    expect(summarize([1, 2, 4, 8])).toEqual({ median: 3, low: 1.75, high: 5 })
  })

  it("takes one value for its own middle and quartiles", () => {
    expect(summarize([7])).toEqual({ median: 7, low: 7, high: 7 })
  })

  it("is not moved by one round in which the machine stood still", () => {
    expect(summarize([10, 11, 12, 13, 1_000_000]).median).toBe(12)
  })
})

describe("summarizeRatios", () => {
  it("refuses to compare what is not of the same rounds", () => {
    expect(() => summarizeRatios([1, 2], [1])).toThrow(RangeError)
  })

  it("compares round by round: what slows a whole round down slows both", () => {
    expect(summarizeRatios([20, 200, 40], [10, 100, 20])).toEqual({ median: 2, low: 2, high: 2 })
  })

  it("takes the middle of the ratios, which is not the ratio of the middles", () => {
    // Three times as slow in two rounds of three, though the middles are 30 and 15.
    expect(summarizeRatios([30, 60, 4], [10, 20, 15]).median).toBe(3)
  })
})
