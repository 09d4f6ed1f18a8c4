/** A run of a job ends even where more comes while it works; the next run goes on. */
const mostBatches = 100

/** Takes what is due, so many at a time, until there are fewer. `take` tells how many it took. */
export async function inBatches(
  batch: number,
  take: (limit: number) => Promise<number>
): Promise<void> {
  for (let done = 0; done < mostBatches; done++) {
    if ((await take(batch)) < batch) {
      return
    }
  }
}

/** How a gateway may be asked: so many questions at once, and so many begun in a second. */
export type Pace = { lanes: number; perSecond: number }

type PaceTools = {
  /** Milliseconds that only go forward. */
  clock: () => number
  sleep: (ms: number) => Promise<unknown>
}

/** Resolves when the next question may be begun. */
export function turnstile(perSecond: number, { clock, sleep }: PaceTools): () => Promise<void> {
  let free = clock()
  return async () => {
    const now = clock()
    const turn = Math.max(now, free)
    free = turn + 1_000 / perSecond
    if (turn > now) {
      await sleep(turn - now)
    }
  }
}

/** Does all of it, at most so many at a time, each begun when it has its turn. Rejects with the first error. */
export async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  turn: () => Promise<void>,
  act: (item: Item) => Promise<void>
): Promise<void> {
  const waiting = items.values() // one for all lanes: each takes the next
  const lane = async () => {
    for (const item of waiting) {
      await turn()
      await act(item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane))
}
