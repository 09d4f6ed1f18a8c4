import { randomFrom, simulate } from "../simulation/simulate"

const costs = { cpuBefore: 10, cpuAfter: 40, gateway: 100 }

describe("the simulation of messages", () => {
  it("has a message of an idle shop take what it costs", () => {
    const load = { perSecond: 1, workers: 4, atOnce: 4, seconds: 600 }
    const { median, busy, left } = simulate(costs, load, randomFrom(1))
    expect(median).toBeGreaterThan(100)
    expect(median).toBeLessThan(150)
    expect(busy).toBeCloseTo((1 * 50) / 1_000 / 4, 2)
    expect(left).toBeLessThan(5)
  })

  it("leaves messages where there are more than the workers' threads can bear", () => {
    const load = { perSecond: 50, workers: 2, atOnce: 4, seconds: 60 }
    const { busy, left } = simulate(costs, load, randomFrom(1))
    expect(busy).toBeGreaterThan(0.9)
    // Two threads make 40 a second, and fewer while all places of one wait for answers.
    expect(left).toBeGreaterThan(500)
    expect(left).toBeLessThan(1_000)
  })

  it("leaves messages where a slow gateway holds all places, though threads are idle", () => {
    const load = { perSecond: 10, workers: 1, atOnce: 4, seconds: 60 }
    const { busy, left } = simulate({ ...costs, gateway: 1_000 }, load, randomFrom(1))
    expect(busy).toBeLessThan(0.3)
    expect(left).toBeGreaterThan(300)
  })

  it("is the same for the same seed", () => {
    const load = { perSecond: 20, workers: 2, atOnce: 4, seconds: 10 }
    expect(simulate(costs, load, randomFrom(7))).toEqual(simulate(costs, load, randomFrom(7)))
  })
})
