import type { PayoutSuite } from "../support/payout-suite"

/** A gateway that does not accept who calls did nothing else. */
export function credentials({ data, name, openDesk }: PayoutSuite): void {
  const { accessToken } = data.wire

  describe(`${name}: transfer`, () => {
    it("with credentials that are not taken was surely not sent, and asking tells nothing", async () => {
      const desk = await openDesk()
      const order = await desk.order()
      for (const operation of ["send", "ask"] as const) {
        desk.sandbox.fault(operation, { kind: "unauthorized", times: "forever" })
      }
      expect((await desk.send(order)).outcome).toBe("not_sent")
      expect((await desk.ask(order)).outcome).toBe("unknown")
      expect(desk.sandbox.moves(order.reference)).toEqual([])
      expect(desk.sandbox.calls("send")).toBe(accessToken ? 2 : 1)
    })

    if (accessToken) {
      it("whose token has ended is sent once, with a new one", async () => {
        const desk = await openDesk()
        const order = await desk.order()
        desk.sandbox.endTokens()
        expect((await desk.send(order)).outcome).toBe("succeeded")
        expect(desk.sandbox.moves(order.reference)).toHaveLength(1)
      })

      it.each(["html", "http-error", "unauthorized"] as const)(
        "without a token (%s) was surely not sent",
        async (kind) => {
          const desk = await openDesk()
          const order = await desk.order()
          desk.sandbox.fault("token", { kind, times: "forever" })
          desk.sandbox.endTokens()
          expect((await desk.send(order, desk.freshProvider())).outcome).toBe("not_sent")
          expect(desk.sandbox.calls("send")).toBe(0)
        }
      )
    }
  })
}
