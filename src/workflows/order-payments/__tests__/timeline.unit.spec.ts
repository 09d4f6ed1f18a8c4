import { FakeStore, referenceOf } from "../../../testing/fake-store"
import { shownAction } from "../shown-action"
import { timelineOf } from "../timeline"

async function paidAndRefunded() {
  const store = new FakeStore()
  const payment = await store.authorized()
  await store.refund(payment, 30)
  const order = await store.order(payment)
  const { reference } = order
  const operations = await store.journal.operationsOfOrder(reference)
  const money = await store.journal.moneyOfOrder(reference)
  return { order, operations, money }
}

const nothing = { messages: [], exceptions: [], lines: [], names: new Map<string, string>() }

describe("the timeline of an order's payments", () => {
  it("has the opening, each answer, the money and each operation, what followed above", async () => {
    const { order, operations, money } = await paidAndRefunded()
    const timeline = timelineOf({ ...nothing, known: [{ order, operations, money }] })
    expect(timeline.map(({ type }) => type)).toEqual(["operation", "money", "question", "opened"])
    expect(timeline[0]).toMatchObject({ kind: "refund", amount: "30.00", state: "done" })
    expect(timeline[2]).toMatchObject({ state: "paid", raw_status: "PAID", times: 1 })
    expect(timeline.every(({ reference }) => reference === order.reference)).toBe(true)
  })

  it("names who did something, and to which payment", async () => {
    const { order, operations, money } = await paidAndRefunded()
    const line = {
      id: "gwaud_1",
      subject_id: operations[0]!.id,
      actor: "user_1",
      action: "refunded elsewhere",
      note: "By hand",
      created_at: new Date("2040-01-01T00:00:00Z"),
    }
    const known = [{ order, operations, money }]
    const names = new Map([["user_1", "Ana"]])
    const [first] = timelineOf({ ...nothing, known, names, lines: [line] })
    expect(first).toMatchObject({
      type: "action",
      actor_name: "Ana",
      note: "By hand",
      reference: order.reference,
    })
    const [unknown] = timelineOf({ ...nothing, known, lines: [{ ...line, subject_id: "gwexc_1" }] })
    expect(unknown).toMatchObject({ actor: "user_1", actor_name: null, reference: null })
  })

  it("keeps the newest where there is much", async () => {
    const { order, operations, money } = await paidAndRefunded()
    const answers = Array.from({ length: 20 }, (_, index) => ({
      state: "pending" as const,
      raw_status: `W${index}`,
      first_at: new Date(2031, 0, index + 1).toISOString(),
      last_at: new Date(2031, 0, index + 1).toISOString(),
      times: 1,
    }))
    const known = Array.from({ length: 11 }, () => ({
      order: { ...order, answers },
      operations,
      money,
    }))
    const timeline = timelineOf({ ...nothing, known })
    expect(timeline).toHaveLength(200)
    expect(timeline[0]).toMatchObject({ raw_status: "W19" })
  })
})

describe("how an unpaid payment can be paid, as an admin is shown it", () => {
  const now = new Date("2030-01-01T00:00:00Z")
  const later = "2030-01-02T00:00:00.000Z"
  const form = {
    type: "post_form",
    url: "https://pay.test",
    fields: { checksum: "not for admins" },
  }

  it.each([
    [
      { type: "redirect", url: "https://pay.test" },
      { type: "redirect", url: "https://pay.test" },
    ],
    [
      { type: "qr_code", value: "weixin://1" },
      { type: "qr_code", value: "weixin://1", expires_at: later },
    ],
    [
      { type: "pay_code", code: "123", expires_at: later },
      { type: "pay_code", code: "123", expires_at: later },
    ],
    [form, { type: "post_form" }],
    [{ type: "none" }, null],
  ])("%j", (next_action, shown) => {
    const order = { state: "open", details: { next_action }, expires_at: new Date(later) } as const
    expect(shownAction(order, now)).toEqual(shown)
  })

  it("is gone once it is paid, or its time is over", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    const order = await store.order(session)
    expect(shownAction(order, now)).toMatchObject({ type: "redirect" })
    expect(shownAction({ ...order, expires_at: now }, now)).toBeNull()
    store.gateway.pay(referenceOf(session))
    await store.authorize(session)
    expect(shownAction(await store.order(session), now)).toBeNull()
  })
})
