import type { PayoutSuite } from "../support/payout-suite"

/** A gateway that does not accept who calls did nothing else. */
export function credentials({ data, name, openClient }: PayoutSuite): void {
  const { accessToken } = data.wire

  describe(`${name}: transfer`, () => {
    it("with credentials that are not taken was surely not sent, and asking tells nothing", async () => {
      const client = await openClient()
      const order = await client.order()
      for (const operation of ["send", "ask"] as const) {
        client.sandbox.fault(operation, { kind: "unauthorized", times: "forever" })
      }
      expect((await client.send(order)).outcome).toBe("not_sent")
      expect((await client.ask(order)).outcome).toBe("unknown")
      expect(client.sandbox.moves(order.reference)).toEqual([])
      expect(client.sandbox.calls("send")).toBe(accessToken ? 2 : 1)
    })

    if (accessToken) {
      it("whose token has ended is sent once, with a new one", async () => {
        const client = await openClient()
        const order = await client.order()
        client.sandbox.endTokens()
        expect((await client.send(order)).outcome).toBe("succeeded")
        expect(client.sandbox.moves(order.reference)).toHaveLength(1)
      })

      it.each(["html", "http-error", "unauthorized"] as const)(
        "without a token (%s) was surely not sent",
        async (kind) => {
          const client = await openClient()
          const order = await client.order()
          client.sandbox.fault("token", { kind, times: "forever" })
          client.sandbox.endTokens()
          expect((await client.send(order, client.freshProvider())).outcome).toBe("not_sent")
          expect(client.sandbox.calls("send")).toBe(0)
        }
      )
    }
  })
}
