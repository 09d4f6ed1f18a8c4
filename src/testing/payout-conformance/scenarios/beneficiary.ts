import { lostAnswers } from "../../conformance/support/suite"
import { impatientMs } from "../../conformance/support/store"
import type { PayoutSuite } from "../support/payout-suite"

/** Making somebody known who is to be paid. */
export function beneficiary({ data, name, openClient }: PayoutSuite): void {
  const { wire, capabilities } = data

  describe(`${name}: beneficiary`, () => {
    it("who is accepted can be paid by the account that comes back", async () => {
      const client = await openClient()
      const result = await client.register()
      expect(result.status).toBe("active")
      expect(result).toHaveProperty("account")
      const order = await client.order()
      expect(await client.send(order)).toMatchObject({ outcome: "succeeded" })
    })

    const required = capabilities.identityFields.length > 0 ? "identity" : "account"
    it(`without ${required} is refused, and the gateway is not called`, async () => {
      const client = await openClient()
      const result = await client.register({ ...client.beneficiary, [required]: {} })
      expect(result).toMatchObject({
        status: "rejected",
        message: expect.stringMatching(/missing/),
      })
      expect(client.sandbox.calls("register")).toBe(0)
    })

    if (wire.makesBeneficiaries) {
      it.each(lostAnswers)(
        "after $what waits for a person, and is added once",
        async ({ fault }) => {
          const client = await openClient({ timeoutMs: impatientMs })
          client.sandbox.fault("register", fault)
          expect(await client.register()).toMatchObject({
            status: "pending",
            message: expect.stringMatching(/dashboard/i),
          })
          expect(client.sandbox.calls("register")).toBe(1)
        }
      )
    }

    it("at a gateway that can't be reached is never said to be payable", async () => {
      const client = await openClient()
      await client.sandbox.close()
      const { status } = await client.register()
      // Where the gateway has no call for it, there is nothing that it could have been asked.
      const { makesBeneficiaries } = wire
      expect(status).toBe(makesBeneficiaries || wire.accessToken ? "rejected" : "active")
    })
  })
}
