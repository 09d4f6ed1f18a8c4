import type { PayoutSuite } from "../support/payout-suite"

/** What the provider says of itself. */
export function capabilities({ data, name, openClient }: PayoutSuite): void {
  describe(`${name}: capabilities`, () => {
    it("are declared as the data say, each field with a title", async () => {
      const { provider } = await openClient({ timeoutMs: 1_000 })
      const {
        contactFields = [],
        accountFields,
        identityFields,
        leaseMs,
        ...declared
      } = provider.capabilities
      expect(leaseMs).toBeGreaterThan(1_000)
      expect({
        ...declared,
        contactFields: contactFields.map((field) => field.name),
        accountFields: accountFields.map((field) => field.name),
        identityFields: identityFields.map((field) => field.name),
      }).toEqual(data.capabilities)
      for (const field of [...contactFields, ...accountFields, ...identityFields]) {
        expect(field.title).toMatch(/\S/)
        expect(field.pattern === undefined || field.hint !== undefined).toBe(true)
      }
    })

    if (data.capabilities.tellsBalance) {
      it("show what can be sent, less after each transfer, and throw where they can't", async () => {
        const client = await openClient()
        const before = await balanceOf(client.provider.retrieveBalance?.())
        const order = await client.order()
        await client.send(order)
        const after = await balanceOf(client.provider.retrieveBalance?.())
        expect(before.currencyCode).toBe(data.currency)
        expect(Number(before.available) - Number(after.available)).toBe(Number(order.amount))
        client.sandbox.fault("balance", { kind: "html", times: "forever" })
        await expect(client.provider.retrieveBalance?.()).rejects.toMatchObject({
          outcome: "unknown",
        })
      })
    } else {
      it("have no balance to show", async () => {
        const { provider } = await openClient()
        expect(provider.retrieveBalance).toBeUndefined()
      })
    }
  })
}

async function balanceOf(
  asked: Promise<{ currencyCode: string; available: string }[]> | undefined
): Promise<{ currencyCode: string; available: string }> {
  const [balance] = (await asked) ?? []
  if (!balance) {
    throw new Error("There is no balance")
  }
  return balance
}
