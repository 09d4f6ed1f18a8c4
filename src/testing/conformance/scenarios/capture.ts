import { setTimeout as pause } from "node:timers/promises"
import type { Move } from "../gateway-data"
import type { Payment } from "../support/payment-rows"
import { impatientMs, referenceOf, type Store, tooLongMs } from "../support/store"
import { lostAnswers, refusalOf, type Suite } from "../support/suite"

export function capture({
  gateway,
  name,
  openWithSession,
  openWithAuthorized,
  openWithPaid,
}: Suite): void {
  const { capture } = gateway.capabilities

  describe(`${name}: capture`, () => {
    it("of what was not paid is refused", async () => {
      const { store, session } = await openWithSession()
      const payment = store.rows.addPayment(session, session.data)
      expect(await refusalOf(store.medusa.capture(payment))).toContain(referenceOf(session))
      expect(payment.captured_at).toBeNull()
    })

    if (capture === "automatic") {
      it("twice is one payment, taken when the shopper paid", async () => {
        const { store, payment } = await openWithPaid("100")
        const reference = referenceOf(payment)
        await store.medusa.captureAtProvider(payment, "capt_1")
        await store.medusa.captureAtProvider(payment, "capt_2")
        expect(referenceOf(payment)).toBe(reference)
        expect(store.sandbox.moves("payment", reference)).toEqual([store.money("100")])
      })
    } else {
      it("twice is one capture", async () => {
        const { store, payment } = await openWithAuthorized("100")
        await store.medusa.capture(payment)
        const { id } = [...store.rows.captures.values()][0] ?? { id: "" }
        await store.medusa.captureAtProvider(payment, id)
        await refusalOf(store.medusa.captureAtProvider(payment, "capt_another"))
        expect(store.sandbox.moves("capture", referenceOf(payment))).toEqual([store.money("100")])
      })

      it("of more than was reserved is refused before the gateway is called", async () => {
        const { store, payment } = await openWithAuthorized("100")
        await refusalOf(store.medusa.capture(payment, "101"))
        expect(store.sandbox.calls("capture")).toBe(0)
      })
    }

    if (capture === "full") {
      it("of a part is refused before the gateway is called, naming what can be captured", async () => {
        const { store, payment } = await openWithAuthorized("100")
        const refusal = await refusalOf(store.medusa.capture(payment, "40"))
        expect(refusal).toContain(store.money("100").amount)
        expect(store.sandbox.calls("capture")).toBe(0)
      })
    }

    if (capture === "single_partial" || capture === "multiple_partial") {
      it("of a part takes the true part", async () => {
        const { store, payment } = await openWithAuthorized("100")
        await store.medusa.capture(payment, "40")
        expect(store.sandbox.moves("capture", referenceOf(payment))).toEqual([store.money("40")])
      })

      it("typed with more places than the gateway has is refused, never rounded", async () => {
        const { store, payment } = await openWithAuthorized("100")
        const typed = `1.${"0".repeat(store.decimals)}1`
        expect(await refusalOf(store.medusa.capture(payment, typed))).toContain(typed)
        expect(store.sandbox.calls("capture")).toBe(0)
      })

      it("of a part, whose answer was lost, is found by asking", async () => {
        const { store, payment } = await openWithAuthorized("100")
        store.sandbox.fault("capture", { kind: "answer-lost" })
        await refusalOf(store.medusa.capture(payment, "40"))
        await store.medusa.capture(payment, "40")
        expect(store.sandbox.calls("capture")).toBe(1)
        expect(store.sandbox.moves("capture", referenceOf(payment))).toEqual([store.money("40")])
      })

      it("of a part leaves that part to be refunded, and no more", async () => {
        const { store, payment } = await openWithAuthorized("100")
        await store.medusa.capture(payment, "40")
        await refusalOf(store.medusa.refund(payment, "41"))
        expect(store.sandbox.calls("refund")).toBe(0)
        if (gateway.capabilities.refund !== "none") {
          await store.medusa.refund(payment, "40")
          expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([store.money("40")])
        }
      })

      it("of a part, by two at once, is one capture", async () => {
        const { store, payment } = await openWithAuthorized("100")
        const tries = [store.medusa.capture(payment, "60"), store.medusa.capture(payment, "60")]
        await Promise.allSettled(tries)
        expect(store.sandbox.moves("capture", referenceOf(payment))).toEqual([store.money("60")])
      })
    }

    if (capture === "single_partial") {
      it("of the rest after a part is refused before the gateway is called", async () => {
        const { store, payment } = await openWithAuthorized("100")
        await store.medusa.capture(payment, "40")
        expect(await refusalOf(store.medusa.capture(payment, "60"))).toMatch(/only once/)
        expect(store.sandbox.calls("capture")).toBe(1)
      })
    }

    if (capture === "multiple_partial") {
      it("in parts may use up what was reserved and nothing beyond", async () => {
        const { store, payment } = await openWithAuthorized("100")
        await store.medusa.capture(payment, "40")
        await store.medusa.capture(payment, "60")
        await refusalOf(store.medusa.capture(payment, "1"))
        expect(store.sandbox.moves("capture", referenceOf(payment))).toEqual([
          store.money("40"),
          store.money("60"),
        ])
      })
    }
  })
}

export function cancel({
  gateway,
  name,
  openWithSession,
  openWithAuthorized,
  openWithPaid,
}: Suite): void {
  const { capture, voids } = gateway.capabilities

  describe(`${name}: cancel`, () => {
    it("of what was not paid lets go of the order, which stays known", async () => {
      const { store, session } = await openWithSession()
      await store.medusa.cancelSession(session)
      const order = await store.journal.findOrder(referenceOf(session))
      expect(order).toMatchObject({ session_released_at: expect.anything() })
    })

    it("of what was taken is refused and moves no money", async () => {
      const { store, payment } = await openWithPaid()
      expect(await refusalOf(store.medusa.cancel(payment))).toMatch(/refund/i)
      expect(payment.canceled_at).toBeNull()
      expect(store.sandbox.moves("refund", referenceOf(payment))).toEqual([])
      expect(store.sandbox.moves("void", referenceOf(payment))).toEqual([])
    })

    it("without a reference, or while the gateway is away, does not throw", async () => {
      const { store, session } = await openWithSession()
      await store.sandbox.close()
      await store.medusa.cancelSession({ ...session, data: {} })
      await store.medusa.cancelSession(session)
    })

    if (capture === "automatic") {
      it("of what was paid a moment ago, unseen so far, is refused", async () => {
        const { store, session } = await openWithSession()
        store.sandbox.pay(referenceOf(session))
        expect(await refusalOf(store.medusa.cancelSession(session))).toMatch(/refund/i)
        expect(store.sandbox.moves("refund", referenceOf(session))).toEqual([])
      })
    }

    if (capture !== "automatic" && voids) {
      it("of what was reserved gives it back once", async () => {
        const { store, payment } = await openWithAuthorized("100")
        await store.medusa.cancel(payment)
        await store.medusa.cancel(payment)
        expect(store.sandbox.moves("void", referenceOf(payment))).toEqual([store.money("100")])
        expect(store.sandbox.calls("void")).toBe(1)
      })

      it("of what was reserved leaves nothing to capture", async () => {
        const { store, payment } = await openWithAuthorized("100")
        await store.medusa.cancel(payment)
        await refusalOf(store.medusa.capture(payment))
        expect(store.sandbox.calls("capture")).toBe(0)
      })
    }

    if (capture !== "automatic" && !voids) {
      it("of what was reserved is refused, because the gateway can't", async () => {
        const { store, payment } = await openWithAuthorized("100")
        await refusalOf(store.medusa.cancel(payment))
        expect(payment.canceled_at).toBeNull()
      })
    }
  })
}

type MoveOfReserved = {
  readonly what: Extract<Move, "capture" | "void">
  make(store: Store, payment: Payment): Promise<unknown>
}

const captureOperation: MoveOfReserved = {
  what: "capture",
  make: ({ medusa }, payment) => medusa.capture(payment),
}
const reverse: MoveOfReserved = {
  what: "void",
  make: ({ medusa }, payment) => medusa.cancel(payment),
}

/** A capture or a cancellation whose outcome nobody knows: it is asked about, and the ledger shows it once. */
export function moveFaults({ gateway, name, openWithAuthorized }: Suite): void {
  const { capabilities } = gateway
  const moves =
    capabilities.capture === "automatic"
      ? []
      : capabilities.voids
        ? [captureOperation, reverse]
        : [captureOperation]

  for (const { what, make } of moves) {
    describe(`${name}: ${what} after`, () => {
      it.each(lostAnswers)("$what is made once in the end", async ({ fault, acts }) => {
        const { store, payment } = await openWithAuthorized("100", { timeoutMs: impatientMs })
        const reference = referenceOf(payment)
        store.sandbox.fault(what, fault)

        expect(await refusalOf(make(store, payment))).toMatch(/not known/)
        expect(store.sandbox.calls(what)).toBe(1)
        expect(store.sandbox.moves(what, reference)).toHaveLength(
          acts === "before the answer" ? 1 : 0
        )

        await make(store, payment)
        if (acts === "later") {
          await pause(tooLongMs)
        }
        expect(store.sandbox.moves(what, reference)).toEqual([store.money("100")])
      })

      it("an unknown outcome is not sent again while the gateway can't be asked", async () => {
        const { store, payment } = await openWithAuthorized("100")
        store.sandbox.fault(what, { kind: "answer-lost" })
        await refusalOf(make(store, payment))
        store.sandbox.fault("ask", { kind: "http-error", times: "forever" })
        await refusalOf(make(store, payment))
        expect(store.sandbox.calls(what)).toBe(1)

        store.sandbox.clearFaults()
        await make(store, payment)
        expect(store.sandbox.moves(what, referenceOf(payment))).toEqual([store.money("100")])
      })

      it("an unknown outcome, tried by two at once, is made once", async () => {
        const { store, payment } = await openWithAuthorized("100")
        store.sandbox.fault(what, { kind: "reset-before-acting" })
        await refusalOf(make(store, payment))
        await Promise.allSettled([make(store, payment), make(store, payment)])
        expect(store.sandbox.moves(what, referenceOf(payment))).toEqual([store.money("100")])
      })

      it("a redirect to another host is unknown, and that host gets nothing", async () => {
        const { store, payment } = await openWithAuthorized("100")
        const elsewhere = await store.anotherHost()
        store.sandbox.fault(what, { kind: "redirect", location: elsewhere.url })
        await refusalOf(make(store, payment))
        await make(store, payment)
        expect(elsewhere.received).toEqual([])
        expect(store.sandbox.moves(what, referenceOf(payment))).toEqual([store.money("100")])
      })

      if (gateway.wire.accessToken) {
        it("a token that ended is made once, with a new one", async () => {
          const { store, payment } = await openWithAuthorized("100")
          store.sandbox.endTokens()
          await make(store, payment)
          expect(store.sandbox.moves(what, referenceOf(payment))).toEqual([store.money("100")])
        })

        it("tokens rejected for ever is not made, says so, and lets the next try through", async () => {
          const { store, payment } = await openWithAuthorized("100")
          store.sandbox.fault(what, { kind: "unauthorized", times: "forever" })
          expect(await refusalOf(make(store, payment))).toMatch(/not made/)
          expect(store.sandbox.calls(what)).toBe(2)
          store.sandbox.clearFaults()
          await make(store, payment)
          expect(store.sandbox.moves(what, referenceOf(payment))).toEqual([store.money("100")])
        })
      }
    })
  }
}
