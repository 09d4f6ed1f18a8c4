import { systemActor } from "../../../shared/audit-line"
import { PostgresUnmatchedPayments } from "../repositories/exceptions"
import type { NewUnmatchedPayment } from "../repositories/exceptions"
import {
  createJournalDatabase,
  type JournalDatabase,
  delicateAmounts,
  ManualClock,
  newOrder,
  newUnmatched,
  notAmounts,
  times,
} from "./fixtures"

jest.setTimeout(60_000)

const byHand = { actor: "user_1", action: "closed", note: "It was a test of ours" }

describe("PostgresUnmatchedPayments", () => {
  const clock = new ManualClock()
  let database: JournalDatabase
  let unmatched: PostgresUnmatchedPayments
  let elsewhere: PostgresUnmatchedPayments

  beforeAll(async () => {
    database = await createJournalDatabase()
    unmatched = new PostgresUnmatchedPayments(database.connect(10), clock.now)
    elsewhere = new PostgresUnmatchedPayments(database.connect(10), clock.now)
  })

  afterAll(async () => {
    await database?.drop()
  })

  function found(change: Partial<NewUnmatchedPayment> = {}): NewUnmatchedPayment {
    return newUnmatched(newOrder().reference, change)
  }

  it("has what was found for every server to see, open and with nobody's word on it", async () => {
    const input = found()
    const { payment, isNew } = await unmatched.note(input)
    expect(isNew).toBe(true)
    expect(payment).toEqual({
      ...input,
      id: expect.stringMatching(/^gwunm_/),
      state: "open",
      note: null,
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
      times(20, (index) => (index % 2 ? unmatched : elsewhere).note(input))
    )
    expect(notes.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(new Set(notes.map(({ payment }) => payment.id)).size).toBe(1)
  })

  it("keeps two things that are wrong with one payment apart", async () => {
    const input = found()
    await unmatched.note(input)
    expect((await unmatched.note({ ...input, kind: "too_much" })).isNew).toBe(true)
    expect(await unmatched.openOf(input.reference)).toHaveLength(2)
  })

  it("brings the amounts up to date while it is open", async () => {
    const input = found({ kind: "too_little", amount: "10.00", received_amount: "10.00" })
    await unmatched.note(input)
    expect(await unmatched.note({ ...input, ...amounts("40.00") })).toMatchObject({
      isNew: false,
      payment: amounts("40.00"),
    })
  })

  it.each(["closed", "refunded", "attached"] as const)(
    "opens another for what comes after one was %s, and for no more than that",
    async (state) => {
      const input = found({ kind: "too_much", ...amounts("40.00") })
      const { payment: first } = await unmatched.note(input)
      await unmatched.settle(first.id, { state }, byHand)
      expect(await unmatched.note(input)).toMatchObject({ isNew: false, payment: { id: first.id } })

      const notes = await Promise.all(
        times(10, () => unmatched.note({ ...input, ...amounts("55.50") }))
      )
      expect(notes.filter(({ isNew }) => isNew)).toHaveLength(1)
      const [second, ...others] = await unmatched.openOf(input.reference)
      expect(others).toEqual([])
      expect(second).toMatchObject({ amount: "15.5", received_amount: "55.50" })
      expect(await unmatched.find(first.id)).toMatchObject({ amount: "40.00", state })

      await unmatched.note({ ...input, ...amounts("60.00") })
      expect(await unmatched.openOf(input.reference)).toMatchObject([{ amount: "20" }])
    }
  )

  it("finds as a whole once more what the shop itself had closed, because nothing was wrong", async () => {
    const input = found(amounts("40.00"))
    const { payment } = await unmatched.note(input)
    await unmatched.settle(payment.id, { state: "closed" }, { ...byHand, actor: systemActor })
    expect(await unmatched.note(input)).toMatchObject({ isNew: true, payment: amounts("40.00") })
  })

  it("names what nobody was told of, once it is older than telling takes", async () => {
    const provider_id = "pp_untold"
    const { payment: untold } = await unmatched.note(found({ provider_id }))
    const { payment: told } = await unmatched.note(found({ provider_id }))
    await unmatched.markTold(told.id)
    clock.advance(60_000)
    const { payment: young } = await unmatched.note(found({ provider_id }))
    expect(await elsewhere.untold(provider_id, young.created_at, 10)).toEqual([untold])
    expect(await elsewhere.untold("pp_other", young.created_at, 10)).toEqual([])
    expect(await unmatched.find(told.id)).toMatchObject({ told_at: told.created_at })
  })

  function amounts(amount: string) {
    return { amount, received_amount: amount }
  }

  it.each(delicateAmounts)("keeps %s to the last digit", async (amount) => {
    const { payment } = await unmatched.note(
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
    await expect(unmatched.note(input)).rejects.toThrow("is not an amount")
    expect(await unmatched.openOf(input.reference)).toEqual([])
  })

  it("is settled by one of all who settle it at once, with one line of audit", async () => {
    const { payment } = await unmatched.note(found())
    const settled = await Promise.all(
      times(10, (index) =>
        (index % 2 ? unmatched : elsewhere).settle(
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
    expect(await unmatched.openOf(payment.reference)).toEqual([])
  })

  it("remembers the order that it was attached to, and keeps the one it has", async () => {
    const { payment: gone } = await unmatched.note(found())
    const line = { ...byHand, action: "attached" }
    expect(
      await unmatched.settle(gone.id, { state: "attached", order_id: "order_1" }, line)
    ).toMatchObject({ order_id: "order_1" })
    const { payment: due } = await unmatched.note(found({ order_id: "order_2" }))
    expect(await unmatched.settle(due.id, { state: "refunded" }, line)).toMatchObject({
      order_id: "order_2",
    })
  })

  it("tells what was done about a payment in the order it was done", async () => {
    const { payment } = await unmatched.note(found())
    const refused = { actor: "user_1", action: "refund failed", note: "the gateway said no" }
    await unmatched.addLine(payment.id, refused)
    clock.advance(1_000)
    await elsewhere.settle(payment.id, { state: "closed" }, byHand)
    expect(await unmatched.linesOf(payment.id)).toMatchObject([refused, byHand])
    expect(await unmatched.linesOf("gwunm_unknown")).toEqual([])
  })

  it("can be read as admin routes read it", async () => {
    const { payment } = await unmatched.note(found({ provider_id: "pp_acme_read" }))
    const { data } = await database.query.graph({
      entity: "unmatched_payment",
      fields: ["id", "amount", "kind", "state"],
      filters: { provider_id: "pp_acme_read" },
    })
    expect(data).toEqual([
      expect.objectContaining({ id: payment.id, amount: 111.99, state: "open" }),
    ])
  })
})
