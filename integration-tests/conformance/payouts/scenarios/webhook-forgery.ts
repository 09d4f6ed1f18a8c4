import type { ReceivedRequest } from "../../support/http-listener"
import type { PayoutDesk } from "../support/payout-desk"
import type { PayoutSuite } from "../support/payout-suite"

/** Webhooks that a gateway did not send. None is an event that could be written down as proven. */
export function webhookForgery({ data, name, openDesk }: PayoutSuite): void {
  const { wire } = data

  describe(`${name}: webhook`, () => {
    it("forged, with another secret, is none", async () => {
      const desk = await openDesk()
      desk.sandbox.setWebhooks({ forged: true })
      await desk.send(await desk.order())
      expect(desk.admit(await desk.lastWebhook())).toMatchObject({ type: "refused", status: 401 })
    })

    it.each([
      { what: "removed", change: () => undefined },
      { what: "emptied", change: () => "" },
      { what: "cut", change: (signature: string) => signature.slice(0, -4) },
      { what: "written twice", change: (signature: string) => signature + signature },
      { what: "no such thing at all", change: () => "\u00e9\u0000" },
    ])("with its signature $what is none", async ({ change }) => {
      const { desk, received } = await withWebhook()
      const forged = data.changeSignature(received, change)
      expect(forged).not.toEqual(received)
      expect(desk.admit(forged)).toMatchObject({ type: "refused", status: 401 })
      expect(desk.admit(received).type).toBe("accepted")
    })

    it("with the signature of another webhook is none", async () => {
      const { desk, received } = await withWebhook()
      await desk.send(await desk.order())
      let other = ""
      data.changeSignature(await desk.lastWebhook(), (signature) => (other = signature))
      expect(desk.admit(data.changeSignature(received, () => other))).toMatchObject({
        type: "refused",
        status: 401,
      })
    })

    it("truncated anywhere is no event", async () => {
      const { desk, received } = await withWebhook()
      for (let length = 0; length < received.body.length; length += 3) {
        const body = received.body.subarray(0, length)
        expect(desk.admit({ ...received, body }).type).not.toBe("accepted")
      }
      expect(desk.admit(received).type).toBe("accepted")
    })

    it("with another transfer's reference in it is none", async () => {
      const { desk, received } = await withWebhook()
      const text = received.body.toString("utf8")
      const body = Buffer.from(text.replace(/P01[0-9A-Z]{24}/g, "P01J9ZC7T4M8W2X3Y5V6B7N8PQR"))
      expect(body).not.toEqual(received.body)
      expect(desk.admit({ ...received, body })).toMatchObject({ type: "refused", status: 401 })
    })

    if (wire.signsAmount) {
      it("with an amount changed on the way is none", async () => {
        const { desk, received } = await withWebhook()
        const body = Buffer.from(received.body.toString("utf8").replaceAll("1500", "9500"))
        expect(body).not.toEqual(received.body)
        expect(desk.admit({ ...received, body })).toMatchObject({ type: "refused", status: 401 })
      })
    }

    it.each([
      { what: "no body at all", body: "" },
      { what: "JSON that is no object", body: "null" },
      { what: "a list", body: "[]" },
      { what: "an object without a field", body: "{}" },
      { what: "bytes that are no text", body: "\u0000\uFFFD\u0001" },
      { what: "JSON with a prototype in it", body: '{"__proto__":{"txStatus":"success"}}' },
    ])("with $what is no event, and does not throw", async ({ body }) => {
      const { desk, received } = await withWebhook()
      const forged = { ...received, body: Buffer.from(body, "latin1") }
      expect(desk.admit(forged).type).not.toBe("accepted")
    })
  })

  async function withWebhook(): Promise<{ desk: PayoutDesk; received: ReceivedRequest }> {
    const desk = await openDesk()
    await desk.send(await desk.order())
    return { desk, received: await desk.lastWebhook() }
  }
}
