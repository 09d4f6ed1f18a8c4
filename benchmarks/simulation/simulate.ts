/** What the way of a message to an order costs; milliseconds. */
export type MessageCosts = {
  /** Of a server's one thread: to claim the message, before the gateway is asked. */
  cpuBefore: number
  /** The same to book the payment and make the order, once it has answered. */
  cpuAfter: number
  /** Until the gateway answers, on average; some take several times as long. */
  gateway: number
}

export type Simulated = {
  /** From the message's arrival to its order, in milliseconds. */
  median: number
  p99: number
  /** How much of their time the workers' threads are busy, from 0 to 1. */
  busy: number
  /** Messages that had no order at the end of the time. */
  left: number
}

type Event = { at: number; run: () => void }

/**
 * Messages that arrive at random, so many a second, at workers that each have one thread and work on so many messages at
 * once, the oldest first: as `WebhookWorker` does. What the database takes is in none of it: it is counted by itself.
 */
export function simulate(
  costs: MessageCosts,
  load: { perSecond: number; workers: number; atOnce: number; seconds: number },
  random: () => number
): Simulated {
  const events = new EventQueue()
  const end = load.seconds * 1_000
  const workers = Array.from({ length: load.workers }, () => ({
    free: load.atOnce,
    threadFreeAt: 0,
    busy: 0,
  }))
  type Worker = (typeof workers)[number]
  const waiting: number[] = []
  const took: number[] = []
  let arrived = 0

  const onThread = (worker: Worker, now: number, cost: number, then: (at: number) => void) => {
    const done = Math.max(now, worker.threadFreeAt) + cost
    worker.threadFreeAt = done
    worker.busy += cost
    events.add({ at: done, run: () => then(done) })
  }
  const begin = (now: number) => {
    // Servers that have nothing to do are the first to claim.
    const worker = workers.reduce((one, other) => (other.free > one.free ? other : one))
    const since = worker.free > 0 ? waiting.shift() : undefined
    if (since === undefined) {
      return
    }
    worker.free -= 1
    onThread(worker, now, costs.cpuBefore, (claimed) => {
      const answered = claimed + exponential(costs.gateway, random)
      events.add({
        at: answered,
        run: () =>
          onThread(worker, answered, costs.cpuAfter, (done) => {
            took.push(done - since)
            worker.free += 1
            begin(done)
          }),
      })
    })
  }
  const arrive = (at: number) => {
    if (at >= end) {
      return
    }
    arrived += 1
    waiting.push(at)
    begin(at)
    const next = at + exponential(1_000 / load.perSecond, random)
    events.add({ at: next, run: () => arrive(next) })
  }

  arrive(exponential(1_000 / load.perSecond, random))
  for (let next = events.next(); next && next.at <= end; next = events.next()) {
    next.run()
  }
  took.sort((one, other) => one - other)
  const at = (part: number) =>
    took[Math.min(took.length - 1, Math.floor(part * took.length))] ?? NaN
  const busy = workers.reduce((sum, worker) => sum + Math.min(worker.busy, end), 0)
  return {
    median: at(0.5),
    p99: at(0.99),
    busy: busy / end / workers.length,
    left: arrived - took.length,
  }
}

function exponential(mean: number, random: () => number): number {
  return -Math.log(1 - random()) * mean
}

/** Random numbers that are the same for the same seed (mulberry32), from 0 to below 1. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A binary heap: the earliest event first. */
class EventQueue {
  readonly #events: Event[] = []

  add(event: Event): void {
    const events = this.#events
    let place = events.push(event) - 1
    while (place > 0) {
      const above = (place - 1) >> 1
      if (this.#at(above) <= event.at) {
        break
      }
      this.#swap(place, above)
      place = above
    }
  }

  next(): Event | undefined {
    const events = this.#events
    const [first] = events
    const last = events.pop()
    if (!first || !last || events.length === 0) {
      return first
    }
    events[0] = last
    for (let place = 0; ;) {
      const [left, right] = [2 * place + 1, 2 * place + 2]
      const least = this.#at(right) < this.#at(left) ? right : left
      if (this.#at(least) >= this.#at(place)) {
        return first
      }
      this.#swap(place, least)
      place = least
    }
  }

  #at(place: number): number {
    return this.#events[place]?.at ?? Infinity
  }

  #swap(one: number, other: number): void {
    const [first, second] = [this.#events[one], this.#events[other]]
    if (first && second) {
      this.#events[one] = second
      this.#events[other] = first
    }
  }
}
