import { setTimeout as pause } from "node:timers/promises"
import { inFastTime } from "../support/fast-time"
import { lostAnswers, type FaultRow } from "../support/fault-table"
import type { Authorization } from "../support/payment-module"
import type { Session } from "../support/payment-rows"
import { impatientMs, referenceOf, tooLongMs, type Store } from "../support/store"
import type { Suite } from "../support/suite"

/** A charge whose answer was lost: it is asked about, for ever if need be, and never sent again. */
export function chargeFaults({ gateway, name, openStore }: Suite): void {
  if (!gateway.charges) {
    return
  }
  const isTimeOut = ({ fault }: FaultRow) => fault.kind === "black-hole" || fault.kind === "latency"
  const made = lostAnswers.filter(({ acts }) => acts === "before the answer")
  const notMade = lostAnswers.filter(({ acts }) => acts === "never")
  const late = lostAnswers.filter(({ acts }) => acts === "later")

  describe(`${name}: charge with`, () => {
    it.each(made)("$what is found by asking, and made once", async (row) => {
      const store = await openStore({ timeoutMs: impatientMs })
      const session = await store.checkout("100")
      expect((await lose(row, store, session)).status).toBe(store.paidStatus)
      expect(store.sandbox.calls("charge")).toBe(1)
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([store.money("100")])
    })

    it.each(notMade)("$what is pending, and never sent again", async (row) => {
      const store = await openStore({ timeoutMs: impatientMs })
      const session = await store.checkout("100")
      const first = await lose(row, store, session)
      const second = await store.medusa.authorize(session)
      for (const { status, payment } of [first, second]) {
        expect(status).toBe("pending")
        expect(payment).toBeUndefined()
      }
      expect(store.sandbox.calls("charge")).toBe(1)
      expect(store.warnings.join("\n")).toContain(referenceOf(session))
      expect((await store.checkout("100")).status).toBe("pending")
    })

    it.each(late)("$what is found by asking later, and made once", async (row) => {
      const store = await openStore({ timeoutMs: impatientMs })
      const session = await store.checkout("100")
      expect((await lose(row, store, session)).status).toBe("pending")
      await pause(tooLongMs)
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
      expect(store.sandbox.calls("charge")).toBe(1)
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([store.money("100")])
    })

    it("an answer that was lost, while the gateway can't be asked, is pending until it can", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      store.sandbox.fault("charge", { kind: "answer-lost" })
      // A page in place of an answer: of a host that is away, nothing is asked for a while.
      store.sandbox.fault("query", { kind: "html", times: "forever" })
      expect((await store.medusa.authorize(session)).status).toBe("pending")
      store.sandbox.clearFaults()
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
      expect(store.sandbox.calls("charge")).toBe(1)
    })

    it("a redirect to another host is pending, and that host gets nothing", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      const elsewhere = await store.anotherHost()
      store.sandbox.fault("charge", { kind: "redirect", location: elsewhere.url })
      expect((await store.medusa.authorize(session)).status).toBe("pending")
      expect(elsewhere.received).toEqual([])
    })

    if (gateway.wire.accessToken) {
      it("a token that ended is made once, with a new one", async () => {
        const store = await openStore()
        const first = await store.checkout("100")
        await store.medusa.authorize(first)
        store.sandbox.endTokens()
        const session = await store.checkout("100")
        expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
        expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([store.money("100")])
      })

      it("tokens rejected for ever is not made, and does not go round in circles", async () => {
        const store = await openStore()
        const session = await store.checkout("100")
        store.sandbox.fault("charge", { kind: "unauthorized", times: "forever" })
        const { payment } = await store.medusa.authorize(session)
        expect(payment).toBeUndefined()
        expect(store.sandbox.calls("charge")).toBe(2)
        expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([])
      })
    }
  })

  /** A charge may wait for the shopper much longer than other calls: its time-out is not waited for. */
  async function lose(row: FaultRow, store: Store, session: Session): Promise<Authorization> {
    store.sandbox.fault("charge", row.fault)
    const authorize = () => store.medusa.authorize(session)
    return isTimeOut(row) ? await inFastTime(authorize) : await authorize()
  }
}
