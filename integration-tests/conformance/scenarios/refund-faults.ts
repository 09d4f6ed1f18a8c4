import { setTimeout as pause } from "node:timers/promises"
import { lostAnswers } from "../support/fault-table"
import { refusalOf } from "../support/refusal"
import { impatientMs, referenceOf, tooLongMs } from "../support/store"
import type { Suite } from "../support/suite"

/** A refund whose outcome nobody knows: it is asked about, and the ledger shows it once. */
export function refundFaults({ gateway, name, openStore }: Suite): void {
  const { refund } = gateway.capabilities
  if (refund === "none") {
    return
  }

  describe(`${name}: refund after`, () => {
    it.each(lostAnswers)("$what is made once in the end", async ({ fault, acts }) => {
      const store = await openStore({ timeoutMs: impatientMs })
      const payment = await store.paid("100")
      const reference = referenceOf(payment)
      store.sandbox.fault("refund", fault)

      expect(await refusalOf(store.medusa.refund(payment))).toMatch(/not confirmed.*try the same/is)
      expect(payment.data).toMatchObject({ reference, status: "paid" })
      expect(store.sandbox.calls("refund")).toBe(1)
      expect(store.sandbox.moves("refund", reference)).toHaveLength(
        acts === "before the answer" ? 1 : 0
      )

      await store.medusa.refund(payment)
      expect(payment.data).toMatchObject({ reference, status: "refunded" })
      if (acts === "later") {
        await pause(tooLongMs)
      }
      expect(store.sandbox.moves("refund", reference)).toEqual([store.money("100")])

      const calls = store.sandbox.calls("refund")
      await refusalOf(store.medusa.refund(payment))
      expect(store.sandbox.calls("refund")).toBe(calls)
    })

    it("an unknown outcome is not sent again while the gateway can't be asked", async () => {
      const store = await openStore()
      const payment = await store.paid("100")
      store.sandbox.fault("refund", { kind: "answer-lost" })
      await refusalOf(store.medusa.refund(payment))
      store.sandbox.fault("ask", { kind: "http-error", times: "forever" })
      expect(await refusalOf(store.medusa.refund(payment))).toMatch(/not confirmed/)
      expect(store.sandbox.calls("refund")).toBe(1)

      store.sandbox.clearFaults()
      await store.medusa.refund(payment)
      expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("100")])
    })

    it("an unknown outcome, tried by two at once, is made once", async () => {
      const store = await openStore()
      const payment = await store.paid("100")
      store.sandbox.fault("refund", { kind: "reset-before-acting" })
      await refusalOf(store.medusa.refund(payment))
      await Promise.allSettled([store.medusa.refund(payment), store.medusa.refund(payment)])
      expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("100")])
    })

    it("a redirect to another host is unknown, and that host gets nothing", async () => {
      const store = await openStore()
      const payment = await store.paid("100")
      const elsewhere = await store.anotherHost()
      store.sandbox.fault("refund", { kind: "redirect", location: elsewhere.url })
      expect(await refusalOf(store.medusa.refund(payment))).toMatch(/not confirmed/)
      await store.medusa.refund(payment)
      expect(elsewhere.received).toEqual([])
      expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("100")])
    })

    it("a gateway that can't be reached was surely not made", async () => {
      const store = await openStore()
      const payment = await store.paid("100")
      const open = await store.checkout()
      await store.sandbox.close()
      // Finds the connection that was kept alive broken, which proves nothing; the next finds none at all.
      await store.medusa.provider.getPaymentStatus({ data: open.data })
      expect(await refusalOf(store.medusa.refund(payment))).toMatch(/not made/)
      const [operation] = await store.journal.operationsOfOrder(referenceOf(payment), "refund")
      expect(operation?.state).toBe("declined")
    })

    if (refund !== "full") {
      it("an unknown outcome of a part lets no other amount through", async () => {
        const store = await openStore()
        const payment = await store.paid("100")
        store.sandbox.fault("refund", { kind: "answer-lost" })
        await refusalOf(store.medusa.refund(payment, "40"))
        await refusalOf(store.medusa.refund(payment, "60"))
        await store.medusa.refund(payment, "40")
        expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("40")])
      })
    }
  })
}
