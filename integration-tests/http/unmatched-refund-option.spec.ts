import { describeTwoGateways, mocasaProvider } from "./support/two-gateways"

jest.setTimeout(300_000)

describeTwoGateways(
  "a shop with the option refundUnmatched",
  (shop) => {
    it("gives money back by itself that no order stands for, once", async () => {
      const reference = await paidAfterTheCartChanged()
      expect(refunds(reference)).toEqual(["112.00"])
      const [row] = await unmatchedOf(reference)
      expect(row).toMatchObject({ kind: "session_gone", state: "refunded", settled_by: "system" })
      const lines = await shop.database("gateway_audit_line").where({ subject_id: row.id })
      expect(lines).toMatchObject([{ actor: "system", action: "refunded" }])
    })

    it("leaves what the gateway did not give back to a person", async () => {
      shop.mocasa.faults.add({ kind: "answer-lost", path: "/payment/order/refund" })
      const reference = await paidAfterTheCartChanged()
      const [row] = await unmatchedOf(reference)
      expect(row).toMatchObject({ state: "open" })
      const answer = await shop.admin.post(`/admin/gateway-payments/unmatched/${row.id}/refund`, {})
      expect(answer.status).toBe(200)
      expect(refunds(reference)).toEqual(["112.00"])
    })

    it("keeps its hands off what an order stands for", async () => {
      const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
      shop.mocasa.set({ webhookCopies: 3 })
      shop.mocasa.pay(session.data.reference)
      await shop.orderOfCart(cartId)
      await shop.afterNews()
      expect(refunds(session.data.reference)).toEqual([])
    })

    async function paidAfterTheCartChanged() {
      const shopper = shop.shopper()
      const { cartId, session } = await shopper.checkOut(mocasaProvider)
      const variant_id = shop.store.variants.odd
      await shopper.post(`/store/carts/${cartId}/line-items`, { variant_id, quantity: 1 })
      shop.mocasa.pay(session.data.reference)
      await shop.afterNews()
      return session.data.reference
    }

    const refunds = (reference: string) =>
      shop.mocasa.ledger.entries({ kind: "refund", reference }).map(({ amount }) => amount)

    const unmatchedOf = async (reference: string) =>
      await shop.database("unmatched_payment").where({ reference })
  },
  { mocasa: { refundUnmatched: true } }
)
