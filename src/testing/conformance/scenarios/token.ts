import { refusalOf } from "../support/suite"
import { referenceOf } from "../support/store"
import type { Suite } from "../support/suite"

export function token({ gateway, name, openStore, openWithSession, openWithPaid }: Suite): void {
  if (!gateway.wire.accessToken) {
    return
  }
  const { refund } = gateway.capabilities
  const opensOrders = gateway.wire.ordersOpenedBy === "server"

  describe(`${name}: access token`, () => {
    it("is fetched once by 64 calls at once, and used again after them", async () => {
      const store = await openStore()
      const sessions = await Promise.all(Array.from({ length: 64 }, () => store.checkout()))
      await Promise.all(sessions.map((session) => store.medusa.authorize(session)))
      expect(store.sandbox.calls("token")).toBe(1)
      expect(new Set(store.sandbox.orders())).toEqual(new Set(sessions.map(referenceOf)))
    })

    it("that ends in the middle is renewed, and a question is asked again", async () => {
      const { store, session } = await openWithSession()
      await store.medusa.authorize(session)
      store.sandbox.pay(referenceOf(session))
      store.sandbox.endTokens()
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
      expect(store.sandbox.calls("token")).toBe(2)
    })

    it("that ends under 64 calls at once is renewed once", async () => {
      const store = await openStore()
      const sessions = await Promise.all(Array.from({ length: 64 }, () => store.checkout()))
      await Promise.all(sessions.map((session) => store.medusa.authorize(session)))
      store.sandbox.endTokens()
      const answers = await Promise.all(sessions.map((session) => store.medusa.authorize(session)))
      expect(answers.map(({ status }) => status)).toEqual(sessions.map(() => "pending"))
      expect(store.warnings).toEqual(
        store.warnings.filter((line) => !line.includes("could not ask"))
      )
      expect(store.sandbox.calls("token")).toBe(2)
    })

    it("rejected for ever leaves a question open, never answered", async () => {
      const { store, session } = await openWithSession()
      store.sandbox.pay(referenceOf(session))
      store.sandbox.fault("query", { kind: "unauthorized", times: "forever" })
      expect((await store.medusa.authorize(session)).status).toBe("pending")
      expect(store.sandbox.calls("query")).toBe(2)
      store.sandbox.clearFaults()
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
    })

    if (opensOrders) {
      it("that ends before an order is opened is renewed, and one order is opened", async () => {
        const store = await openStore()
        await store.checkout()
        store.sandbox.endTokens()
        const session = await store.checkout()
        expect(store.sandbox.orders().filter((each) => each === referenceOf(session))).toHaveLength(
          1
        )
      })

      it("rejected for ever opens no order and does not go round in circles", async () => {
        const store = await openStore()
        store.sandbox.fault("create", { kind: "unauthorized", times: "forever" })
        expect(await refusalOf(store.checkout())).toMatch(/nothing was charged/i)
        expect(store.sandbox.calls("create")).toBe(2)
        expect(store.sandbox.orders()).toEqual([])
      })

      it("that can't be had opens no order, and the next try does", async () => {
        const store = await openStore()
        store.sandbox.fault("token", { kind: "unauthorized", times: "forever" })
        expect(await refusalOf(store.checkout())).toMatch(/nothing was charged/i)
        expect(store.sandbox.calls("create")).toBe(0)
        store.sandbox.clearFaults()
        expect((await store.checkout()).status).toBe("pending")
      })
    }

    if (refund !== "none") {
      it("that ends before a refund is renewed, and the refund is made once", async () => {
        const { store, payment } = await openWithPaid("100")
        store.sandbox.endTokens()
        await store.medusa.refund(payment)
        expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("100")])
      })

      it("rejected once repeats the refund once", async () => {
        const { store, payment } = await openWithPaid("100")
        store.sandbox.fault("refund", { kind: "unauthorized" })
        await store.medusa.refund(payment)
        expect(store.sandbox.calls("refund")).toBe(2)
        expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("100")])
      })

      it("rejected for ever refunds nothing, says so, and lets the next try through", async () => {
        const { store, payment } = await openWithPaid("100")
        store.sandbox.fault("refund", { kind: "unauthorized", times: "forever" })
        expect(await refusalOf(store.medusa.refund(payment))).toMatch(/not made/)
        expect(store.sandbox.calls("refund")).toBe(2)
        store.sandbox.clearFaults()
        await store.medusa.refund(payment)
        expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("100")])
      })
    }
  })
}
