import { isPayoutReference } from "../../../../src/modules/payout/domain/transfer"
import type { PayoutSuite } from "../support/payout-suite"

/** Webhooks that a gateway really sends: each names a transfer to ask about, and proves nothing. */
export function webhook({ data, name, openDesk }: PayoutSuite): void {
  const { wire } = data

  describe(`${name}: webhook`, () => {
    it.each(wire.webhookEncodings)("of a transfer, as %s, names it", async (encoding) => {
      const desk = await openDesk()
      desk.sandbox.setWebhooks({ encoding })
      const { reference } = await sent(desk)
      expect(desk.admit(await desk.lastWebhook())).toMatchObject({
        type: "accepted",
        proof: "proven",
        event: { reference, word: expect.any(String), eventKey: expect.any(String) },
      })
    })

    it("of an order of the shop's, which can come to the same address, names the order", async () => {
      const desk = await openDesk()
      const reference = "01J9ZC7T4M8W2X3Y5V6B7N8PQR0"
      desk.sandbox.claimOrderPaid(reference)
      expect(desk.admit(await desk.lastWebhook())).toMatchObject({
        type: "accepted",
        event: { reference },
      })
      expect(isPayoutReference(reference)).toBe(false)
    })

    it("that comes three times is one event, and another once the money came back", async () => {
      const desk = await openDesk()
      desk.sandbox.setWebhooks({ copies: 3 })
      const { reference } = await sent(desk)
      await desk.sandbox.webhooksSettled()
      const keys = () => desk.webhooks.received.map((request) => keyOf(desk.admit(request)))
      expect(keys()).toHaveLength(3)
      expect(new Set(keys()).size).toBe(1)
      desk.sandbox.giveBack(reference)
      await desk.sandbox.webhooksSettled()
      expect(new Set(keys()).size).toBe(2)
      expect(keys()).not.toContain(undefined)
    })

    it("of different transfers are different events", async () => {
      const desk = await openDesk()
      await sent(desk)
      await sent(desk)
      await desk.sandbox.webhooksSettled()
      const keys = desk.webhooks.received.map((request) => keyOf(desk.admit(request)))
      expect(new Set(keys).size).toBe(2)
    })

    it("that claims what is not so proves nothing: asking tells the truth", async () => {
      const desk = await openDesk()
      desk.sandbox.answerWith("processing")
      const order = await desk.order()
      const { gatewayId = null } = await desk.send(order)
      desk.sandbox.claimSucceeded(order.reference)
      expect(desk.admit(await desk.lastWebhook())).toMatchObject({
        type: "accepted",
        event: { reference: order.reference },
      })
      expect((await desk.ask(order, gatewayId)).outcome).toBe("processing")
      expect(desk.sandbox.moves(order.reference)).toEqual([])
    })

    it("signed with the secret before it was changed is taken while both are set", async () => {
      const desk = await openDesk({ signsWith: "previous" })
      const { reference } = await sent(desk)
      expect(desk.admit(await desk.lastWebhook())).toMatchObject({
        type: "accepted",
        event: { reference },
      })
    })
  })
}

type Desk = Awaited<ReturnType<PayoutSuite["openDesk"]>>

async function sent(desk: Desk) {
  const order = await desk.order()
  await desk.send(order)
  return order
}

function keyOf(decision: ReturnType<Desk["admit"]>): string | undefined {
  return decision.type === "accepted" ? (decision.event.eventKey ?? undefined) : undefined
}
