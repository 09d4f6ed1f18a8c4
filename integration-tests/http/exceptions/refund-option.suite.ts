import { Modules } from "@medusajs/framework/utils"
import { makeDue, reconcile } from "../support/reconciliation"
import { suite } from "../support/shop"
import { refundingProvider, type TwoGateways } from "../support/two-gateways"

export const refundOption = suite<TwoGateways>("a shop with the option refundUnmatched", (shop) => {
  it("gives money back by itself that no order stands for, once", async () => {
    const reference = await paidAfterTheCartChanged()
    expect(refunds(reference)).toEqual(["112.00"])
    const [row] = await exceptionsOf(reference)
    expect(row).toMatchObject({ kind: "session_gone", state: "refunded", settled_by: "system" })
    const lines = await shop.database("gateway_audit_line").where({ subject_id: row.id })
    expect(lines).toMatchObject([{ actor: "system", action: "refunded" }])
  })

  it("leaves what the gateway did not give back to a person", async () => {
    shop.refunding.faults.add({ kind: "answer-lost", path: "/payment/order/refund" })
    const reference = await paidAfterTheCartChanged()
    const [row] = await exceptionsOf(reference)
    expect(row).toMatchObject({ state: "open" })
    const answer = await shop.admin.post(`/admin/gateway-payments/exceptions/${row.id}/refund`, {})
    expect(answer.status).toBe(200)
    expect(refunds(reference)).toEqual(["112.00"])
  })

  it("keeps its hands off what an order stands for", async () => {
    const { cartId, session } = await shop.shopper().checkOut(refundingProvider)
    shop.refunding.set({ webhookCopies: 3 })
    shop.refunding.pay(session.data.reference)
    await shop.orderOfCart(cartId)
    await shop.afterNews()
    expect(refunds(session.data.reference)).toEqual([])
  })

  it("keeps its hands off what the shop's own code took, with neither a cart nor an order", async () => {
    const { reference, sessionId } = await topUp()
    shop.refunding.pay(reference)
    await shop.afterNews()
    await makeDue(shop)
    expect(await reconcile(shop)).toMatchObject({ unmatched: 0, errors: 0 })
    expect(await exceptionsOf(reference)).toEqual([])
    expect(refunds(reference)).toEqual([])
    const [payment] = await shop.database("payment").where({ payment_session_id: sessionId })
    expect(payment).toMatchObject({ canceled_at: null, data: { reference } })
    expect(await shop.database("capture").where({ payment_id: payment.id })).toHaveLength(1)
    const [event] = await shop.database("webhook_event").where({ reference })
    expect(event).toMatchObject({ state: "done" })
  })

  it("leaves such money to a person where the shop's own code let go of it before it came", async () => {
    const { reference, sessionId } = await topUp()
    await shop.container.resolve(Modules.PAYMENT).deletePaymentSession(sessionId)
    shop.refunding.pay(reference)
    await shop.afterNews()
    expect(await exceptionsOf(reference)).toMatchObject([{ kind: "session_gone", state: "open" }])
    expect(refunds(reference)).toEqual([])
  })

  /** As a module of the shop's own takes money for what is no order. */
  async function topUp(): Promise<{ reference: string; sessionId: string }> {
    const payments = shop.container.resolve(Modules.PAYMENT)
    const [collection] = await payments.createPaymentCollections([
      { currency_code: "php", amount: 500 },
    ])
    const session = await payments.createPaymentSession(collection!.id, {
      provider_id: refundingProvider,
      currency_code: "php",
      amount: 500,
      data: {},
    })
    return { reference: String(session.data.reference), sessionId: session.id }
  }

  async function paidAfterTheCartChanged() {
    const shopper = shop.shopper()
    const { cartId, session } = await shopper.checkOut(refundingProvider)
    const variant_id = shop.store.variants.odd
    await shopper.post(`/store/carts/${cartId}/line-items`, { variant_id, quantity: 1 })
    shop.refunding.pay(session.data.reference)
    await shop.afterNews()
    return session.data.reference
  }

  const refunds = (reference: string) =>
    shop.refunding.ledger.entries({ kind: "refund", reference }).map(({ amount }) => amount)

  const exceptionsOf = async (reference: string) =>
    await shop.database("payment_exception").where({ reference })
})
