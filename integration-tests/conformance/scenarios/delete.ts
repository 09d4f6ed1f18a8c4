import { referenceOf } from "../support/store"
import type { Suite } from "../support/suite"

export function deletion({ name, openStore }: Suite): void {
  describe(`${name}: delete`, () => {
    it("keeps the order known, and what is paid for it later is found", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      const reference = referenceOf(session)
      await store.medusa.deleteSession(session)
      const order = await store.journal.findOrder(reference)
      expect(order).toMatchObject({ state: "open", session_released_at: expect.anything() })

      store.sandbox.pay(reference)
      await store.medusa.provider.getPaymentStatus({ data: { reference } })
      const found = await store.journal.findOrder(reference)
      expect(found?.state).toBe(store.paidState)
      expect(found).toMatchObject(store.orderMoney("100"))
    })

    it.each([
      { what: "no data at all", data: undefined },
      { what: "data without a reference", data: {} },
      { what: "a reference of nobody's", data: { reference: "NOBODYS" } },
      { what: "a reference that is no text", data: { reference: { $ne: null } } },
    ])("of $what does not throw", async ({ data }) => {
      const store = await openStore()
      await expect(store.medusa.provider.deletePayment({ data })).resolves.toBeDefined()
    })

    it("does not throw while the gateway is away", async () => {
      const store = await openStore()
      const session = await store.checkout()
      await store.sandbox.close()
      await store.medusa.deleteSession(session)
      expect(await store.journal.findOrder(referenceOf(session))).toBeDefined()
    })

    it("does not throw while the journal is away", async () => {
      const store = await openStore()
      const session = await store.checkout()
      jest.spyOn(store.journal, "releaseSession").mockRejectedValue(new Error("no database"))
      await store.medusa.deleteSession(session)
      expect(await store.journal.findOrder(referenceOf(session))).toBeDefined()
    })
  })
}
