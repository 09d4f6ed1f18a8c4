import { isPayoutReference } from "../../../modules/payout/domain/transfer"
import type { PayoutSuite } from "../support/payout-suite"

/** Webhooks that a gateway really sends: each names a transfer to ask about, and proves nothing. */
export function webhook({ data, name, openClient }: PayoutSuite): void {
  const { wire, capabilities } = data
  if (capabilities.webhooks === "none") {
    return
  }

  describe(`${name}: webhook`, () => {
    it.each(wire.webhookEncodings)("of a transfer, as %s, names it", async (encoding) => {
      const client = await openClient()
      client.sandbox.setWebhooks({ encoding })
      const { reference } = await sent(client)
      expect(client.admit(await client.lastWebhook())).toMatchObject({
        type: "accepted",
        proof: "proven",
        event: { reference, rawStatus: expect.any(String), eventKey: expect.any(String) },
      })
    })

    it("of an order of the shop's, which can come to the same address, names the order", async () => {
      const client = await openClient()
      const reference = "01J9ZC7T4M8W2X3Y5V6B7N8PQR0"
      client.sandbox.claimOrderPaid(reference)
      expect(client.admit(await client.lastWebhook())).toMatchObject({
        type: "accepted",
        event: { reference },
      })
      expect(isPayoutReference(reference)).toBe(false)
    })

    it("that comes three times is one event, and another once the money came back", async () => {
      const client = await openClient()
      client.sandbox.setWebhooks({ copies: 3 })
      const { reference } = await sent(client)
      await client.sandbox.webhooksSettled()
      const keys = () => client.webhooks.received.map((request) => keyOf(client.admit(request)))
      expect(keys()).toHaveLength(3)
      expect(new Set(keys()).size).toBe(1)
      client.sandbox.giveBack(reference)
      await client.sandbox.webhooksSettled()
      expect(new Set(keys()).size).toBe(2)
      expect(keys()).not.toContain(undefined)
    })

    it("of different transfers are different events", async () => {
      const client = await openClient()
      await sent(client)
      await sent(client)
      await client.sandbox.webhooksSettled()
      const keys = client.webhooks.received.map((request) => keyOf(client.admit(request)))
      expect(new Set(keys).size).toBe(2)
    })

    it("that claims what is not so proves nothing: asking tells the truth", async () => {
      const client = await openClient()
      client.sandbox.answerWith("processing")
      const order = await client.order()
      const { gatewayId = null } = await client.send(order)
      client.sandbox.claimSucceeded(order.reference)
      expect(client.admit(await client.lastWebhook())).toMatchObject({
        type: "accepted",
        event: { reference: order.reference },
      })
      expect((await client.ask(order, gatewayId)).outcome).toBe("processing")
      expect(client.sandbox.moves(order.reference)).toEqual([])
    })

    it("signed with the secret before it was changed is taken while both are set", async () => {
      const client = await openClient({ signsWith: "previous" })
      const { reference } = await sent(client)
      expect(client.admit(await client.lastWebhook())).toMatchObject({
        type: "accepted",
        event: { reference },
      })
    })
  })
}

type Client = Awaited<ReturnType<PayoutSuite["openClient"]>>

async function sent(client: Client) {
  const order = await client.order()
  await client.send(order)
  return order
}

function keyOf(decision: ReturnType<Client["admit"]>): string | undefined {
  return decision.type === "accepted" ? (decision.event.eventKey ?? undefined) : undefined
}
