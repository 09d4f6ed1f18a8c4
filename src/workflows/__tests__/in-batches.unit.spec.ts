import { inBatches } from "../in-batches"

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
