import { measureSideBySide, type Meter, type Subject } from "../kit/measure"

const plan = { rounds: 4, roundMs: 10, warmUpMs: 20 }

/** A machine on which each subject costs what it says, in microseconds of time; a tenth of it is CPU. */
class FakeMachine {
  readonly order: string[] = []
  #now = 0

  readonly meter: Meter = { time: () => this.#now, cpu: () => this.#now / 10 }

  subject(name: string, cost: number): Subject {
    return {
      name,
      run: async (times) => {
        this.order.push(name)
        this.#now += cost * times
      },
    }
  }
}

describe("measureSideBySide", () => {
  it("tells what one operation cost, whatever it costs", async () => {
    const machine = new FakeMachine()
    const subjects = [machine.subject("quick", 2), machine.subject("slow", 500)]
    const [quick, slow] = await measureSideBySide(subjects, plan, machine.meter)
    expect(quick?.rounds).toHaveLength(4)
    quick?.rounds.forEach(({ time, cpu }) => {
      expect(time).toBeCloseTo(2)
      expect(cpu).toBeCloseTo(0.2)
    })
    slow?.rounds.forEach(({ time }) => expect(time).toBeCloseTo(500))
  })

  it("lets the subjects take turns, each round beginning with the next", async () => {
    const machine = new FakeMachine()
    const subjects = ["a", "b", "c"].map((name) => machine.subject(name, 100))
    await measureSideBySide(subjects, plan, machine.meter)
    expect(machine.order.slice(-12).join("")).toBe("abc" + "bca" + "cab" + "abc")
  })

  it("warms up before the first round, and does not count it", async () => {
    const machine = new FakeMachine()
    let runs = 0
    const compiled: Subject = {
      name: "compiled after a while",
      run: (times) => machine.subject("", runs++ < 3 ? 4_000 : 10).run(times),
    }
    const [measured] = await measureSideBySide([compiled], plan, machine.meter)
    measured?.rounds.forEach(({ time }) => expect(time).toBeCloseTo(10))
  })

  it("fails with what a subject fails with", async () => {
    const failing: Subject = { name: "failing", run: () => Promise.reject(new Error("no answer")) }
    await expect(measureSideBySide([failing], plan)).rejects.toThrow("no answer")
  })
})
