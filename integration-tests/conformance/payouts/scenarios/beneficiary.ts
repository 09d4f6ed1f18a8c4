import { lostAnswers } from "../../support/fault-table"
import { impatientMs } from "../../support/store"
import type { PayoutSuite } from "../support/payout-suite"

/** Making somebody known who is to be paid. */
export function beneficiary({ data, name, openDesk }: PayoutSuite): void {
  const { wire, capabilities } = data

  describe(`${name}: beneficiary`, () => {
    it("who is accepted can be paid by the account that comes back", async () => {
      const desk = await openDesk()
      const result = await desk.register()
      expect(result.status).toBe("active")
      expect(result).toHaveProperty("account")
      const order = await desk.order()
      expect(await desk.send(order)).toMatchObject({ outcome: "succeeded" })
    })

    const required = capabilities.identityFields.length > 0 ? "identity" : "account"
    it(`without ${required} is refused, and the gateway is not called`, async () => {
      const desk = await openDesk()
      const result = await desk.register({ ...desk.beneficiary, [required]: {} })
      expect(result).toMatchObject({
        status: "rejected",
        message: expect.stringMatching(/missing/),
      })
      expect(desk.sandbox.calls("register")).toBe(0)
    })

    if (wire.makesBeneficiaries) {
      it.each(lostAnswers)(
        "after $what waits for a person, and is added once",
        async ({ fault }) => {
          const desk = await openDesk({ timeoutMs: impatientMs })
          desk.sandbox.fault("register", fault)
          expect(await desk.register()).toMatchObject({
            status: "pending",
            message: expect.stringMatching(/dashboard/i),
          })
          expect(desk.sandbox.calls("register")).toBe(1)
        }
      )
    }

    it("at a gateway that can't be reached is never said to be payable", async () => {
      const desk = await openDesk()
      await desk.sandbox.close()
      const { status } = await desk.register()
      // Where the gateway has no call for it, there is nothing that it could have been asked.
      const { makesBeneficiaries } = wire
      expect(status).toBe(makesBeneficiaries || wire.accessToken ? "rejected" : "active")
    })
  })
}
