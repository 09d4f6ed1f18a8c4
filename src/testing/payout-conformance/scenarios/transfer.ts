import { newReference } from "../support/new-reference"
import type { PayoutSuite } from "../support/payout-suite"

/** Transfers whose answers come. */
export function transfer({ data, name, openClient }: PayoutSuite): void {
  const { wire, currency, capabilities } = data

  describe(`${name}: transfer`, () => {
    it("that is made at once has succeeded, and is told of when asked", async () => {
      const client = await openClient()
      const order = await client.order()
      const sent = await client.send(order)
      expect(sent.outcome).toBe("succeeded")
      expect(Boolean(sent.gatewayId)).toBe(wire.namesNumber)
      expect(client.sandbox.moves(order.reference)).toEqual([{ amount: order.amount, currency }])
      for (const gatewayId of [null, sent.gatewayId ?? null]) {
        const report = await client.ask(order, gatewayId)
        expect(report.outcome).toBe("succeeded")
        if (wire.namesAmount) {
          expect(Number(report.amount)).toBe(Number(order.amount))
        }
      }
      expect(client.sandbox.calls("send")).toBe(1)
    })

    it.each(["succeeded", "failed"] as const)(
      "that takes its time is being processed until it has %s",
      async (outcome) => {
        const client = await openClient()
        client.sandbox.answerWith("processing")
        const order = await client.order()
        expect((await client.send(order)).outcome).toBe("processing")
        expect((await client.ask(order)).outcome).toBe("processing")
        expect(client.sandbox.moves(order.reference)).toEqual([])
        client.sandbox.end(order.reference, outcome)
        expect((await client.ask(order)).outcome).toBe(outcome)
        expect(client.sandbox.moves(order.reference)).toHaveLength(outcome === "succeeded" ? 1 : 0)
      }
    )

    it("that the gateway ends with a no has failed, and moved nothing", async () => {
      const client = await openClient()
      client.sandbox.answerWith("failed")
      const order = await client.order()
      expect((await client.send(order)).outcome).toBe("failed")
      expect((await client.ask(order)).outcome).toBe("failed")
      expect(client.sandbox.moves(order.reference)).toEqual([])
    })

    it("whose money comes back is not said to have succeeded any more", async () => {
      const client = await openClient()
      const order = await client.order()
      await client.send(order)
      client.sandbox.giveBack(order.reference)
      // A gateway without a word of its own for it says that it failed.
      expect(["returned", "failed"]).toContain((await client.ask(order)).outcome)
      expect(client.sandbox.returns(order.reference)).toEqual(client.sandbox.moves(order.reference))
    })

    it("that was never sent is not found", async () => {
      const client = await openClient()
      expect((await client.ask(await client.order())).outcome).toBe("not_found")
    })

    if (capabilities.idempotentReference) {
      it("sent twice under one reference is one transfer, as the gateway promises", async () => {
        const client = await openClient()
        const order = await client.order()
        await client.send(order)
        expect((await client.send(order)).outcome).toBe("succeeded")
        expect(client.sandbox.moves(order.reference)).toHaveLength(1)
      })
    } else {
      it("sent twice under one reference to a gateway that refuses it is not said to have failed", async () => {
        const client = await openClient()
        client.sandbox.refuseDuplicates()
        const order = await client.order()
        await client.send(order)
        expect((await client.send(order)).outcome).toBe("unknown")
        expect((await client.ask(order)).outcome).toBe("succeeded")
        expect(client.sandbox.moves(order.reference)).toHaveLength(1)
      })
    }

    it("of several at once is told apart by its reference", async () => {
      const client = await openClient()
      const first = await client.order()
      const amount = (7).toFixed(client.decimals)
      const second = { ...first, reference: newReference(), amount }
      const sent = await Promise.all([client.send(first), client.send(second)])
      expect(sent.map(({ outcome }) => outcome)).toEqual(["succeeded", "succeeded"])
      expect(client.sandbox.moves(second.reference)).toEqual([{ amount, currency }])
    })

    it.each([
      ["another currency", { currencyCode: "xau" }],
      ["too many places", { amount: "1.0001" }],
      ["nothing", { amount: "0" }],
      ["less than nothing", { amount: "-5" }],
      ["what is no amount", { amount: "1e" }],
      ["no account", { account: {} }],
    ])("of %s is refused, and the gateway is not called", async (_what, change) => {
      const client = await openClient()
      const order = await client.order(change)
      expect(await client.send(order)).toMatchObject({
        outcome: "failed",
        message: expect.any(String),
      })
      expect(client.sandbox.calls("send")).toBe(0)
    })

    it("of the smallest amount and of a large one is exact to the last place", async () => {
      const client = await openClient()
      const amounts = [
        client.decimals === 0 ? "1" : `0.${"1".padStart(client.decimals, "0")}`,
        "98765432",
      ]
      for (const amount of amounts.map((text) => Number(text).toFixed(client.decimals))) {
        const order = await client.order({ amount })
        expect((await client.send(order)).outcome).toBe("succeeded")
        expect(client.sandbox.moves(order.reference)).toEqual([{ amount, currency }])
      }
    })
  })
}
