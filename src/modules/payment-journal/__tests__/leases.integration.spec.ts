import { setTimeout as sleep } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { LeaseLostError, leaseMs, momentNow } from "../../../shared/held-claim"
import { Leases, LeaseTakenError, withLease, type HeldLease } from "../repositories/leases"
import { createJournalDatabase, type JournalDatabase } from "./fixtures"

describe("a lease", () => {
  let database: JournalDatabase
  let here: ReturnType<JournalDatabase["connect"]>
  let elsewhere: ReturnType<JournalDatabase["connect"]>
  let keys = 0
  let key: string

  beforeAll(async () => {
    database = await createJournalDatabase()
    here = database.connect(5)
    elsewhere = database.connect(5)
  })

  beforeEach(() => {
    keys += 1
    key = `gateway-payment:${keys}`
  })

  afterEach(() => {
    jest.restoreAllMocks()
  })

  afterAll(async () => {
    await database?.drop()
  })

  const row = async (of = key) => await here("gateway_lease").where({ key: of }).first()

  /** As if that much time had passed for the database. */
  async function age(milliseconds: number, of = key): Promise<void> {
    await here("gateway_lease")
      .where({ key: of })
      .update({ expires_at: here.raw("expires_at - ? * interval '1 millisecond'", [milliseconds]) })
  }

  it("is one owner's at a time, of all servers that want it at once", async () => {
    const leases = [new Leases(here), new Leases(elsewhere)]
    const acquired = await Promise.all(
      Array.from({ length: 20 }, (_, index) => leases[index % 2]?.acquire(key, `owner ${index}`))
    )
    expect(acquired.filter(Boolean)).toEqual([{ wasAbandoned: false }])
  })

  it("lets work with the same key run one after the other, and with another key beside it", async () => {
    let atWork = 0
    let most = 0
    const work = async () => {
      atWork += 1
      most = Math.max(most, atWork)
      await sleep(20)
      atWork -= 1
    }
    await Promise.all(
      Array.from({ length: 8 }, (_, index) => withLease(index % 2 ? here : elsewhere, key, work))
    )
    expect(most).toBe(1)
    expect(await row()).toBeUndefined()
    await withLease(here, key, async () => {
      await withLease(elsewhere, `${key}:another`, async () => undefined, { patienceMs: 0 })
    })
  })

  it("is told to be taken to whoever waited long enough, and nothing was done", async () => {
    const work = jest.fn(async () => undefined)
    await withLease(here, key, async () => {
      const refused = withLease(elsewhere, key, work, { patienceMs: 100 })
      await expect(refused).rejects.toThrow(LeaseTakenError)
      await expect(refused).rejects.toThrow(`at work on ${key}`)
    })
    expect(work).not.toHaveBeenCalled()
  })

  it("ends by the database's clock, whatever time the servers think it is", async () => {
    const leases = new Leases(elsewhere)
    await new Leases(here).acquire(key, "dead")
    jest.spyOn(Date, "now").mockReturnValue(Date.now() + 3_600_000)
    expect(await leases.acquire(key, "an hour ahead")).toBeUndefined()
    jest.restoreAllMocks()
    await age(leaseMs / 2)
    expect(await leases.acquire(key, "too early")).toBeUndefined()
    await age(leaseMs / 2 + 1)
    jest.spyOn(Date, "now").mockReturnValue(Date.now() - 3_600_000)
    expect(await leases.acquire(key, "an hour behind")).toEqual({ wasAbandoned: true })
  })

  it("is neither renewed nor released by a stranger, nor by an owner that has lost it", async () => {
    const leases = new Leases(here)
    await leases.acquire(key, "first")
    expect(await leases.renew([key], "stranger")).toBe(false)
    expect(await leases.release([key], "stranger")).toBe(0)
    await age(leaseMs + 1)
    await leases.acquire(key, "second")
    expect(await leases.renew([key], "first")).toBe(false)
    expect(await leases.release([key], "first")).toBe(0)
    expect(await row()).toMatchObject({ owner: "second", takeovers: 1 })
  })

  it("may be renewed late, as long as nobody has taken it over", async () => {
    const leases = new Leases(here)
    await leases.acquire(key, "first")
    await age(leaseMs + 1)
    expect(await leases.renew([key], "first")).toBe(true)
    expect(await leases.acquire(key, "second")).toBeUndefined()
  })

  it("is renewed while its work runs, for longer than it holds by itself", async () => {
    const ttlMs = 3_000
    const work = async ({ ensureHeld }: HeldLease) => {
      await untilRenewed(ttlMs)
      await ensureHeld()
    }
    await withLease(here, key, work, { ttlMs })
  })

  it("goes on being renewed where the database was away for a moment", async () => {
    const ttlMs = 3_000
    const work = async ({ ensureHeld }: HeldLease) => {
      const failed = new Promise((resolve) => here.once("query-error", resolve))
      await here.schema.renameTable("gateway_lease", "gateway_lease_away")
      await failed
      await here.schema.renameTable("gateway_lease_away", "gateway_lease")
      await untilRenewed(ttlMs)
      await ensureHeld()
    }
    await withLease(here, key, work, { ttlMs })
  })

  /** Until the lease ends so much later than it does now, however late a busy machine renews it. */
  async function untilRenewed(forMs: number): Promise<void> {
    const { expires_at: before } = await row()
    while ((await row()).expires_at.getTime() < before.getTime() + forMs) {
      await sleep(50)
    }
  }

  /** As if that much time had passed for this server, by the clock that can be set. */
  function pass(milliseconds: number): void {
    jest.spyOn(Date, "now").mockReturnValue(Date.now() + milliseconds)
  }

  it("tells its owner that another one has taken it over, before what must not be done twice", async () => {
    await withLease(here, key, async ({ ensureHeld }) => {
      await ensureHeld()
      await age(leaseMs + 1)
      expect(await new Leases(elsewhere).acquire(key, "another")).toBeDefined()
      pass(leaseMs + 1)
      await expect(ensureHeld()).rejects.toThrow(LeaseLostError)
      jest.restoreAllMocks()
      await expect(ensureHeld()).rejects.toThrow(LeaseLostError)
    })
    expect(await row()).toMatchObject({ owner: "another" })
  })

  /** So long that a busy machine takes no third of it, in milliseconds. */
  const longMs = 30 * leaseMs

  it.each([
    { when: "a third of its time has passed", passes: () => pass(longMs / 3) },
    { when: "the server's clock was set back", passes: () => pass(-longMs) },
    {
      when: "a third of its time has passed by the clock that can't be set",
      passes: () =>
        void jest.spyOn(performance, "now").mockReturnValue(performance.now() + longMs / 3),
    },
  ])("asks the database whether it is held where $when, and not before", async ({ passes }) => {
    const work = async ({ ensureHeld }: HeldLease) => {
      const asked = jest.fn()
      here.on("query", asked)
      try {
        await ensureHeld()
        expect(asked).not.toHaveBeenCalled()
        passes()
        await ensureHeld()
        expect(asked).toHaveBeenCalledTimes(1)
        await ensureHeld()
        expect(asked).toHaveBeenCalledTimes(1)
      } finally {
        here.removeListener("query", asked)
      }
    }
    await withLease(here, key, work, { ttlMs: longMs })
  })

  it("takes another key in addition, whose loss counts as its own, and gives both back at the end", async () => {
    const other = `${key}:cart`
    await withLease(here, key, async ({ alsoHold, ensureHeld }) => {
      await alsoHold(other)
      expect((await row(other)).owner).toBe((await row()).owner)
      await ensureHeld()
      await age(leaseMs + 1, other)
      expect(await new Leases(elsewhere).acquire(other, "another")).toBeDefined()
      pass(leaseMs + 1)
      await expect(ensureHeld()).rejects.toThrow(LeaseLostError)
    })
    expect(await row()).toBeUndefined()
    expect(await row(other)).toMatchObject({ owner: "another" })
    await new Leases(here).release([other], "another")
    await withLease(here, key, async ({ alsoHold }) => await alsoHold(other))
    expect(await row(other)).toBeUndefined()
  })

  it("gives back what it held before where another key is somebody else's, or can't be put right", async () => {
    const [taken, left] = [`${key}:taken`, `${key}:left`]
    await new Leases(elsewhere).acquire(taken, "somebody")
    await new Leases(elsewhere).acquire(left, "dead")
    await age(leaseMs + 1, left)
    await withLease(here, key, async ({ alsoHold }) => {
      await expect(alsoHold(taken, { patienceMs: 0 })).rejects.toThrow(LeaseTakenError)
      const recover = async () => await Promise.reject(new Error("Redis is away"))
      await expect(alsoHold(left, { recover })).rejects.toThrow("Redis is away")
    })
    expect(await row()).toBeUndefined()
    expect(await row(taken)).toMatchObject({ owner: "somebody", takeovers: 0 })
    expect(await row(left)).toMatchObject({ takeovers: 1 })
  })

  it("is released whatever becomes of the work, and the work's own error comes back", async () => {
    await expect(
      withLease(here, key, async () => {
        throw new Error("the gateway was away")
      })
    ).rejects.toThrow("the gateway was away")
    expect(await row()).toBeUndefined()
  })

  it("that was acquired before is not acquired again, and is held and given back with the others", async () => {
    const [other, owner] = [`${key}:cart`, "receiver"]
    await new Leases(elsewhere).acquire(key, owner)
    const acquired = { key, owner, askedAt: momentNow(), wasAbandoned: false }
    const work = async ({ alsoHold, ensureHeld }: HeldLease) => {
      await alsoHold(other)
      expect(await row(other)).toMatchObject({ owner })
      await age(leaseMs + 1)
      await new Leases(elsewhere).acquire(key, "another")
      pass(leaseMs + 1)
      await expect(ensureHeld()).rejects.toThrow(LeaseLostError)
    }
    await withLease(here, key, work, { acquired, patienceMs: 0 })
    expect(await row(other)).toBeUndefined()
    expect(await row()).toMatchObject({ owner: "another" })
    await new Leases(here).release([key], "another")
    await new Leases(elsewhere).acquire(key, owner)
    await withLease(here, key, async () => undefined, { acquired, patienceMs: 0 })
    expect(await row()).toBeUndefined()
  })

  it("that was acquired from an owner that died has what that one left behind put right", async () => {
    const acquired = { key, owner: "receiver", askedAt: momentNow(), wasAbandoned: true }
    await new Leases(elsewhere).acquire(key, "receiver")
    const recover = jest.fn(async () => undefined)
    await withLease(here, key, async () => undefined, { acquired, recover })
    expect(recover).toHaveBeenCalledTimes(1)
  })

  it("ends with the one statement that notes what its work came to, with all keys that are its own still", async () => {
    const [other, lost] = [`${key}:cart`, `${key}:lost`]
    const asked: string[] = []
    const ask = ({ sql }: { sql: string }) => void asked.push(sql)
    await withLease(here, [key, other, lost], async (lease) => {
      await age(leaseMs + 1, lost)
      await new Leases(elsewhere).acquire(lost, "another")
      here.on("query", ask)
      const note = async (release: Knex.QueryBuilder) =>
        await here.with("released", release).select(here.raw("'noted' as outcome"))
      expect(await lease.endWith(note)).toEqual([{ outcome: "noted" }])
    })
    here.removeListener("query", ask)
    expect(asked).toHaveLength(1)
    expect([await row(), await row(other)]).toEqual([undefined, undefined])
    expect(await row(lost)).toMatchObject({ owner: "another" })
  })

  it("ends after its work where what it came to could not be noted", async () => {
    const failing = withLease(here, key, async (lease) => {
      await lease.endWith(async () => await Promise.reject(new Error("the database was away")))
    })
    await expect(failing).rejects.toThrow("the database was away")
    expect(await row()).toBeUndefined()
  })

  it("holds several keys or none", async () => {
    const other = `${key}:order`
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        withLease(index % 2 ? here : elsewhere, [key, other, key], async () => {
          expect((await row())?.owner).toBe((await row(other))?.owner)
        })
      )
    )
    await new Leases(elsewhere).acquire(other, "somebody")
    const refused = withLease(here, [key, other], async () => undefined, { patienceMs: 0 })
    await expect(refused).rejects.toThrow(LeaseTakenError)
    expect(await row()).toBeUndefined()
    expect(await row(other)).toMatchObject({ owner: "somebody" })
  })

  describe("of an owner that died", () => {
    beforeEach(async () => {
      await new Leases(here).acquire(key, "dead")
      await age(leaseMs + 1)
    })

    it("has what that one left behind put right before the work", async () => {
      const steps: string[] = []
      const recover = async () => void steps.push("recovered")
      await withLease(elsewhere, key, async () => void steps.push("worked"), { recover })
      await withLease(elsewhere, key, async () => void steps.push("worked again"), { recover })
      expect(steps).toEqual(["recovered", "worked", "worked again"])
    })

    it("is not given back before that, so that the next one puts it right", async () => {
      const work = jest.fn(async () => undefined)
      const recover = jest.fn().mockRejectedValueOnce(new Error("Redis is away"))
      await expect(withLease(here, key, work, { recover })).rejects.toThrow("Redis is away")
      expect(work).not.toHaveBeenCalled()
      await age(leaseMs + 1)
      await withLease(elsewhere, key, work, { recover: async () => void (await recover()) })
      expect(recover).toHaveBeenCalledTimes(2)
      expect(work).toHaveBeenCalledTimes(1)
    })
  })

  it("holds no connection while its work runs, nor while it waits", async () => {
    const narrow = database.connect(1)
    await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        withLease(narrow, `${key}:${index % 2}`, async () => {
          await sleep(20)
          await narrow.raw("select 1")
        })
      )
    )
  })
})
