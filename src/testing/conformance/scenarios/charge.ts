import { setTimeout as pause } from "node:timers/promises"
import type { ChargeControl } from "../gateway-data"
import type { Authorization } from "../support/payment-module"
import type { Session } from "../support/payment-rows"
import { readNextAction } from "../support/shopper"
import { impatientMs, referenceOf, type Store, tooLongMs } from "../support/store"
import { type FaultRow, lostAnswers, refusalOf, type Suite } from "../support/suite"
import { inFastTime } from "../support/time"

/** Merchant-initiated charges: never before the shopper is done, and once whoever asks. */
export function charge({ gateway, name, openStore, openWithSession, witness }: Suite): void {
  const { charges } = gateway
  if (!charges) {
    return
  }

  describe(`${name}: charge`, () => {
    it("is not made when the shopper chooses to pay so: the gateway hears nothing of it", async () => {
      const { store, session } = await openWithSession("100")
      const reference = referenceOf(session)
      expect(session.status).toBe("pending")
      expect(session.data).toMatchObject({
        session_id: session.id,
        reference,
        amount: store.money("100").amount,
        currency_code: store.currency,
        status: "open",
      })
      expect(readNextAction(session.data)).toEqual({ type: "none" })
      await store.medusa.provider.getPaymentStatus({ data: session.data })
      await store.medusa.initiate(session, { ...session.data, ...controlOf(store).shopper().data })
      expect(store.sandbox.calls("charge")).toBe(0)
      expect(store.sandbox.orders()).toEqual([])
      expect(store.sandbox.moves("payment", reference)).toEqual([])
    })

    it("is made once, when the payment is authorized, of what was ordered", async () => {
      const { store, session } = await openWithSession("100")
      const { status, payment, data } = await store.medusa.authorize(session)
      expect(status).toBe(store.paidStatus)
      expect(payment).toBeDefined()
      expect(data).toMatchObject({ status: store.paidState })
      await store.medusa.provider.authorizePayment({
        data,
        context: { idempotency_key: session.id },
      })
      expect(store.sandbox.calls("charge")).toBe(1)
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([store.money("100")])
    })

    it("is made once when three authorize at once", async () => {
      const { store, session } = await openWithSession("100")
      const authorize = () =>
        store.medusa.provider.authorizePayment({
          data: session.data,
          context: { idempotency_key: session.id },
        })
      const answers = await Promise.all([authorize(), authorize(), authorize()])
      for (const { status } of answers) {
        expect([store.paidStatus, "pending"]).toContain(status)
      }
      expect((await authorize()).status).toBe(store.paidStatus)
      expect(store.sandbox.calls("charge")).toBe(1)
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([store.money("100")])
    })

    it("forgets what it was made with", async () => {
      const store = await openStore()
      const { data, customer } = controlOf(store).shopper()
      const session = await store.checkout("100", { data, customer })
      await store.medusa.authorize(session)
      const order = await store.journal.findOrder(referenceOf(session))
      // A code pays for whoever has it; the number of a saved method is of use to its customer alone.
      const kept = JSON.stringify(charges.asksForCode ? [order, session.data] : order)
      for (const word of Object.values(data)) {
        expect(kept).not.toContain(word)
      }
    })

    const declined = gateway.wire.tellsFailure ? "error" : "pending"
    it(`declined is ${declined}, is not made again, and lets the shopper choose again`, async () => {
      const store = await openStore()
      controlOf(store).answerWith("declined")
      const session = await store.checkout("100")
      const { status, payment } = await store.medusa.authorize(session)
      expect(status).toBe(declined)
      expect(payment).toBeUndefined()
      expect((await store.medusa.authorize(session)).status).toBe(declined)
      expect(store.sandbox.calls("charge")).toBe(1)
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([])

      controlOf(store).answerWith("paid")
      const another = await store.checkout("100")
      expect((await store.medusa.authorize(another)).status).toBe(store.paidStatus)
    })

    it("that waits for the shopper is pending, and paid once he has paid, without another", async () => {
      const store = await openStore()
      controlOf(store).answerWith("waits")
      const session = await store.checkout("100")
      const { status, payment } = await store.medusa.authorize(session)
      expect(status).toBe("pending")
      expect(payment).toBeUndefined()
      store.sandbox.pay(referenceOf(session))
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
      expect(store.sandbox.calls("charge")).toBe(1)
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([store.money("100")])
    })

    it("that waits and is declined at last takes nothing, and is not made again", async () => {
      const store = await openStore()
      controlOf(store).answerWith("waits")
      const session = await store.checkout("100")
      await store.medusa.authorize(session)
      store.sandbox.fail(referenceOf(session))
      const { status, payment } = await store.medusa.authorize(session)
      expect(status).toBe(declined)
      expect(payment).toBeUndefined()
      expect(store.sandbox.calls("charge")).toBe(1)
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([])
    })

    if (charges.asksForCode) {
      it("that goes wrong says nothing of the code it was made with", async () => {
        const store = await openStore()
        const { data } = controlOf(store).shopper()
        const session = await store.checkout("100", { data })
        store.sandbox.fault("charge", { kind: "html" })
        store.sandbox.fault("query", { kind: "html", times: "forever" })
        await store.medusa.authorize(session)
        expect(store.warnings.join("\n")).toContain(referenceOf(session))
        expect(witness.leaks(Object.values(data), ["logged", "thrown", "returned"])).toEqual([])
      })

      it("without the shopper's code asks for it, and is not made", async () => {
        const store = await openStore()
        const blank = Object.keys(controlOf(store).shopper().data).map((key) => [key, null])
        const session = await store.checkout("100", { data: Object.fromEntries(blank) })
        expect(readNextAction(session.data)).toEqual({ type: "shopper_code" })
        expect((await store.medusa.authorize(session)).status).toBe("pending")
        expect(store.sandbox.calls("charge")).toBe(0)
      })
    }

    if (charges.belongsToCustomer) {
      it.each([
        { who: "another customer", customer: { id: "cus_another", email: "other@example.test" } },
        { who: "nobody who is logged in", customer: undefined },
      ])("for $who is refused before anything is charged", async ({ customer }) => {
        const store = await openStore()
        await refusalOf(store.checkout("100", { customer }))
        expect(store.sandbox.calls("charge")).toBe(0)
      })
    }

    if (charges.confirms) {
      it("that the shopper must confirm leads him there, and is paid when he did", async () => {
        const store = await openStore()
        controlOf(store).answerWith("asks")
        const session = await store.checkout("100")
        const { status, payment, data } = await store.medusa.authorize(session)
        expect(status).toBe("pending")
        expect(payment).toBeUndefined()
        expect(["redirect", "post_form"]).toContain(readNextAction(data).type)
        expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([])

        store.sandbox.pay(referenceOf(session))
        expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
        expect(store.sandbox.calls("charge")).toBe(1)
      })
    }
  })
}

/** A charge whose answer was lost: it is asked about, for ever if need be, and never sent again. */
export function chargeFaults({ gateway, name, openStore, openWithSession }: Suite): void {
  if (!gateway.charges) {
    return
  }
  const isTimeOut = ({ fault }: FaultRow) => fault.kind === "black-hole" || fault.kind === "latency"
  const made = lostAnswers.filter(({ acts }) => acts === "before the answer")
  const notMade = lostAnswers.filter(({ acts }) => acts === "never")
  const late = lostAnswers.filter(({ acts }) => acts === "later")

  describe(`${name}: charge with`, () => {
    it.each(made)("$what is found by asking, and made once", async (row) => {
      const { store, session } = await openWithSession("100", { timeoutMs: impatientMs })
      expect((await lose(row, store, session)).status).toBe(store.paidStatus)
      expect(store.sandbox.calls("charge")).toBe(1)
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([store.money("100")])
    })

    it.each(notMade)("$what is pending, and never sent again", async (row) => {
      const { store, session } = await openWithSession("100", { timeoutMs: impatientMs })
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
      const { store, session } = await openWithSession("100", { timeoutMs: impatientMs })
      expect((await lose(row, store, session)).status).toBe("pending")
      await pause(tooLongMs)
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
      expect(store.sandbox.calls("charge")).toBe(1)
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([store.money("100")])
    })

    it("an answer that was lost, while the gateway can't be asked, is pending until it can", async () => {
      const { store, session } = await openWithSession("100")
      store.sandbox.fault("charge", { kind: "answer-lost" })
      // A page in place of an answer: of a host that is away, nothing is asked for a while.
      store.sandbox.fault("query", { kind: "html", times: "forever" })
      expect((await store.medusa.authorize(session)).status).toBe("pending")
      store.sandbox.clearFaults()
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
      expect(store.sandbox.calls("charge")).toBe(1)
    })

    it("a redirect to another host is pending, and that host gets nothing", async () => {
      const { store, session } = await openWithSession("100")
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
        const { store, session } = await openWithSession("100")
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

/** What its sandbox does with charges; for the scenarios of gateways that have them. */
function controlOf({ sandbox, gateway }: Store): ChargeControl {
  if (!sandbox.charging) {
    throw new Error(`The data of ${gateway.identifier} declare charges, and its sandbox has none`)
  }
  return sandbox.charging
}
