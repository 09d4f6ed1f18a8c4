import { newReference } from "../support/new-reference"
import type { PayoutSuite } from "../support/payout-suite"

/** Transfers whose answers come. */
export function transfer({ data, name, openDesk }: PayoutSuite): void {
  const { wire, currency } = data

  describe(`${name}: transfer`, () => {
    it("that is made at once has succeeded, and is told of when asked", async () => {
      const desk = await openDesk()
      const order = await desk.order()
      const sent = await desk.send(order)
      expect(sent.outcome).toBe("succeeded")
      expect(Boolean(sent.gatewayId)).toBe(wire.namesNumber)
      expect(desk.sandbox.moves(order.reference)).toEqual([{ amount: order.amount, currency }])
      for (const gatewayId of [null, sent.gatewayId ?? null]) {
        const report = await desk.ask(order, gatewayId)
        expect(report.outcome).toBe("succeeded")
        if (wire.namesAmount) {
          expect(Number(report.amount)).toBe(Number(order.amount))
        }
      }
      expect(desk.sandbox.calls("send")).toBe(1)
    })

    it.each(["succeeded", "failed"] as const)(
      "that takes its time is being processed until it has %s",
      async (outcome) => {
        const desk = await openDesk()
        desk.sandbox.answerWith("processing")
        const order = await desk.order()
        expect((await desk.send(order)).outcome).toBe("processing")
        expect((await desk.ask(order)).outcome).toBe("processing")
        expect(desk.sandbox.moves(order.reference)).toEqual([])
        desk.sandbox.end(order.reference, outcome)
        expect((await desk.ask(order)).outcome).toBe(outcome)
        expect(desk.sandbox.moves(order.reference)).toHaveLength(outcome === "succeeded" ? 1 : 0)
      }
    )

    it("that the gateway ends with a no has failed, and moved nothing", async () => {
      const desk = await openDesk()
      desk.sandbox.answerWith("failed")
      const order = await desk.order()
      expect((await desk.send(order)).outcome).toBe("failed")
      expect((await desk.ask(order)).outcome).toBe("failed")
      expect(desk.sandbox.moves(order.reference)).toEqual([])
    })

    it("whose money comes back is not said to have succeeded any more", async () => {
      const desk = await openDesk()
      const order = await desk.order()
      await desk.send(order)
      desk.sandbox.giveBack(order.reference)
      // A gateway without a word of its own for it says that it failed.
      expect(["returned", "failed"]).toContain((await desk.ask(order)).outcome)
      expect(desk.sandbox.returns(order.reference)).toEqual(desk.sandbox.moves(order.reference))
    })

    it("that was never sent is not found", async () => {
      const desk = await openDesk()
      expect((await desk.ask(await desk.order())).outcome).toBe("not_found")
    })

    it("sent twice under one reference to a gateway that refuses it is not said to have failed", async () => {
      const desk = await openDesk()
      desk.sandbox.refuseDuplicates()
      const order = await desk.order()
      await desk.send(order)
      expect((await desk.send(order)).outcome).toBe("unknown")
      expect((await desk.ask(order)).outcome).toBe("succeeded")
      expect(desk.sandbox.moves(order.reference)).toHaveLength(1)
    })

    it("of several at once is told apart by its reference", async () => {
      const desk = await openDesk()
      const first = await desk.order()
      const amount = (7).toFixed(desk.decimals)
      const second = { ...first, reference: newReference(), amount }
      const sent = await Promise.all([desk.send(first), desk.send(second)])
      expect(sent.map(({ outcome }) => outcome)).toEqual(["succeeded", "succeeded"])
      expect(desk.sandbox.moves(second.reference)).toEqual([{ amount, currency }])
    })

    it.each([
      ["another currency", { currencyCode: "xau" }],
      ["too many places", { amount: "1.0001" }],
      ["nothing", { amount: "0" }],
      ["less than nothing", { amount: "-5" }],
      ["what is no amount", { amount: "1e" }],
      ["no account", { account: {} }],
    ])("of %s is refused, and the gateway is not called", async (_what, change) => {
      const desk = await openDesk()
      const order = await desk.order(change)
      expect(await desk.send(order)).toMatchObject({
        outcome: "failed",
        message: expect.any(String),
      })
      expect(desk.sandbox.calls("send")).toBe(0)
    })

    it("of the smallest amount and of a large one is exact to the last place", async () => {
      const desk = await openDesk()
      const amounts = [
        desk.decimals === 0 ? "1" : `0.${"1".padStart(desk.decimals, "0")}`,
        "98765432",
      ]
      for (const amount of amounts.map((text) => Number(text).toFixed(desk.decimals))) {
        const order = await desk.order({ amount })
        expect((await desk.send(order)).outcome).toBe("succeeded")
        expect(desk.sandbox.moves(order.reference)).toEqual([{ amount, currency }])
      }
    })
  })
}
