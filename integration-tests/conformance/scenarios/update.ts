import { refusalOf } from "../support/refusal"
import { referenceOf } from "../support/store"
import type { Suite } from "../support/suite"

export function update({ name, openStore }: Suite): void {
  describe(`${name}: update`, () => {
    it("to the same amount makes no second order", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      const reference = referenceOf(session)
      await store.medusa.updateSession(session, "100")
      expect(referenceOf(session)).toBe(reference)
      expect(store.sandbox.orders()).toEqual([reference])
    })

    it("to another amount opens an order for it, and the old one stays known", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      const old = referenceOf(session)
      await store.medusa.updateSession(session, "70", store.payer)
      expect(referenceOf(session)).not.toBe(old)
      expect(session.data.amount).toBe(store.money("70").amount)
      expect(store.sandbox.orders()).toEqual([old, referenceOf(session)])
      expect(await store.journal.findOrder(old)).toMatchObject({
        session_released_at: expect.anything(),
      })
    })

    it("to another amount is refused once the old one was paid", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      store.sandbox.pay(referenceOf(session))
      expect(await refusalOf(store.medusa.updateSession(session, "70"))).toContain(
        referenceOf(session)
      )
      expect(store.sandbox.orders()).toHaveLength(1)
    })
  })
}
