import { inLanes, turnstile } from "../lanes"

const atOnce = async () => undefined

describe("inLanes", () => {
  it("does everything, never more at a time than there are lanes", async () => {
    let underWay = 0
    let most = 0
    const done: number[] = []
    await inLanes([1, 2, 3, 4, 5, 6, 7], 3, atOnce, async (item) => {
      most = Math.max(most, (underWay += 1))
      await new Promise((resolve) => setTimeout(resolve, 2))
      underWay -= 1
      done.push(item)
    })
    expect(most).toBe(3)
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  it("has nothing to do with nothing", async () => {
    await inLanes([], 3, atOnce, async () => {
      throw new Error("there is nothing")
    })
  })

  it("tells of what went wrong", async () => {
    const act = async () => {
      throw new Error("the database is away")
    }
    await expect(inLanes([1, 2], 2, atOnce, act)).rejects.toThrow("the database is away")
  })
})

describe("turnstile", () => {
  it("lets so many through in a second, whoever waits", async () => {
    let now = 0
    const slept: number[] = []
    const turn = turnstile(4, {
      clock: () => now,
      sleep: async (ms) => {
        slept.push(ms)
      },
    })
    await Promise.all([turn(), turn(), turn()])
    expect(slept).toEqual([250, 500])
    now = 10_000
    await turn()
    expect(slept).toHaveLength(2)
  })
})
