import {
  alice,
  anAdmin,
  bob,
  carol,
  keyOf,
  newBeneficiary,
  newTransfer,
} from "./payouts-under-test"
import { meetBeforeWriting } from "./meeting"
import { describeShop } from "./shop"

const dora = anAdmin("dora")
const day = 24 * 3_600_000

function messages(results: readonly PromiseSettledResult<unknown>[]): string[] {
  return results.flatMap((one) => (one.status === "rejected" ? [String(one.reason.message)] : []))
}

describeShop("The limits of a day", (shop) => {
  it("count all that goes to one account, in whichever beneficiary, on two servers at once", async () => {
    const { withOptions, otherServer, beneficiary, gateway, clock, database } = shop()
    const options = { limits: { php: { perBeneficiaryPerDay: "100.00" } } }
    const servers = [withOptions(options), otherServer(options)] as const
    const [payouts] = servers
    const known = await beneficiary()
    const account = gateway.told[0]?.account
    const twin = await payouts.addBeneficiary(newBeneficiary({ account }), carol)
    const other = await beneficiary()
    const make = async (payee: { id: string }, amount: string) =>
      (await payouts.makeTransfer(newTransfer(payee, { amount }), alice)).transfer.id
    const ids = [
      await make(known, "40.00"),
      await make(twin, "40.01"),
      await make(known, "40.02"),
      await make(twin, "40.03"),
    ]
    const acts = ids.map((id, nth) => () => servers[nth % 2 === 0 ? 0 : 1].approveTransfer(id, bob))
    const first = messages(await meetBeforeWriting(database.connect(1), acts))
    expect(first).toHaveLength(2)
    for (const message of first) {
      expect(message).toContain(
        "payouts.limits.php.perBeneficiaryPerDay, which is 100.00 for all to them"
      )
    }
    // Another payee has a limit of their own, and tomorrow is another day.
    await payouts.approveTransfer(await make(other, "100.00"), bob)
    clock.advance(day)
    const next = messages(await Promise.allSettled(acts.map((act) => act())))
    expect(next.filter((message) => message.includes("limits"))).toEqual([])
  })

  it("count all that one person made, by themselves or with a key, on two servers at once", async () => {
    const { withOptions, otherServer, beneficiary, database } = shop()
    const options = { approval: "none", limits: { php: { perMakerPerDay: "100.00" } } }
    const servers = [withOptions(options), otherServer(options)] as const
    const makers = [alice, keyOf(alice, "apk_1"), alice, keyOf(alice, "apk_2")]
    const payees = [
      await beneficiary(),
      await beneficiary(),
      await beneficiary(),
      await beneficiary(),
    ]
    const acts = payees.map((payee, nth) => async () => {
      const server = servers[nth % 2 === 0 ? 0 : 1]
      const request = newTransfer(payee, { amount: `40.0${nth}` })
      return await server.makeTransfer(request, makers[nth] ?? alice)
    })
    const results = await meetBeforeWriting(database.connect(1), acts)
    expect(messages(results)).toEqual([
      expect.stringContaining("perMakerPerDay"),
      expect.stringContaining("perMakerPerDay"),
    ])
    await servers[0].makeTransfer(newTransfer(await beneficiary(), { amount: "100.00" }), dora)
  })

  it("count the lines of one file as if they were made one after the other", async () => {
    const { withOptions, beneficiary } = shop()
    const limits = { php: { perBeneficiaryPerDay: "100.00", perMakerPerDay: "150.00" } }
    const payouts = withOptions({ approval: "none", limits })
    const [one, other] = [await beneficiary(), await beneficiary()]
    const amounts: [{ id: string }, string][] = [
      [one, "60.00"],
      [one, "60.01"],
      [other, "60.02"],
      [other, "39.00"],
    ]
    const lines = amounts.map(([payee, amount], nth) => ({
      line: nth + 2,
      transfer: newTransfer(payee, { amount }),
    }))
    const { problems } = await payouts.checkImport(lines, alice)
    expect(problems).toMatchObject([
      { line: 3, message: expect.stringContaining("40 of the option payouts.limits.php.perBen") },
      {
        line: 5,
        message: expect.stringContaining("29.98 of the option payouts.limits.php.perMaker"),
      },
    ])
  })

  it("let go what failed, and keep what may still have been paid", async () => {
    const { withOptions, beneficiary, gateway } = shop()
    const payouts = withOptions({ limits: { php: { perBeneficiaryPerDay: "100.00" } } })
    const known = await beneficiary()
    const send = async (amount: string) => {
      const { transfer } = await payouts.makeTransfer(newTransfer(known, { amount }), alice)
      await payouts.approveTransfer(transfer.id, bob)
      return await payouts.submitTransfer(transfer.id, alice)
    }
    gateway.nextSends.push(async () => ({ outcome: "failed" }))
    await send("90.00")
    gateway.nextSends.push(async () => ({ outcome: "unknown" }))
    await send("80.00")
    await expect(send("20.01")).rejects.toThrow("20 of the option")
    await send("20.00")
  })
})
