import { setTimeout as pause } from "node:timers/promises"
import { lostAnswers } from "../../support/fault-table"
import { impatientMs, tooLongMs } from "../../support/store"
import type { PayoutSuite } from "../support/payout-suite"

/** A transfer whose outcome nobody knows: it is sent once, and asking tells what the ledger has. */
export function transferFaults({ data, name, openDesk }: PayoutSuite): void {
  describe(`${name}: transfer with`, () => {
    it.each(lostAnswers)("$what is unknown, and asking tells the truth", async (row) => {
      const desk = await openDesk({ timeoutMs: impatientMs })
      const order = await desk.order()
      desk.sandbox.fault("send", row.fault)
      expect((await desk.send(order)).outcome).toBe("unknown")
      expect(desk.sandbox.calls("send")).toBe(1)
      if (row.acts === "later") {
        await pause(tooLongMs)
      }
      const moved = row.acts === "never" ? 0 : 1
      expect(desk.sandbox.moves(order.reference)).toHaveLength(moved)
      expect((await desk.ask(order)).outcome).toBe(moved === 1 ? "succeeded" : "not_found")
      expect(desk.sandbox.calls("send")).toBe(1)
    })

    it("a redirect to another host is unknown, and that host gets nothing", async () => {
      const desk = await openDesk()
      const elsewhere = await desk.anotherHost()
      const order = await desk.order()
      for (const operation of ["send", "ask"] as const) {
        desk.sandbox.fault(operation, {
          kind: "redirect",
          location: elsewhere.url,
          times: "forever",
        })
      }
      expect((await desk.send(order)).outcome).toBe("unknown")
      expect((await desk.ask(order)).outcome).toBe("unknown")
      expect(elsewhere.received).toEqual([])
    })

    it("a gateway that can't be reached was surely not sent, and asking tells nothing", async () => {
      const desk = await openDesk()
      const order = await desk.order()
      await desk.sandbox.close()
      expect((await desk.send(order, desk.freshProvider())).outcome).toBe("not_sent")
      expect((await desk.ask(order)).outcome).toBe("unknown")
    })
  })

  describe(`${name}: question with`, () => {
    // Asking changes nothing: whether the gateway "acted" makes no difference to it.
    it.each(lostAnswers.filter(({ acts }) => acts !== "later"))(
      "$what tells nothing, and the truth when asked again",
      async ({ fault }) => {
        const desk = await openDesk({ timeoutMs: impatientMs })
        const order = await desk.order()
        await desk.send(order)
        desk.sandbox.fault("ask", { ...fault, times: "forever" })
        expect((await desk.ask(order)).outcome).toBe("unknown")
        desk.sandbox.clearFaults()
        expect((await desk.ask(order)).outcome).toBe("succeeded")
        expect(desk.sandbox.moves(order.reference)).toHaveLength(1)
      }
    )

    it("a fault that passes is asked again by itself", async () => {
      const desk = await openDesk()
      const order = await desk.order()
      await desk.send(order)
      desk.sandbox.fault("ask", { kind: "reset-before-acting" })
      expect((await desk.ask(order)).outcome).toBe("succeeded")
    })

    it("a refusal in words of any kind is not taken for a transfer that is not there", async () => {
      const desk = await openDesk()
      const order = await desk.order()
      const answer = data.refusal("The account was not found")
      desk.sandbox.fault("ask", { kind: "wrong-shape", answer, times: "forever" })
      expect((await desk.ask(order)).outcome).toBe("unknown")
    })
  })
}
