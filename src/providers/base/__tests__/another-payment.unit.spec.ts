import { decimal } from "../../../gateways/shared/money"
import { isAnotherPayment } from "../../../modules/payment-journal/order-reference"
import { refundUnmatched } from "../refund"
import { MadeUpStore, referenceOf } from "./made-up-store"

/** A payment that was booked, and another one under the same reference that nobody has told of yet. */
async function paidTwice() {
  const store = new MadeUpStore({ refunds: "once" })
  const payment = await store.authorized()
  const reference = referenceOf(payment)
  store.gateway.others.set("SECOND", {
    reference,
    gatewayId: "SECOND",
    amount: decimal("100"),
    currency: "php",
  })
  return { store, payment, reference, event: { reference, word: "PAID", number: "SECOND" } }
}

const another = async (store: MadeUpStore, reference: string) =>
  await store.journal.findOrder(`${reference}+SECOND`)

describe("a message that names another payment of an order that was paid", () => {
  it("has that payment asked about, and its money written down beside the order", async () => {
    const { store, reference, event } = await paidTwice()
    await store.webhook(event)
    const found = await another(store, reference)
    expect(found).toMatchObject({
      state: "paid",
      gateway_id: "SECOND",
      amount: "100.00",
      currency_code: "php",
      released_at: expect.anything(),
    })
    expect(found && isAnotherPayment(found)).toBe(true)
    expect(await store.journal.moneyOfOrder(`${reference}+SECOND`)).toMatchObject([
      { gateway_id: "SECOND", amount: "100.00" },
    ])
    expect(await store.journal.moneyOfOrder(reference)).toHaveLength(1)
  })

  it("leaves the order, its session and what Medusa does about it as they were", async () => {
    const { store, payment, reference, event } = await paidTwice()
    expect(await store.webhook(event)).toMatchObject({ action: "captured" })
    expect(await store.journal.findOrder(reference)).toMatchObject({ state: "paid" })
    expect(await store.journal.ordersOfSession(payment.payment_session_id)).toHaveLength(1)
  })

  it("that comes twice finds one payment, and asks once", async () => {
    const { store, event } = await paidTwice()
    await store.webhook(event)
    await store.webhook(event)
    expect(store.gateway.callsOf("queryPayment")).toHaveLength(1)
  })

  it.each([
    ["made up", "NOBODYS", undefined],
    ["another order's", "THIRD", "01J9ZC7T4M8W2X3Y5V6B7N8PQR0"],
  ])("whose number is %s finds nothing", async (_what, number, of) => {
    const { store, reference, event } = await paidTwice()
    if (of) {
      store.gateway.others.set(number, {
        reference: of,
        gatewayId: number,
        amount: decimal("100"),
        currency: "php",
      })
    }
    await store.webhook({ ...event, number })
    expect(await store.journal.findOrder(`${reference}+${number}`)).toBeUndefined()
  })

  it("is worked on again where the gateway could not be asked", async () => {
    const { store, reference, event } = await paidTwice()
    store.gateway.failNext("queryPayment", { outcome: "unknown" })
    await expect(store.webhook(event)).rejects.toThrow()
    await store.webhook(event)
    expect(await another(store, reference)).toBeDefined()
  })

  it("that nobody proved has it asked about too, but no more numbers than an order keeps", async () => {
    const { store, reference, event } = await paidTwice()
    await store.webhook({ ...event, unproven: true })
    expect(await another(store, reference)).toBeDefined()
    for (let count = 0; count < 30; count += 1) {
      await store.webhook({ ...event, number: `LIE${count}`, unproven: true })
    }
    expect(store.gateway.callsOf("queryPayment").length).toBeLessThanOrEqual(10)
  })

  it("has its money given back by itself, so that the order's own can still be refunded", async () => {
    const { store, payment, reference, event } = await paidTwice()
    await store.webhook(event)
    const found = await another(store, reference)
    if (!found) {
      throw new Error("It was not found")
    }
    store.gateway.order(reference).payments.push({
      gatewayId: "SECOND",
      amount: decimal("100"),
      currency: "php",
    })
    await refundUnmatched(store.provider.contextOfTests, found, {
      id: "gwunm_1",
      provider_id: found.provider_id,
      reference: found.reference,
      gateway_id: "SECOND",
      kind: "paid_twice",
      amount: "100.00",
      currency_code: "php",
      received_amount: "100.00",
      expected_amount: "100.00",
      expected_currency_code: "php",
      cart_id: null,
      customer_id: null,
      session_id: found.session_id,
      order_id: null,
      payment_id: null,
      state: "open",
      note: null,
      settled_by: null,
      settled_at: null,
      told_at: null,
      created_at: new Date(0),
      updated_at: new Date(0),
    })
    await store.refund(payment)
    const refunds = await Promise.all(
      [found.reference, reference].map((of) => store.journal.operationsOfOrder(of, "refund"))
    )
    expect(refunds.map((each) => each.map(({ state }) => state))).toEqual([["done"], ["done"]])
    expect(new Set(refunds.flat().map((each) => each.reference)).size).toBe(2)
  })
})
