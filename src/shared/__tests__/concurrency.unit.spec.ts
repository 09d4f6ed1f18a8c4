import {
  inBatches,
  lookedUpOnce,
  mapConcurrent,
  rateLimiter,
  Semaphore,
  workThroughBatches,
} from "../concurrency"

/** Gives what is there, as much at a time as is asked for; what each call was asked for and gave. */
function pileOf(size: number) {
  let left = size
  const taken: number[] = []
  return {
    taken,
    take: async (limit: number) => {
      const now = Math.min(limit, left)
      left -= now
      taken.push(now)
      return now
    },
  }
}

it("takes until there is less than a batch", async () => {
  const pile = pileOf(25)
  await inBatches(10, pile.take)
  expect(pile.taken).toEqual([10, 10, 5])
})

it("asks once where nothing is due", async () => {
  const pile = pileOf(0)
  await inBatches(10, pile.take)
  expect(pile.taken).toEqual([0])
})

it("leaves the rest to the next run where it never ends", async () => {
  const pile = pileOf(Number.POSITIVE_INFINITY)
  await inBatches(10, pile.take)
  expect(pile.taken).toHaveLength(100)
})

describe("mapConcurrent", () => {
  it("does everything, never more at a time than it may", async () => {
    let underWay = 0
    let most = 0
    const done: number[] = []
    await mapConcurrent([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      most = Math.max(most, (underWay += 1))
      await new Promise((resolve) => setTimeout(resolve, 2))
      underWay -= 1
      done.push(item)
    })
    expect(most).toBe(3)
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  it("has nothing to do with nothing", async () => {
    await mapConcurrent([], 3, async () => {
      throw new Error("there is nothing")
    })
  })

  it("tells of what went wrong", async () => {
    const act = async () => {
      throw new Error("the database is away")
    }
    await expect(mapConcurrent([1, 2], 2, act)).rejects.toThrow("the database is away")
  })
})

describe("workThroughBatches", () => {
  const numbered = (size: number) => {
    const waiting = Array.from({ length: size }, (_, index) => index)
    return { waiting, take: async () => waiting.splice(0, 10) }
  }

  it("does everything, and takes the next batch before the last of one is done", async () => {
    const { take } = numbered(25)
    const done: number[] = []
    let endOfFirst = () => {}
    const first = new Promise<void>((resolve) => (endOfFirst = resolve))
    await workThroughBatches({ take, batch: 10, concurrency: 3 }, async (item) => {
      if (item === 0) {
        await first
      }
      if (item === 15) {
        endOfFirst()
      }
      done.push(item)
      return true
    })
    expect(done.sort((one, other) => one - other)).toEqual([...Array(25).keys()])
  })

  it("never works on more at a time than it may", async () => {
    let underWay = 0
    let most = 0
    await workThroughBatches({ ...numbered(40), batch: 10, concurrency: 4 }, async () => {
      most = Math.max(most, (underWay += 1))
      await new Promise((resolve) => setTimeout(resolve, 1))
      underWay -= 1
      return true
    })
    expect(most).toBe(4)
  })

  it("takes no more where a batch's worth in a row came to nothing", async () => {
    const { take, waiting } = numbered(100)
    await workThroughBatches({ take, batch: 10, concurrency: 2 }, async (item) => item < 30)
    // One batch more may have been taken while the last of the first one that failed was under way.
    expect(waiting.length).toBeGreaterThanOrEqual(50)
  })

  it("tells of what went wrong, in the work and in the taking", async () => {
    const away = async () => {
      throw new Error("the database is away")
    }
    const options = { ...numbered(20), batch: 10, concurrency: 2 }
    await expect(workThroughBatches(options, away)).rejects.toThrow("away")
    await expect(workThroughBatches({ ...options, take: away }, async () => true)).rejects.toThrow(
      "away"
    )
  })
})

describe("Semaphore", () => {
  it("lets so many run, and the others in their order, whatever becomes of each", async () => {
    const semaphore = new Semaphore(2)
    const begun: number[] = []
    let underWay = 0
    let most = 0
    const results = await Promise.allSettled(
      [0, 1, 2, 3, 4, 5].map((item) =>
        semaphore.run(async () => {
          begun.push(item)
          most = Math.max(most, (underWay += 1))
          await new Promise((resolve) => setTimeout(resolve, 1))
          underWay -= 1
          if (item % 2 === 1) {
            throw new Error("odd")
          }
          return item
        })
      )
    )
    expect(begun).toEqual([0, 1, 2, 3, 4, 5])
    expect(most).toBe(2)
    expect(results.map(({ status }) => status === "fulfilled")).toEqual([
      true,
      false,
      true,
      false,
      true,
      false,
    ])
  })
})

describe("rateLimiter", () => {
  it("lets so many through in a second, whoever waits", async () => {
    let now = 0
    const slept: number[] = []
    const tools = { clock: () => now, sleep: async (ms: number) => void slept.push(ms) }
    const turn = rateLimiter(4, async () => 0, tools)
    await Promise.all([turn(), turn(), turn()])
    expect(slept).toEqual([250, 500])
    now = 10_000
    await turn()
    expect(slept).toHaveLength(2)
  })

  it("shares its pace with all who reserve their time at the same place", async () => {
    let free = 0
    const reserve = async (ms: number) => {
      free += ms
      return free - ms
    }
    const begun: number[] = []
    const tools = { clock: () => 0, sleep: async (ms: number) => void begun.push(ms) }
    const turns = [rateLimiter(20, reserve, tools), rateLimiter(20, reserve, tools)]
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        await turns[index % 2]!()
      })
    )
    expect(Math.max(...begun)).toBe(39 * 50)
    expect(new Set(begun).size).toBe(39)
  })

  it("goes on where a reservation failed once", async () => {
    const reserve = jest.fn(async () => 0).mockRejectedValueOnce(new Error("the database is away"))
    const turn = rateLimiter(4, reserve, { clock: () => 0, sleep: async () => undefined })
    await expect(turn()).rejects.toThrow("the database is away")
    await expect(turn()).resolves.toBeUndefined()
  })
})

describe("lookedUpOnce", () => {
  it("looks once for each key, however many ask at once", async () => {
    const look = jest.fn(async ({ name }: { name: string }) => name)
    const nameOf = lookedUpOnce(look)
    const [one, other] = [{ name: "one" }, { name: "other" }]
    expect(await Promise.all([one, one, other, one].map(nameOf))).toEqual([
      "one",
      "one",
      "other",
      "one",
    ])
    expect(look).toHaveBeenCalledTimes(2)
  })

  it("looks again after a look that failed", async () => {
    const look = jest.fn(async () => true).mockRejectedValueOnce(new Error("the database is away"))
    const isThere = lookedUpOnce(look)
    const key = {}
    await expect(isThere(key)).rejects.toThrow("the database is away")
    expect(await isThere(key)).toBe(true)
    expect(await isThere(key)).toBe(true)
    expect(look).toHaveBeenCalledTimes(2)
  })
})
