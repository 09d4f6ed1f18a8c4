import { compare } from "../kit/comparison"
import { ceilingOf, lesser, ratiosOf, regressions } from "../kit/kept-ratios"

const rounds = (...cpus: number[]) => cpus.map((cpu) => ({ time: cpu, cpu }))

const call = (ours: number) =>
  compare(
    "A call",
    "",
    [
      { name: "ours", rounds: rounds(90, ours, 100) },
      { name: "bare undici", rounds: rounds(1, 2, 3) },
      { name: "theirs", rounds: rounds(20, 40, 60) },
    ],
    ["theirs"]
  )

describe("the ratios that are kept", () => {
  it("are ours alone, of the least rounds", () => {
    expect(ratiosOf([call(30)])).toEqual({ "A call": { ours: { theirs: 1.5 } } })
  })

  it("are worse only beyond what is noise", () => {
    const kept = ratiosOf([call(30)])
    const most = 20 * ceilingOf(1.5)
    expect(regressions(ratiosOf([call(most - 1)]), kept)).toEqual([])
    expect(regressions(ratiosOf([call(15)]), kept)).toEqual([])
    expect(regressions(ratiosOf([call(most + 1)]), kept)).toEqual([
      expect.stringMatching(
        /^A call: "ours" beside "theirs" takes 3.07 times as much, 1.5 is kept$/
      ),
    ])
  })

  it("are the lesser of two measurements, of which one was disturbed", () => {
    const [one, other] = [ratiosOf([call(30)]), ratiosOf([call(80)])]
    expect(lesser(other, one)).toEqual(one)
    expect(lesser(one, other)).toEqual(one)
  })

  it("have to be measured", () => {
    expect(regressions({}, ratiosOf([call(30)]))).toEqual([
      'A call: "ours" beside "theirs" is kept and was not measured',
    ])
  })
})
