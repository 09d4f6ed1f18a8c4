import { setImmediate as turn } from "node:timers/promises"
import { delayOfNextTry } from "../process-webhook"
import { WebhookWorker } from "../webhook-worker"

/** In turns of the event loop: longer than it takes to find the next one. */
const workTakes = 10

/** Messages that wait, and what it takes to work on each of them. */
class FakeInbox {
  readonly waiting: string[] = []
  readonly begun: string[] = []
  atWork = 0
  most = 0
  looks = 0
  failsNext = false

  readonly workOnNext = async (onMore: () => void): Promise<boolean> => {
    this.looks += 1
    if (this.failsNext) {
      this.failsNext = false
      throw new Error("the database is away")
    }
    const next = this.waiting.shift()
    await turn()
    if (next === undefined) {
      return false
    }
    const hasMore = this.waiting.length > 0
    if (hasMore) {
      onMore()
    }
    this.begun.push(next)
    this.atWork += 1
    this.most = Math.max(this.most, this.atWork)
    for (let turns = 0; turns < workTakes; turns += 1) {
      await turn()
    }
    this.atWork -= 1
    return hasMore
  }
}

function workerOver(inbox: FakeInbox, atOnce?: number) {
  const errors: unknown[] = []
  const worker = new WebhookWorker(inbox.workOnNext, (error) => errors.push(error), atOnce)
  return { worker, errors }
}

const names = (howMany: number) => Array.from({ length: howMany }, (_, index) => `message ${index}`)

describe("who works on messages", () => {
  it("works on all that wait, the oldest first, and on no more at a time than the bound", async () => {
    const inbox = new FakeInbox()
    inbox.waiting.push(...names(200))
    const { worker } = workerOver(inbox, 4)
    await worker.drain()
    expect(inbox.begun).toEqual(names(200))
    expect(inbox.most).toBe(4)
  })

  it("keeps to the bound however often it is woken, as with each message that comes in", async () => {
    const inbox = new FakeInbox()
    const { worker } = workerOver(inbox, 3)
    for (const name of names(500)) {
      inbox.waiting.push(name)
      worker.wake()
    }
    await worker.drain()
    expect(inbox.begun).toEqual(names(500))
    expect(inbox.most).toBe(3)
  })

  it("misses none that comes while it finds that there is nothing left", async () => {
    const inbox = new FakeInbox()
    const { worker } = workerOver(inbox, 1)
    worker.wake()
    inbox.waiting.push("late")
    worker.wake()
    while (inbox.begun.length === 0) {
      await turn()
    }
    expect(inbox.begun).toEqual(["late"])
  })

  it("looks once where nothing waits", async () => {
    const inbox = new FakeInbox()
    const { worker } = workerOver(inbox)
    await worker.drain()
    expect(inbox.looks).toBe(1)
  })

  it("looks once for the only one that waits", async () => {
    const inbox = new FakeInbox()
    inbox.waiting.push("alone")
    const { worker } = workerOver(inbox)
    await worker.drain()
    expect(inbox).toMatchObject({ begun: ["alone"], looks: 1 })
  })

  it("looks for none after one that was claimed as it came, unless it was woken since", async () => {
    const inbox = new FakeInbox()
    const { worker } = workerOver(inbox, 1)
    const done: string[] = []
    worker.keepPlace()?.workOn(async () => void done.push("claimed"))
    while (done.length === 0 || worker.keepPlace() === undefined) {
      await turn()
    }
    expect(inbox.looks).toBe(0)
  })

  it("looks for those that came while it kept a place, once that is free", async () => {
    const inbox = new FakeInbox()
    const { worker } = workerOver(inbox, 1)
    const place = worker.keepPlace()
    inbox.waiting.push("came meanwhile")
    worker.wake()
    expect(inbox.looks).toBe(0)
    place?.workOn(async () => void inbox.begun.push("claimed"))
    place?.giveBack() // what was called first counts
    await worker.drain()
    expect(inbox.begun).toEqual(["claimed", "came meanwhile"])
    const given = worker.keepPlace()
    inbox.waiting.push("came again")
    worker.wake()
    given?.giveBack()
    await worker.drain()
    expect(inbox.begun).toEqual(["claimed", "came meanwhile", "came again"])
  })

  it("keeps no more places than it works on at once", async () => {
    const inbox = new FakeInbox()
    const { worker } = workerOver(inbox, 2)
    const places = [worker.keepPlace(), worker.keepPlace(), worker.keepPlace()]
    expect(places.map((place) => place !== undefined)).toEqual([true, true, false])
    places[0]?.giveBack()
    expect(worker.keepPlace()).toBeDefined()
    expect(worker.keepPlace()).toBeUndefined()
  })

  it("tells what became of one that was claimed and fails, and goes on", async () => {
    const inbox = new FakeInbox()
    const { worker, errors } = workerOver(inbox, 1)
    worker.keepPlace()?.workOn(() => Promise.reject(new Error("the database is away")))
    inbox.waiting.push("waits")
    await worker.drain()
    await worker.drain()
    expect(errors).toEqual([new Error("the database is away")])
    expect(inbox.begun).toEqual(["waits"])
  })

  it("tells what kept it from looking, and looks again when it is woken", async () => {
    const inbox = new FakeInbox()
    inbox.failsNext = true
    inbox.waiting.push("waits")
    const { worker, errors } = workerOver(inbox)
    await worker.drain()
    expect(errors).toEqual([new Error("the database is away")])
    expect(inbox.begun).toEqual([])
    await worker.drain()
    expect(inbox.begun).toEqual(["waits"])
  })
})

const minuteMs = 60_000

/** How long each try waits for the next, from the first until it is given up. */
function delays(): number[] {
  const found: number[] = []
  for (let attempts = 1; ; attempts += 1) {
    const delay = delayOfNextTry(attempts)
    if (delay === null) {
      return found
    }
    found.push(delay)
  }
}

describe("a message that could not be worked on", () => {
  it("is tried again soon, and later each time", () => {
    const growing = delays()
    expect(growing[0]).toBeLessThanOrEqual(minuteMs)
    expect(growing).toEqual([...new Set(growing)].sort((a, b) => a - b))
  })

  it("has more than a day for its gateway to come back, and not much more", () => {
    const hours = delays().reduce((sum, delay) => sum + delay, 0) / (60 * minuteMs)
    expect(hours).toBeGreaterThan(24)
    expect(hours).toBeLessThan(48)
  })

  it("is given up after its eighth try, and stays so", () => {
    expect(delayOfNextTry(7)).not.toBeNull()
    expect(delayOfNextTry(8)).toBeNull()
    expect(delayOfNextTry(9)).toBeNull()
  })
})
