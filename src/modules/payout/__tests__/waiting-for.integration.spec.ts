import type { Actor } from "../actor"
import type { PayoutModuleService } from "../service"
import type { AwaitedQuestion } from "../store/awaited-approvals"
import { alice, anAdmin, bob, carol, keyOf, newTransfer } from "./payouts-under-test"
import { describeShop } from "./shop"

describeShop("What waits for a person's approval", (shop) => {
  /** What they may approve, or not, of all that waits: the first hundred, the oldest first. */
  const awaitedOf = async (
    actor: Actor,
    question: Partial<AwaitedQuestion> = {},
    payouts: PayoutModuleService = shop().payouts
  ) =>
    await payouts.awaitedOf(actor, {
      ...{ filters: {}, isInNone: false, mayApprove: true, order: { created_at: "ASC" } },
      ...{ offset: 0, limit: 100 },
      ...question,
    })

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

    const theirs = async () => (await awaitedOf(bob)).ids
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
    expect((await awaitedOf(bob, { mayApprove: false }, both)).ids).toContain(transfer.id)
    // It takes one approval again, and Bob's own counts as none of another day.
    expect((await shop().payouts.waitingFor(bob)).transfers).toBe(2)
    expect((await both.waitingFor(anAdmin("dora"))).transfers).toBe(2)
  })

  it("finds what they may approve behind more than 2,000 older ones that they may not", async () => {
    const { payouts, made, connection } = shop()
    const [own, theirs] = [await made(), await made({ amount: "2.00" })]
    const ofBatch = await made({ amount: "3.00" })
    const batch = await payouts.makeBatch({ transfer_ids: [ofBatch.id] }, alice)
    const older = await payouts.makeBatch({ transfer_ids: [own.id] }, alice)
    // Bob's own, a copy of the first with what has to differ, all made before the others.
    await connection.raw(
      `insert into payout_transfer
        select (jsonb_populate_record(row, jsonb_build_object(
          'id', 'potr_' || nth, 'reference', 'POLD' || nth, 'idempotency_key', 'old-' || nth,
          'created_by', :bob::text, 'created_at', row.created_at - interval '1 hour'))).*
        from payout_transfer as row, generate_series(1, 2500) as nth where row.id = :id`,
      { bob: bob.id, id: own.id }
    )
    await connection("payout_transfer").where({ id: own.id }).update({ created_by: bob.id })

    expect([...(await payouts.batchesApprovableBy(bob))]).toEqual([batch.id])
    expect(await payouts.waitingFor(bob)).toEqual({ batches: 1, transfers: 1 })
    expect(await awaitedOf(bob, { isInNone: true })).toEqual({ ids: [theirs.id], count: 1 })
    expect((await payouts.waitingBatches()).sort()).toEqual([batch.id, older.id].sort())

    // A colleague may approve what is Bob's, all of it, by whatever page and filter they look at it.
    const dora = anAdmin("dora")
    expect((await payouts.batchesApprovableBy(dora)).size).toBe(2)
    const rest = { offset: 2_500, order: { created_at: "ASC", amount: "DESC" } } as const
    expect(await awaitedOf(dora, rest)).toEqual({
      ids: [own.id, ofBatch.id, theirs.id],
      count: 2_503,
    })
    expect(await awaitedOf(dora, { filters: { q: "POLD2500" } })).toMatchObject({
      ids: ["potr_2500"],
      count: 1,
    })
    expect(await awaitedOf(dora, { mayApprove: false })).toEqual({ ids: [], count: 0 })
    const others = await awaitedOf(bob, { mayApprove: false, order: { created_at: "DESC" } })
    expect([others.count, others.ids[0]]).toEqual([2_501, own.id])
    // The copies are in the older batch, but for those of it that are said to be in none.
    await connection("payout_transfer").where("id", "like", "potr_%00").update({ batch_id: null })
    expect(await payouts.waitingFor(dora)).toEqual({ batches: 2, transfers: 26 })
    const nobody = keyOf(dora, "apk_1")
    expect(await awaitedOf(nobody)).toEqual({ ids: [], count: 0 })
    expect(await awaitedOf(nobody, { mayApprove: false })).toMatchObject({ count: 2_503 })
  })

  it("looks at the rest of a batch where the account of the first was changed in another beneficiary", async () => {
    const { payouts, made, beneficiary, withOptions } = shop()
    const cooling = withOptions({ accountCoolingOffHours: 24 })
    const changed = await beneficiary()
    const [first, second] = [await made(), await made({ amount: "2.00" })]
    const batch = await payouts.makeBatch({ transfer_ids: [first.id, second.id] }, alice)
    const account = { account_number: "555544441", bank_code: "BDOX" } // the first one's
    await payouts.changeBeneficiary(changed.id, { account }, carol)
    expect(
      (await cooling.approvalBlockers([first.id, second.id], bob)).get(first.id)
    ).toMatchObject({
      code: "cooling_off",
    })
    expect([...(await cooling.batchesApprovableBy(bob))]).toEqual([batch.id])
    expect(await awaitedOf(bob, {}, cooling)).toEqual({ ids: [second.id], count: 1 })
    const others = await awaitedOf(bob, { mayApprove: false }, cooling)
    expect(others).toEqual({ ids: [first.id], count: 1 })
  })
})
