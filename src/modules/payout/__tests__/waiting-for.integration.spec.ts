import { alice, anAdmin, bob, carol, newTransfer } from "./payouts-under-test"
import { describeShop } from "./shop"

jest.setTimeout(60_000)

describeShop("What waits for a person's approval", (shop) => {
  it("counts the batches and the transfers that they may approve, and no others", async () => {
    const { payouts, made, beneficiary, withOptions } = shop()
    await made()
    const [one, two] = [await made({ amount: "2.00" }), await made({ amount: "3.00" })]
    await payouts.makeBatch({ transfer_ids: [one.id, two.id] }, alice)
    // Carol made the beneficiaries, Alice the transfers; only an admin of now came later than these.
    expect(await payouts.waitingFor(alice)).toEqual({ batches: 0, transfers: 0 })
    expect(await payouts.waitingFor(carol)).toEqual({ batches: 0, transfers: 0 })
    expect(await payouts.waitingFor(bob)).toEqual({ batches: 1, transfers: 1 })
    const invited = { ...anAdmin("late"), since: new Date("2031-01-01T00:00:00Z") }
    expect(await payouts.waitingFor(invited)).toEqual({ batches: 0, transfers: 0 })
    const named = withOptions({ approvers: ["user_dora"] })
    expect(await named.waitingFor(bob)).toEqual({ batches: 0, transfers: 0 })
    expect(await named.waitingFor(anAdmin("dora"))).toEqual({ batches: 1, transfers: 1 })

    const theirs = async () => (await payouts.approvableBy(bob)).map(({ id }) => id)
    expect(await theirs()).toHaveLength(3)

    // One whose payee Bob changed is not his any more; of the batch the other one is.
    const change = { account: { account_number: "1234567890" } }
    await payouts.changeBeneficiary(one.beneficiary_id, change, bob)
    expect(await payouts.waitingFor(bob)).toEqual({ batches: 1, transfers: 1 })
    expect(await theirs()).not.toContain(one.id)
    expect(await theirs()).toContain(two.id)
    await payouts.changeBeneficiary(two.beneficiary_id, { name: "Juana" }, bob)
    expect(await payouts.waitingFor(bob)).toEqual({ batches: 0, transfers: 1 })

    // A first approval of two is given.
    const both = withOptions({ twoApproversAbove: { php: "1000.00" } })
    const known = await beneficiary()
    const { transfer } = await both.makeTransfer(newTransfer(known, { amount: "1000.01" }), alice)
    expect((await both.waitingFor(bob)).transfers).toBe(2)
    await both.approveTransfer(transfer.id, bob)
    expect((await both.waitingFor(bob)).transfers).toBe(1)
    expect((await both.waitingFor(anAdmin("dora"))).transfers).toBe(2)
  })
})
