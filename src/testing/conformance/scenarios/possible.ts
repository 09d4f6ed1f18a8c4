import { Modules } from "@medusajs/framework/utils"
import {
  isWithin,
  type PaymentFacts,
  type Possible,
  possibleCapture,
  possibleRefund,
} from "../../../providers/base/possible-operations"
import { gatewayOf } from "../../../providers/registry"
import type { Payment } from "../support/payment-rows"
import { referenceOf, type Store } from "../support/store"
import { refusalOf, type Suite } from "../support/suite"
import { recordingLogger } from "../support/witness"

/** What an admin is told before anything is sent is what then happens, at the gateway's own sandbox. */
export function possible({ gateway, name, openStore, openWithPaid }: Suite): void {
  const kinds = gateway.capabilities.capture === "automatic" ? refundOnly : both

  describe(`${name}: what is possible`, () => {
    describe.each(kinds)("as a %s", (kind) => {
      it.each(["40", "100", "101"])("of %s of 100 is sent, and nothing else is", async (amount) => {
        const store = await openStore()
        const payment = await (kind === "refund" ? store.paid("100") : store.authorized("100"))
        const told = await possibleOf(store, payment, kind)
        if (isWithin(told, store.money(amount).amount)) {
          await store.medusa[kind](payment, amount)
        } else {
          await refusalOf(store.medusa[kind](payment, amount))
        }
        const moves = store.sandbox.moves(kind, referenceOf(payment))
        const isTold = isWithin(told, store.money(amount).amount)
        expect(moves).toEqual(isTold ? [store.money(amount)] : [])
      })
    })

    it("as a refund is less, or nothing, once something was given back", async () => {
      const { store, payment } = await openWithPaid("100")
      const before = await possibleOf(store, payment, "refund")
      if (before.extent === "none") {
        return expect(before).toEqual({ extent: "none", reason: "no_refunds" })
      }
      const first = before.extent === "part" ? "40" : "100"
      await store.medusa.refund(payment, first)
      expect(await possibleOf(store, payment, "refund")).toEqual(
        {
          none: undefined,
          full: { extent: "none", reason: "all_refunded" },
          single_partial: { extent: "none", reason: "refunded_once" },
          multiple_partial: { extent: "part", amount: store.money("60").amount },
        }[gateway.capabilities.refund]
      )
    })
  })

  async function possibleOf(store: Store, payment: Payment, kind: Kind): Promise<Possible> {
    const order = await store.journal.findOrder(referenceOf(payment))
    if (!order) {
      throw new Error("The journal lost an order")
    }
    const operations = await store.journal.operationsOfOrder(order.reference)
    const rules = { capabilities: gateway.capabilities, decimals: gateway.currencies }
    const facts: PaymentFacts = { gateway: rules, order, operations }
    return kind === "refund"
      ? possibleRefund(facts, new Date())
      : possibleCapture(facts, new Date())
  }
}

type Kind = "refund" | "capture"

const refundOnly: readonly Kind[] = ["refund"]
const both: readonly Kind[] = ["refund", "capture"]

export function capabilities({ gateway, name, openStore }: Suite): void {
  describe(`${name}: capabilities`, () => {
    it("declared are the ones that this suite holds the gateway to", async () => {
      const { sandbox, medusa } = await openStore()
      const declared = gatewayOf(
        {
          modules: {
            [Modules.PAYMENT]: {
              options: {
                providers: [
                  {
                    resolve: `medusa-regional-payments/providers/${gateway.identifier}`,
                    id: gateway.identifier,
                    options: sandbox.options,
                  },
                ],
              },
            },
          },
        },
        medusa.providerId,
        recordingLogger(() => undefined)
      )
      expect(declared?.gateway.capabilities).toEqual(gateway.capabilities)
      expect(declared?.gateway.decimals).toEqual(gateway.currencies)
    })
  })
}
