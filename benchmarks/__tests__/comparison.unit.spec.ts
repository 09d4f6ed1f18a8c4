import { compare } from "../kit/comparison"
import { concurrent, immediate } from "../kit/subjects"
import { table } from "../kit/table"

const ours = { name: "ours", rounds: [30, 60, 90].map((time) => ({ time, cpu: time / 2 })) }
const theirs = { name: "theirs", rounds: [20, 40, 60].map((time) => ({ time, cpu: time / 4 })) }

describe("compare", () => {
  it("refuses a comparison with somebody who was not measured", () => {
    expect(() => compare("A call", "", [ours], ["theirs"])).toThrow(/"theirs".*not measured/)
  })

  it("tells each one's times, and how many times the other's they are", () => {
    const [first] = compare("A call", "", [ours, theirs], ["theirs"]).subjects
    expect(first).toMatchObject({ name: "ours", time: { median: 60, low: 45, high: 75 } })
    expect(first?.perSecond).toBeCloseTo(16_666.7, 1)
    expect(first?.ratios.theirs?.time.median).toBeCloseTo(1.5)
    expect(first?.ratios.theirs?.cpu.median).toBeCloseTo(3)
    expect(first?.leastCpu).toBe(15)
    expect(first?.ratios.theirs?.leastCpu).toBeCloseTo(3)
  })
})

describe("table", () => {
  it("has a line for each one, in columns", () => {
    const lines = table(compare("A call", "of 20 bytes", [ours, theirs], ["theirs"])).split("\n")
    expect(lines.slice(0, 3)).toEqual(["A call", "of 20 bytes", ""])
    expect(lines[4]).toMatch(
      /^ {2}ours +16,667 +60\.0 +45\.0 - 75\.0 +30\.0 +15\.0 +1\.50 \(1\.50 - 1\.50\)/
    )
    expect(lines[5]).toMatch(/^ {2}theirs +25,000 .* 1 +1 +1$/)
    expect(lines[4]?.indexOf("16,667")).toBe(lines[5]?.indexOf("25,000"))
  })
})

describe("subjects", () => {
  it("act exactly as often as they are told", async () => {
    const counts: number[] = []
    await immediate("sync", (count) => counts.push(count)).run(3)
    expect(counts).toEqual([0, 1, 2])

    let calls = 0
    await concurrent("async", 64, async () => (calls += 1)).run(100)
    expect(calls).toBe(100)
  })

  it("keep as many under way as they may, and no more", async () => {
    let now = 0
    let most = 0
    await concurrent("async", 8, async () => {
      most = Math.max(most, ++now)
      await new Promise(setImmediate)
      now--
    }).run(50)
    expect(most).toBe(8)
  })

  it("fail when one of their calls fails", async () => {
    const failing = concurrent("async", 2, () => Promise.reject(new Error("refused")))
    await expect(failing.run(4)).rejects.toThrow("refused")
  })
})
