import {
  changedSignatures,
  cutShort,
  signedAs,
  strangeBodies,
} from "../../conformance/support/forged-requests"
import type { ReceivedRequest } from "../../conformance/support/http-listener"
import type { PayoutClient } from "../support/payout-client"
import type { PayoutSuite } from "../support/payout-suite"

/** Webhooks that a gateway did not send. None is an event that could be written down as proven. */
export function webhookForgery({ data, name, openClient }: PayoutSuite): void {
  const { wire, capabilities } = data
  if (capabilities.webhooks === "none") {
    return
  }

  describe(`${name}: webhook`, () => {
    it("forged, with another secret, is none", async () => {
      const client = await openClient()
      client.sandbox.setWebhooks({ forged: true })
      await client.send(await client.order())
      expect(client.admit(await client.lastWebhook())).toMatchObject({
        type: "refused",
        status: 401,
      })
    })

    it.each(changedSignatures)("with its signature $what is none", async ({ change }) => {
      const { client, received } = await withWebhook()
      const forged = data.changeSignature(received, change)
      expect(forged).not.toEqual(received)
      expect(client.admit(forged)).toMatchObject({ type: "refused", status: 401 })
      expect(client.admit(received).type).toBe("accepted")
    })

    it("with the signature of another webhook is none", async () => {
      const { client, received } = await withWebhook()
      await client.send(await client.order())
      const forged = signedAs(received, await client.lastWebhook(), data)
      expect(client.admit(forged)).toMatchObject({
        type: "refused",
        status: 401,
      })
    })

    it("truncated anywhere is no event", async () => {
      const { client, received } = await withWebhook()
      for (const truncated of cutShort(received, 3)) {
        expect(client.admit(truncated).type).not.toBe("accepted")
      }
      expect(client.admit(received).type).toBe("accepted")
    })

    it("with another transfer's reference in it is none", async () => {
      const { client, received } = await withWebhook()
      const text = received.body.toString("utf8")
      const body = Buffer.from(text.replace(/P01[0-9A-Z]{24}/g, "P01J9ZC7T4M8W2X3Y5V6B7N8PQR"))
      expect(body).not.toEqual(received.body)
      expect(client.admit({ ...received, body })).toMatchObject({ type: "refused", status: 401 })
    })

    if (wire.signsAmount) {
      it("with an amount changed on the way is none", async () => {
        const { client, received } = await withWebhook()
        const body = Buffer.from(received.body.toString("utf8").replaceAll("1500", "9500"))
        expect(body).not.toEqual(received.body)
        expect(client.admit({ ...received, body })).toMatchObject({ type: "refused", status: 401 })
      })
    }

    it.each(strangeBodies)("with $what is no event, and does not throw", async ({ body }) => {
      const { client, received } = await withWebhook()
      expect(client.admit({ ...received, body }).type).not.toBe("accepted")
    })
  })

  async function withWebhook(): Promise<{ client: PayoutClient; received: ReceivedRequest }> {
    const client = await openClient()
    await client.send(await client.order())
    return { client, received: await client.lastWebhook() }
  }
}
