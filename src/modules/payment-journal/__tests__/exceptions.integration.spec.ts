import { setTimeout as sleep } from "node:timers/promises"
import { systemActor } from "../../../shared/audit-line"
import { PostgresExceptions, takenForMs } from "../repositories/exceptions"
import type { NewPaymentException } from "../repositories/exceptions"
import {
  createJournalDatabase,
  type JournalDatabase,
  delicateAmounts,
  ManualClock,
  newOrder,
  newException,
  notAmounts,
  times,
} from "./fixtures"

const byHand = { actor: "user_1", action: "closed", note: "It was a test of ours" }

describe("PostgresExceptions", () => {
  const clock = new ManualClock()
  let database: JournalDatabase
  let exceptions: PostgresExceptions
  let elsewhere: PostgresExceptions

  beforeAll(async () => {
    database = await createJournalDatabase()
    exceptions = new PostgresExceptions(database.connect(10), clock.now)
    elsewhere = new PostgresExceptions(database.connect(10), clock.now)
  })

  afterAll(async () => {
    await database?.drop()
  })

  function found(change: Partial<NewPaymentException> = {}): NewPaymentException {
    return newException(newOrder().reference, change)
  }

  it("has what was found for every server to see, open and with nobody's word on it", async () => {
    const input = found()
    const { payment, isNew } = await exceptions.note(input)
    expect(isNew).toBe(true)
    expect(payment).toEqual({
      ...input,
      id: expect.stringMatching(/^gwexc_/),
      state: "open",
      note: null,
      taken_by: null,
      taken_until: null,
      settled_by: null,
      settled_at: null,
      told_at: null,
      created_at: clock.now(),
      updated_at: clock.now(),
    })
    expect(await elsewhere.find(payment.id)).toEqual(payment)
    expect(await elsewhere.openOf(input.reference)).toEqual([payment])
  })

  it("writes the same down once, however often and wherever it is found", async () => {
    const input = found()
    const notes = await Promise.all(
      times(20, (index) => (index % 2 ? exceptions : elsewhere).note(input))
    )
    expect(notes.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(new Set(notes.map(({ payment }) => payment.id)).size).toBe(1)
  })

  it("keeps two things that are wrong with one payment apart", async () => {
    const input = found()
    await exceptions.note(input)
    expect((await exceptions.note({ ...input, kind: "too_much" })).isNew).toBe(true)
    expect(await exceptions.openOf(input.reference)).toHaveLength(2)
  })

  it("is known to be open of an order also where it is about one of its captures", async () => {
    const { reference } = newOrder()
    const capture = `${reference.slice(0, 26)}C1`
    const { payment } = await exceptions.note(newException(capture))
    expect(await exceptions.isAnyOpenOf(capture)).toBe(true)
    expect(await exceptions.isAnyOpenOf(reference)).toBe(false)
    await database
      .connect(1)("gateway_operation")
      .insert({
        id: `gwop_${capture}`,
        reference: capture,
        order_reference: reference,
        kind: "capture",
        amount: 1,
        raw_amount: { value: "1" },
        currency_code: "eur",
        state: "done",
        lease_expires_at: clock.now(),
      })
    expect(await exceptions.isAnyOpenOf(reference)).toBe(true)
    await exceptions.settle(payment.id, { state: "closed" }, byHand)
    expect(await exceptions.isAnyOpenOf(reference)).toBe(false)
  })

  it("brings the amounts up to date while it is open", async () => {
    const input = found({ kind: "too_little", amount: "10.00", received_amount: "10.00" })
    await exceptions.note(input)
    expect(await exceptions.note({ ...input, ...amounts("40.00") })).toMatchObject({
      isNew: false,
      payment: amounts("40.00"),
    })
  })

  it.each(["closed", "refunded", "attached"] as const)(
    "opens another for what comes after one was %s, and for no more than that",
    async (state) => {
      const input = found({ kind: "too_much", ...amounts("40.00") })
      const { payment: first } = await exceptions.note(input)
      await exceptions.settle(first.id, { state }, byHand)
      expect(await exceptions.note(input)).toMatchObject({
        isNew: false,
        payment: { id: first.id },
      })

      const notes = await Promise.all(
        times(10, () => exceptions.note({ ...input, ...amounts("55.50") }))
      )
      expect(notes.filter(({ isNew }) => isNew)).toHaveLength(1)
      const [second, ...others] = await exceptions.openOf(input.reference)
      expect(others).toEqual([])
      expect(second).toMatchObject({ amount: "15.5", received_amount: "55.50" })
      expect(await exceptions.find(first.id)).toMatchObject({ amount: "40.00", state })

      await exceptions.note({ ...input, ...amounts("60.00") })
      expect(await exceptions.openOf(input.reference)).toMatchObject([{ amount: "20" }])
    }
  )

  it("finds as a whole once more what the shop itself had closed, because nothing was wrong", async () => {
    const input = found(amounts("40.00"))
    const { payment } = await exceptions.note(input)
    await exceptions.settle(payment.id, { state: "closed" }, { ...byHand, actor: systemActor })
    expect(await exceptions.note(input)).toMatchObject({ isNew: true, payment: amounts("40.00") })
  })

  it("names what nobody was told of, once it is older than telling takes", async () => {
    const provider_id = "pp_untold"
    const { payment: untold } = await exceptions.note(found({ provider_id }))
    const { payment: told } = await exceptions.note(found({ provider_id }))
    await exceptions.markTold(told.id)
    clock.advance(60_000)
    const { payment: young } = await exceptions.note(found({ provider_id }))
    expect(await elsewhere.untold(provider_id, young.created_at, 10)).toEqual([untold])
    expect(await elsewhere.untold("pp_other", young.created_at, 10)).toEqual([])
    expect(await exceptions.find(told.id)).toMatchObject({ told_at: told.created_at })
  })

  function amounts(amount: string) {
    return { amount, received_amount: amount }
  }

  it.each(delicateAmounts)("keeps %s to the last digit", async (amount) => {
    const { payment } = await exceptions.note(
      found({ amount, received_amount: amount, expected_amount: amount })
    )
    expect(await elsewhere.find(payment.id)).toMatchObject({
      amount,
      received_amount: amount,
      expected_amount: amount,
    })
  })

  it.each(notAmounts)('refuses "%s" as an amount and writes nothing', async (amount) => {
    const input = found({ amount })
    await expect(exceptions.note(input)).rejects.toThrow("is not an amount")
    expect(await exceptions.openOf(input.reference)).toEqual([])
  })

  it("is settled by one of all who settle it at once, with one line of audit", async () => {
    const { payment } = await exceptions.note(found())
    const settled = await Promise.all(
      times(10, (index) =>
        (index % 2 ? exceptions : elsewhere).settle(
          payment.id,
          { state: "closed" },
          { ...byHand, actor: `user_${index}` }
        )
      )
    )
    const [winner, ...others] = settled.filter((row) => row !== undefined)
    expect(others).toEqual([])
    expect(winner).toMatchObject({
      state: "closed",
      note: byHand.note,
      settled_at: clock.now(),
    })
    expect(await elsewhere.linesOf(payment.id)).toMatchObject([
      { ...byHand, actor: winner?.settled_by },
    ])
    expect(await exceptions.openOf(payment.reference)).toEqual([])
  })

  it("remembers the order that it was attached to, and keeps the one it has", async () => {
    const { payment: gone } = await exceptions.note(found())
    const line = { ...byHand, action: "attached" }
    expect(
      await exceptions.settle(gone.id, { state: "attached", order_id: "order_1" }, line)
    ).toMatchObject({ order_id: "order_1" })
    const { payment: due } = await exceptions.note(found({ order_id: "order_2" }))
    expect(await exceptions.settle(due.id, { state: "refunded" }, line)).toMatchObject({
      order_id: "order_2",
    })
  })

  it("tells what was done about a payment in the order it was done", async () => {
    const { payment } = await exceptions.note(found())
    const refused = { actor: "user_1", action: "refund failed", note: "the gateway said no" }
    await exceptions.addLine(payment.id, refused)
    clock.advance(1_000)
    await elsewhere.settle(payment.id, { state: "closed" }, byHand)
    expect(await exceptions.linesOf(payment.id)).toMatchObject([refused, byHand])
    expect(await exceptions.linesOf("gwexc_unknown")).toEqual([])
  })

  describe("is taken", () => {
    const stale = async (id: string) =>
      await database
        .connect(1)("payment_exception")
        .where({ id })
        .update({ taken_until: new Date(Date.now() - 1_000) })

    it("by one of all who take it at once, for a quarter of an hour", async () => {
      const { payment } = await exceptions.note(found())
      const began = Date.now()
      const taken = await Promise.all(
        times(10, (index) => (index % 2 ? exceptions : elsewhere).take(payment.id, `user_${index}`))
      )
      const [winner, ...others] = taken.filter((row) => row !== undefined)
      expect(others).toEqual([])
      expect(await exceptions.find(payment.id)).toEqual(winner)
      const takenAt = winner!.taken_until!.getTime() - takenForMs
      expect(takenAt).toBeGreaterThanOrEqual(began - 1_000)
      expect(takenAt).toBeLessThanOrEqual(Date.now() + 1_000)
    })

    it("again by whoever has it, which counts from then on", async () => {
      const { payment } = await exceptions.note(found())
      const first = await exceptions.take(payment.id, "user_1")
      await sleep(5) // another millisecond, in which the time is kept
      const again = await elsewhere.take(payment.id, "user_1")
      expect(again!.taken_until!.getTime()).toBeGreaterThan(first!.taken_until!.getTime())
      expect(await elsewhere.take(payment.id, "user_2")).toBeUndefined()
    })

    it("over by somebody else once it went stale, and then not taken back", async () => {
      const { payment } = await exceptions.note(found())
      await exceptions.take(payment.id, "user_1")
      await stale(payment.id)
      expect(await elsewhere.take(payment.id, "user_2")).toMatchObject({ taken_by: "user_2" })
      expect(await exceptions.take(payment.id, "user_1")).toBeUndefined()
      expect(await exceptions.release(payment.id, "user_1")).toBe(false)
      expect(await exceptions.find(payment.id)).toMatchObject({ taken_by: "user_2" })
    })

    it("by the next once it was released", async () => {
      const { payment } = await exceptions.note(found())
      await exceptions.take(payment.id, "user_1")
      expect(await exceptions.release(payment.id, "user_1")).toBe(true)
      expect(await exceptions.release(payment.id, "user_1")).toBe(false)
      expect(await elsewhere.take(payment.id, "user_2")).toMatchObject({ taken_by: "user_2" })
    })

    it("by nobody any more once it was settled, whoever settled it", async () => {
      const { payment } = await exceptions.note(found())
      await exceptions.take(payment.id, "user_1")
      const settled = await elsewhere.settle(payment.id, { state: "closed" }, byHand)
      expect(settled).toMatchObject({ taken_by: null, taken_until: null })
      expect(await exceptions.take(payment.id, "user_1")).toBeUndefined()
    })
  })

  it("can be read as admin routes read it", async () => {
    const { payment } = await exceptions.note(found({ provider_id: "pp_acme_read" }))
    const { data } = await database.query.graph({
      entity: "payment_exception",
      fields: ["id", "amount", "kind", "state"],
      filters: { provider_id: "pp_acme_read" },
    })
    expect(data).toEqual([
      expect.objectContaining({ id: payment.id, amount: 111.99, state: "open" }),
    ])
  })
})
