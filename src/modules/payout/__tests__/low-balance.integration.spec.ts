import { bob } from "./payouts-under-test"
import { describeShop } from "./shop"

const minute = 60_000

describeShop("Approved transfers for which the balance is too low", (shop) => {
  const delayed = () => shop().events.filter(({ name }) => name === "payout.sending.delayed")

  it("stay approved, are told once, and go when there is enough", async () => {
    const { payouts, approved, gateway, clock, now, logged } = shop()
    gateway.available = "1000.00"
    const fits = await approved({ amount: "600.00" })
    const [one, two] = [await approved({ amount: "500.00" }), await approved({ amount: "450.00" })]
    const alsoFits = await approved({ amount: "400.00" })
    const elsewhere = await approved({ amount: "9000", currency_code: "idr" })
    await payouts.submitDue(10)
    const sent = [fits, alsoFits, elsewhere].map(({ reference }) => reference).sort()
    expect(gateway.moves.map(({ reference }) => reference).sort()).toEqual(sent)
    for (const { id } of [one, two]) {
      expect(await now(id)).toMatchObject({
        status: "approved",
        delay_reason: "there is too little at Acme Pay to send all that is approved in PHP",
      })
    }
    gateway.available = "0.00"
    for (let times = 0; times < 3; times += 1) {
      clock.advance(11 * minute)
      await payouts.submitDue(10)
    }
    expect(delayed()).toMatchObject([{ data: { provider_id: one.provider_id, cause: "balance" } }])
    expect(logged.filter((line) => line.includes("there is too little"))).toHaveLength(1)

    gateway.available = "1000.00"
    clock.advance(11 * minute)
    await payouts.submitDue(10)
    for (const { id } of [one, two]) {
      expect(await now(id)).toMatchObject({ status: "succeeded", delay_reason: null })
    }
    // The next time is told anew.
    gateway.available = "0.00"
    await approved({ amount: "10.00" })
    await payouts.submitDue(10)
    expect(delayed()).toHaveLength(2)
  })

  it("count what is being sent and not answered as gone", async () => {
    const { payouts, otherServer, approved, gateway, now } = shop()
    gateway.available = "1000.00"
    let answer: () => void = () => {}
    const one = await approved({ amount: "600.00" })
    gateway.nextSends.push(async (order) => {
      await new Promise<void>((resolve) => {
        answer = resolve
      })
      return gateway.pay(order)
    })
    const sending = payouts.submitDue(10)
    while ((await now(one.id)).status !== "submitting") {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const two = await approved({ amount: "500.00" })
    await otherServer().submitDue(10)
    expect(await now(two.id)).toMatchObject({ status: "approved" })
    expect(gateway.moves).toEqual([])
    answer()
    await sending
    expect(gateway.moves).toHaveLength(1)
  })

  it("wait for the first that is refused for it, where the gateway tells no balance", async () => {
    const { payouts, approved, gateway, clock, now } = shop()
    gateway.capabilities = { ...gateway.capabilities, tellsBalance: false }
    const some = []
    for (const amount of ["1.00", "2.00", "3.00", "4.00", "5.00", "6.00", "7.00", "8.00"]) {
      some.push(await approved({ amount }))
    }
    for (const _one of some) {
      gateway.nextSends.push(async () => ({ outcome: "failed", isBalanceTooLow: true }))
    }
    for (let times = 0; times < 4; times += 1) {
      await payouts.submitDue(4)
    }
    const states = await Promise.all(some.map(async ({ id }) => (await now(id)).status))
    expect(states.filter((status) => status === "failed").length).toBeLessThanOrEqual(4)
    expect(states.filter((status) => status === "approved").length).toBeGreaterThanOrEqual(4)
    expect(delayed()).toHaveLength(1)
    gateway.nextSends.length = 0
    clock.advance(11 * minute)
    await payouts.submitDue(10)
    expect(gateway.moves.length).toBeGreaterThanOrEqual(4)
  })

  it("are sent all the same where the gateway can't be asked for it, or by a person's word", async () => {
    const { payouts, approved, gateway, now } = shop()
    const ask = gateway.retrieveBalance.bind(gateway)
    gateway.retrieveBalance = async () => {
      throw new Error("down")
    }
    const one = await approved()
    await payouts.submitDue(10)
    expect(await now(one.id)).toMatchObject({ status: "succeeded" })
    gateway.retrieveBalance = ask
    gateway.available = "0"
    const two = await approved()
    await payouts.submitDue(10)
    expect(await payouts.submitTransfer(two.id, bob)).toMatchObject({ status: "succeeded" })
  })
})
