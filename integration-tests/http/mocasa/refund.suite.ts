import { type MocasaStore, paidOrder } from "../support/mocasa-store"
import { rowsOf } from "../support/rows"
import { suite } from "../support/shop"
import { refundUntilKilled } from "../support/killed-refund"

export const refund = suite<MocasaStore>("a refund of a payment with Mocasa Pay", (shop) => {
  const { bookedRefunds, operationsOf } = rowsOf(shop)

  beforeEach(() => {
    shop.sandbox.set({ webhooksOn: false })
  })

  it("is refused in part, with what can be refunded", async () => {
    const { payment, reference } = await paidOrder(shop)
    const answer = await shop.admin.refund(payment.id, 50)
    expect(answer.status).toBe(400)
    expect(answer.data.message).toBe(
      `Mocasa Pay can only refund a payment as a whole: 112.00 PHP can be refunded, 50.00 PHP can't. ` +
        `Our reference: ${reference}. Refund 112.00 PHP, or pay a part back another way`
    )
    expect(refunds(reference)).toEqual([])
    expect(await bookedRefunds(payment.id)).toEqual([])
  })

  it("gives back what was charged where Medusa's total has more places", async () => {
    const { order, payment, reference } = await paidOrder(shop, shop.store.variants.odd)
    expect(order.total).toBe(111.9888)
    const tooManyDecimals = await shop.admin.refund(payment.id, 1.001)
    expect(tooManyDecimals.status).toBe(400)
    expect(tooManyDecimals.data.message).toContain(
      "1.001 has more. Enter an amount with at most 2 places"
    )
    const answer = await shop.admin.refund(payment.id)
    expect(answer.status).toBe(200)
    expect(refunds(reference)).toEqual(["111.99"])
  })

  it("is made once when two admins ask for it at once", async () => {
    const { payment, reference } = await paidOrder(shop)
    shop.sandbox.faults.add({ kind: "latency", path: "/payment/order/refund", ms: 300 })
    const answers = await Promise.all([
      shop.admin.refund(payment.id, 112),
      shop.admin.refund(payment.id, 112),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(refunds(reference)).toEqual(["112.00"])
    expect(await bookedRefunds(payment.id)).toEqual([112])
  })

  it("is found to be done when its answer was lost and an admin tries again", async () => {
    const { payment, reference } = await paidOrder(shop)
    shop.sandbox.faults.add({ kind: "answer-lost", path: "/payment/order/refund" })
    const first = await shop.admin.refund(payment.id)
    expect(first.status).toBe(400)
    expect(first.data.message).toContain("Try the same refund again in a minute")
    expect(await bookedRefunds(payment.id)).toEqual([])
    const second = await shop.admin.refund(payment.id)
    expect(second.status).toBe(200)
    expect(refunds(reference)).toEqual(["112.00"])
    expect(await bookedRefunds(payment.id)).toEqual([112])
    expect(await operationsOf(reference)).toMatchObject([{ state: "done", kind: "refund" }])
  })

  it("is made on the second try when the first was lost before Mocasa acted", async () => {
    const { payment, reference } = await paidOrder(shop)
    shop.sandbox.faults.add({ kind: "reset-before-acting", path: "/payment/order/refund" })
    expect((await shop.admin.refund(payment.id)).status).toBe(400)
    expect((await shop.admin.refund(payment.id)).status).toBe(200)
    expect(refunds(reference)).toEqual(["112.00"])
    expect(await operationsOf(reference)).toHaveLength(1)
  })

  it("is booked only when Mocasa confirms it", async () => {
    const { payment, reference } = await paidOrder(shop)
    shop.sandbox.set({ refundStatus: "processing" })
    const waiting = await shop.admin.refund(payment.id)
    expect(waiting.status).toBe(400)
    expect(waiting.data.message).toContain("has not confirmed it (processing)")
    expect(await bookedRefunds(payment.id)).toEqual([])
    shop.sandbox.finishRefund(reference, "success")
    expect((await shop.admin.refund(payment.id)).status).toBe(200)
    expect(refunds(reference)).toEqual(["112.00"])
    expect(await bookedRefunds(payment.id)).toEqual([112])
  })

  it("says what Mocasa says after settlement", async () => {
    const { payment, reference } = await paidOrder(shop)
    shop.sandbox.settle(reference)
    const answer = await shop.admin.refund(payment.id)
    expect(answer.status).toBe(400)
    expect(answer.data.message).toContain("ORDER_SETTLED")
    expect(answer.data.message).toContain(`${reference.slice(0, 26)}R1`)
    expect(refunds(reference)).toEqual([])
  })

  it("is not made twice by a server that was killed after it wrote that it is about to", async () => {
    const { payment, reference } = await paidOrder(shop)
    await refundUntilKilled(shop.databaseUrl, reference)
    expect(await operationsOf(reference)).toMatchObject([{ state: "intended" }])
    expect(shop.sandbox.calls.count("/payment/order/refund")).toBe(0)
    const early = await shop.admin.refund(payment.id)
    expect(early.data.message).toContain("under way")
    await shop
      .database("gateway_operation")
      .where({ order_reference: reference })
      .update({ lease_expires_at: new Date(0) })
    expect((await shop.admin.refund(payment.id)).status).toBe(200)
    expect(refunds(reference)).toEqual(["112.00"])
    expect(await operationsOf(reference)).toMatchObject([{ state: "done" }])
  })

  it("takes over what Mocasa did before Medusa forgot it", async () => {
    const { payment, reference } = await paidOrder(shop)
    expect((await shop.admin.refund(payment.id)).status).toBe(200)
    // As when the database fails between Mocasa's answer and Medusa's own row.
    await shop.database("refund").where({ payment_id: payment.id }).delete()
    expect((await shop.admin.refund(payment.id)).status).toBe(200)
    expect(refunds(reference)).toEqual(["112.00"])
    expect(shop.sandbox.calls.count("/payment/order/refund")).toBe(1)
  })

  function refunds(reference: string): string[] {
    return shop.sandbox.ledger.entries({ kind: "refund", reference }).map(({ amount }) => amount)
  }
})
