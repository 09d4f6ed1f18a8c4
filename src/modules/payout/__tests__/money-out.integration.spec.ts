import { alice } from "./payouts-under-test"
import { describeShop } from "./shop"

const hour = 60 * 60_000

describeShop("Money out by day", (shop) => {
  it("is what was sent, on the day of the place that is asked for, by what became of it", async () => {
    const { payouts, gateway, approved, made, clock } = shop()
    const from = new Date(clock.now().getTime() - hour)
    const manila = { from, to: new Date(from.getTime() + 72 * hour), timeZone: "Asia/Manila" }
    // Midnight UTC on the first of January 2030, which is eight in the morning in Manila.
    expect(clock.now().toISOString()).toBe("2030-01-01T00:00:00.000Z")
    await payouts.submitTransfer((await approved({ amount: "10.00" })).id, alice)
    gateway.nextSends.push(() => Promise.resolve({ outcome: "failed", message: "Account closed" }))
    await payouts.submitTransfer((await approved({ amount: "20.50" })).id, alice)
    await made({ amount: "5.00" })
    clock.advance(17 * hour)
    await payouts.submitTransfer((await approved({ amount: "0.10" })).id, alice)

    const line = (day: string, status: string, amount: string) => ({
      day,
      status,
      amount,
      provider_id: "po_acme_main",
      currency_code: "php",
      count: 1,
    })
    expect(await payouts.moneyOut({}, manila)).toEqual([
      line("2030-01-01", "failed", "20.50"),
      line("2030-01-01", "succeeded", "10.00"),
      line("2030-01-02", "succeeded", "0.10"),
    ])
    const utc = { ...manila, timeZone: "UTC" }
    const days = await payouts.moneyOut({ status: "succeeded" }, utc)
    expect(days.map(({ day, count, amount }) => [day, count, amount])).toEqual([
      ["2030-01-01", 2, "10.10"],
    ])
    expect(await payouts.moneyOut({}, { ...manila, to: from })).toEqual([])
  })
})
