import { Faults } from "../faults"

describe("Faults", () => {
  it("refuses a kind that does not exist, and says so", () => {
    expect(() => new Faults().addUnchecked({ kind: "gremlin", path: "/a" })).toThrow(/Not a fault/)
  })

  it("refuses a field that the kind does not have", () => {
    expect(() =>
      new Faults().addUnchecked({ kind: "answer-lost", path: "/a", status: 500 })
    ).toThrow(/status/)
  })

  it("refuses to strike zero times", () => {
    expect(() => new Faults().add({ kind: "answer-lost", path: "/a", times: 0 })).toThrow(/times/)
  })

  it("leaves other paths alone", () => {
    const faults = new Faults()
    faults.add({ kind: "answer-lost", path: "/a" })
    expect(faults.strike("/b")).toEqual({ latencyMs: 0, fault: undefined })
    expect(faults.waiting()).toHaveLength(1)
  })

  it("strikes once where nothing else is said", () => {
    const faults = new Faults()
    faults.add({ kind: "answer-lost", path: "/a" })
    expect(faults.strike("/a").fault?.kind).toBe("answer-lost")
    expect(faults.strike("/a").fault).toBeUndefined()
    expect(faults.waiting()).toEqual([])
  })

  it("strikes as often as it was told", () => {
    const faults = new Faults()
    faults.add({ kind: "unauthorized", path: "/a", times: 2 })
    expect([1, 2, 3].map(() => faults.strike("/a").fault?.kind)).toEqual([
      "unauthorized",
      "unauthorized",
      undefined,
    ])
  })

  it("strikes for ever until it is cleared", () => {
    const faults = new Faults()
    faults.add({ kind: "unauthorized", path: "*", times: "forever" })
    for (let call = 0; call < 50; call += 1) expect(faults.strike(`/${call}`).fault).toBeDefined()
    faults.clear()
    expect(faults.strike("/a").fault).toBeUndefined()
  })

  it("strikes in the order the faults were added", () => {
    const faults = new Faults()
    faults.add({ kind: "http-error", path: "/a" })
    faults.add({ kind: "html", path: "/a" })
    expect(faults.strike("/a").fault?.kind).toBe("http-error")
    expect(faults.strike("/a").fault?.kind).toBe("html")
  })

  it("adds latency to another fault of the same call", () => {
    const faults = new Faults()
    faults.add({ kind: "answer-lost", path: "/a" })
    faults.add({ kind: "latency", path: "/a", ms: 30 })
    expect(faults.strike("/a")).toMatchObject({ latencyMs: 30, fault: { kind: "answer-lost" } })
  })
})
