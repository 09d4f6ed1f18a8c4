import { setTimeout as pause } from "node:timers/promises"
import type { Move } from "../gateway-data"
import { lostAnswers } from "../support/fault-table"
import type { Payment } from "../support/payment-rows"
import { refusalOf } from "../support/refusal"
import { impatientMs, referenceOf, tooLongMs, type Store } from "../support/store"
import type { Suite } from "../support/suite"

type MoveOfReserved = {
  readonly what: Extract<Move, "capture" | "void">
  make(store: Store, payment: Payment): Promise<unknown>
}

const capture: MoveOfReserved = {
  what: "capture",
  make: ({ medusa }, payment) => medusa.capture(payment),
}
const reverse: MoveOfReserved = {
  what: "void",
  make: ({ medusa }, payment) => medusa.cancel(payment),
}

/** A capture or a cancellation whose outcome nobody knows: it is asked about, and the ledger shows it once. */
export function moveFaults({ gateway, name, openStore }: Suite): void {
  const { capabilities } = gateway
  const moves =
    capabilities.capture === "automatic" ? [] : capabilities.voids ? [capture, reverse] : [capture]

  for (const { what, make } of moves) {
    describe(`${name}: ${what} after`, () => {
      it.each(lostAnswers)("$what is made once in the end", async ({ fault, acts }) => {
        const store = await openStore({ timeoutMs: impatientMs })
        const payment = await store.authorized("100")
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
        const store = await openStore()
        const payment = await store.authorized("100")
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
        const store = await openStore()
        const payment = await store.authorized("100")
        store.sandbox.fault(what, { kind: "reset-before-acting" })
        await refusalOf(make(store, payment))
        await Promise.allSettled([make(store, payment), make(store, payment)])
        expect(store.sandbox.moves(what, referenceOf(payment))).toEqual([store.money("100")])
      })

      it("a redirect to another host is unknown, and that host gets nothing", async () => {
        const store = await openStore()
        const payment = await store.authorized("100")
        const elsewhere = await store.anotherHost()
        store.sandbox.fault(what, { kind: "redirect", location: elsewhere.url })
        await refusalOf(make(store, payment))
        await make(store, payment)
        expect(elsewhere.received).toEqual([])
        expect(store.sandbox.moves(what, referenceOf(payment))).toEqual([store.money("100")])
      })

      if (gateway.wire.accessToken) {
        it("a token that ended is made once, with a new one", async () => {
          const store = await openStore()
          const payment = await store.authorized("100")
          store.sandbox.endTokens()
          await make(store, payment)
          expect(store.sandbox.moves(what, referenceOf(payment))).toEqual([store.money("100")])
        })

        it("tokens rejected for ever is not made, says so, and lets the next try through", async () => {
          const store = await openStore()
          const payment = await store.authorized("100")
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
