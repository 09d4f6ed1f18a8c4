import { setTimeout as pause } from "node:timers/promises"
import { lostAnswers } from "../../conformance/support/suite"
import { impatientMs, tooLongMs } from "../../conformance/support/store"
import type { PayoutSuite } from "../support/payout-suite"

/** A transfer whose outcome nobody knows: it is sent once, and asking tells what the ledger has. */
export function transferFaults({ data, name, openClient }: PayoutSuite): void {
  describe(`${name}: transfer with`, () => {
    it.each(lostAnswers)("$what is unknown, and asking tells the truth", async (row) => {
      const client = await openClient({ timeoutMs: impatientMs })
      const order = await client.order()
      client.sandbox.fault("send", row.fault)
      expect((await client.send(order)).outcome).toBe("unknown")
      expect(client.sandbox.calls("send")).toBe(1)
      if (row.acts === "later") {
        await pause(tooLongMs)
      }
      const moved = row.acts === "never" ? 0 : 1
      expect(client.sandbox.moves(order.reference)).toHaveLength(moved)
      expect((await client.ask(order)).outcome).toBe(moved === 1 ? "succeeded" : "not_found")
      expect(client.sandbox.calls("send")).toBe(1)
    })

    it("a redirect to another host is unknown, and that host gets nothing", async () => {
      const client = await openClient()
      const elsewhere = await client.anotherHost()
      const order = await client.order()
      for (const operation of ["send", "ask"] as const) {
        client.sandbox.fault(operation, {
          kind: "redirect",
          location: elsewhere.url,
          times: "forever",
        })
      }
      expect((await client.send(order)).outcome).toBe("unknown")
      expect((await client.ask(order)).outcome).toBe("unknown")
      expect(elsewhere.received).toEqual([])
    })

    it("a gateway that can't be reached was surely not sent, and asking tells nothing", async () => {
      const client = await openClient()
      const order = await client.order()
      await client.sandbox.close()
      expect((await client.send(order, client.freshProvider())).outcome).toBe("not_sent")
      expect((await client.ask(order)).outcome).toBe("unknown")
    })
  })

  describe(`${name}: question with`, () => {
    // Asking changes nothing: whether the gateway "acted" makes no difference to it.
    it.each(lostAnswers.filter(({ acts }) => acts !== "later"))(
      "$what tells nothing, and the truth when asked again",
      async ({ fault }) => {
        const client = await openClient({ timeoutMs: impatientMs })
        const order = await client.order()
        await client.send(order)
        client.sandbox.fault("ask", { ...fault, times: "forever" })
        expect((await client.ask(order)).outcome).toBe("unknown")
        client.sandbox.clearFaults()
        expect((await client.ask(order)).outcome).toBe("succeeded")
        expect(client.sandbox.moves(order.reference)).toHaveLength(1)
      }
    )

    it("a fault that passes is asked again by itself", async () => {
      const client = await openClient()
      const order = await client.order()
      await client.send(order)
      client.sandbox.fault("ask", { kind: "reset-before-acting" })
      expect((await client.ask(order)).outcome).toBe("succeeded")
    })

    it("a refusal in words of any kind is not taken for a transfer that is not there", async () => {
      const client = await openClient()
      const order = await client.order()
      const answer = data.refusal("The account was not found")
      client.sandbox.fault("ask", { kind: "wrong-shape", answer, times: "forever" })
      expect((await client.ask(order)).outcome).toBe("unknown")
    })
  })
}
