/**
 * Works through all of them, at most so many at the same time. Rejects with the first error; the others go on.
 *
 * Of our own: p-limit is an ES module since its version 4, which CommonJS can require from Node 20.19 on only, and Jest
 * not at all; the versions before are not kept up any more.
 */
export async function mapConcurrent<Item>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<void>
): Promise<void> {
  const waiting = items.values() // one for all workers: each takes the next
  const workThrough = async () => {
    for (const item of waiting) {
      await work(item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, workThrough))
}

/** Runs work, at most so much of it at the same time; what is too much waits for its turn, in its order. */
export class Semaphore {
  readonly #waiting: (() => void)[] = []
  #free: number

  constructor(atOnce: number) {
    this.#free = atOnce
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) {
      this.#free -= 1
    } else {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    try {
      return await work()
    } finally {
      // Handed on, so that nobody who comes at this moment is served before those who wait.
      const next = this.#waiting.shift()
      if (next) {
        next()
      } else {
        this.#free += 1
      }
    }
  }
}

type RateTools = {
  /** Milliseconds that only go forward. */
  clock: () => number
  sleep: (ms: number) => Promise<unknown>
}

/** So many turns are reserved at a time, so that the reservation costs little beside what is paced. */
const turnsAtOnce = 5

/**
 * A function that resolves when the next call may be begun, so many of them in a second by all who reserve their time
 * at the same place.
 *
 * @param reserve takes so many milliseconds for this caller alone, and answers in how many they begin
 */
export function rateLimiter(
  perSecond: number,
  reserve: (ms: number) => Promise<number>,
  { clock, sleep }: RateTools
): () => Promise<void> {
  const turnMs = 1_000 / perSecond
  let left = 0
  let next = 0
  let last: Promise<unknown> = Promise.resolve()
  const takeTurn = async () => {
    if (left === 0) {
      next = (await reserve(turnMs * turnsAtOnce)) + clock()
      left = turnsAtOnce
    }
    left -= 1
    // Where the calls are slower than their turns, those that were missed are not made up for.
    const turn = Math.max(next, clock())
    next = turn + turnMs
    return turn
  }
  return async () => {
    const turn = last.then(takeTurn, takeTurn)
    last = turn
    const waitMs = (await turn) - clock()
    if (waitMs > 0) {
      await sleep(waitMs)
    }
  }
}

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

type Refilled<Item> = {
  /** So many at most; fewer mean that there are no more. */
  take: () => Promise<readonly Item[]>
  batch: number
  /** So many are worked on at the same time, whichever batch they are of. */
  concurrency: number
}

/**
 * Works through all that there is, taking the next batch while the last ones of the one before are still worked on. Where
 * a batch's worth in a row has come to nothing, no more is taken. Rejects with the first error; the others go on.
 *
 * @param work whether it came to something
 */
export async function workThroughBatches<Item>(
  { take, batch, concurrency }: Refilled<Item>,
  work: (item: Item) => Promise<boolean>
): Promise<void> {
  const waiting: Item[] = []
  let hasMore = true
  let inVain = 0
  let taking: Promise<void> | undefined
  const takeMore = async () => {
    const taken = await take()
    hasMore = taken.length === batch
    waiting.push(...taken)
  }
  const workThrough = async () => {
    for (;;) {
      const item = waiting.shift()
      if (item !== undefined) {
        inVain = (await work(item)) ? 0 : inVain + 1
        continue
      }
      if (taking === undefined && (!hasMore || inVain >= batch)) {
        return
      }
      // One takes for all.
      taking ??= takeMore().finally(() => (taking = undefined))
      await taking
    }
  }
  await Promise.all(Array.from({ length: concurrency }, workThrough))
}

/**
 * Runs one piece of work for each key at a time in this process. Who asks for a key while its work runs gets the
 * same result, or the same error.
 */
export class SingleFlight<Result> {
  readonly #running = new Map<string, Promise<Result>>()

  run(key: string, work: () => Promise<Result>): Promise<Result> {
    const running = this.#running.get(key)
    if (running) {
      return running
    }
    const begun = work().finally(() => this.#running.delete(key))
    this.#running.set(key, begun)
    return begun
  }
}

/**
 * A look-up that is made once for each key, by whoever asks first. One that failed says nothing: the next who asks looks
 * again.
 */
export function lookedUpOnce<Key extends object, Value>(
  lookUp: (key: Key) => PromiseLike<Value>
): (key: Key) => Promise<Value> {
  const known = new WeakMap<Key, Promise<Value>>()
  return async (key) => {
    // Through a promise of its own, because a query of knex's runs again each time that it is awaited.
    const found = known.get(key) ?? Promise.resolve(lookUp(key))
    known.set(key, found)
    try {
      return await found
    } catch (error) {
      known.delete(key)
      throw error
    }
  }
}
