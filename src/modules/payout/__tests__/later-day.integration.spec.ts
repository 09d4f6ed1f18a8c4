import { alice, bob, carol, newTransfer } from "./payouts-under-test"
import { describeShop } from "./shop"

const hour = 3_600_000
const day = 24 * hour

const file = { file_name: "october.csv", digest: "d1", allow_partial: false, problems: [] }

describeShop("A transfer for a later day", (shop) => {
  /** Days from now. */
  const inDays = (days: number) => new Date(shop().clock.now().getTime() + days * day)

  it("is sent on that day and not before, whoever asks for it", async () => {
    const { payouts, made, gateway, clock, now } = shop()
    const send_at = inDays(10)
    const { id } = await made({ send_at })
    expect(await payouts.approveTransfer(id, bob)).toMatchObject({
      status: "approved",
      send_at,
      next_check_at: send_at,
    })
    clock.advance(10 * day - 1)
    expect(await payouts.submitDue(10)).toBe(0)
    await expect(payouts.submitTransfer(id, bob)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining(`sent by itself at ${send_at.toISOString()}`),
    })
    expect(gateway.moves).toEqual([])
    clock.advance(1)
    expect(await payouts.submitDue(10)).toBe(1)
    expect(gateway.moves).toHaveLength(1)
    expect(await now(id)).toMatchObject({ status: "succeeded" })
  })

  it("is asked about before it is sent: a restored database could have sent it", async () => {
    const { payouts, approved, gateway, clock, now } = shop()
    const { id, reference } = await approved({ send_at: inDays(5) })
    clock.advance(5 * day)
    gateway.outcomes.set(reference, "succeeded")
    await payouts.submitDue(10)
    expect(gateway.moves).toEqual([])
    expect(gateway.asked).toEqual([reference])
    expect(await now(id)).toMatchObject({ status: "succeeded" })
  })

  it("is sent at once where nobody approved it before its day", async () => {
    const { payouts, made, gateway, clock } = shop()
    const { id } = await made({ send_at: inDays(2) })
    clock.advance(3 * day)
    await payouts.approveTransfer(id, bob)
    await payouts.submitDue(10)
    expect(gateway.moves).toHaveLength(1)
  })

  it("has an approval that is good until its day and three days after", async () => {
    const { payouts, approved, clock, now } = shop()
    const { id } = await approved({ send_at: inDays(20) })
    clock.advance(23 * day)
    await payouts.expireApprovals()
    expect(await now(id)).toMatchObject({ status: "approved" })
    clock.advance(1)
    await payouts.submitDue(10)
    expect(await now(id)).toMatchObject({ status: "awaiting_approval" })

    const other = await approved({ send_at: inDays(20) })
    clock.advance(23 * day + 1)
    await payouts.expireApprovals()
    expect(await now(other.id)).toMatchObject({
      status: "awaiting_approval",
      reason: expect.stringContaining("was to be sent three days ago"),
    })
  })

  it("waits for an approval until its day and as long after as another one", async () => {
    const { payouts, made, clock, now } = shop()
    const { id } = await made({ send_at: inDays(40) })
    clock.advance(70 * day)
    expect(await payouts.expireApprovals()).toBe(0)
    clock.advance(1)
    expect(await payouts.expireApprovals()).toBe(1)
    expect(await now(id)).toMatchObject({ status: "expired" })
  })

  it("keeps its day where the approval is voided and given anew", async () => {
    const { payouts, approved, gateway, clock, seen } = shop()
    const send_at = inDays(5)
    const { id, beneficiary_id } = await approved({ send_at })
    await payouts.changeBeneficiary(beneficiary_id, { name: "Juana" }, carol)
    expect(await payouts.approveTransfer(id, bob, await seen(id))).toMatchObject({
      next_check_at: send_at,
    })
    clock.advance(day)
    await payouts.submitDue(10)
    expect(gateway.moves).toEqual([])
  })

  it("is not sent where somebody writes an earlier day into the database", async () => {
    const { payouts, approved, gateway, connection, now } = shop()
    const { id } = await approved({ send_at: inDays(10) })
    const earlier = { send_at: null, next_check_at: shop().clock.now() }
    await connection("payout_transfer").where({ id }).update(earlier)
    await payouts.submitDue(10)
    expect(gateway.moves).toEqual([])
    expect(await now(id)).toMatchObject({
      status: "awaiting_approval",
      reason: expect.stringContaining("Somebody wrote to the database"),
    })
  })

  it("has a day that is to come, and another day is another request", async () => {
    const { payouts, beneficiary, clock } = shop()
    const known = await beneficiary()
    const wanted = newTransfer(known, { idempotency_key: "k1", send_at: inDays(1) })
    for (const send_at of [clock.now(), inDays(-1)]) {
      await expect(payouts.makeTransfer({ ...wanted, send_at }, alice)).rejects.toMatchObject({
        type: "invalid_data",
        message: expect.stringContaining("is over"),
      })
    }
    const { transfer } = await payouts.makeTransfer(wanted, alice)
    await expect(
      payouts.makeTransfer({ ...wanted, send_at: inDays(2) }, alice)
    ).rejects.toMatchObject({ type: "conflict" })
    clock.advance(2 * day)
    expect(await payouts.makeTransfer(wanted, alice)).toMatchObject({
      isNew: false,
      transfer: { id: transfer.id },
    })
  })

  it("is what a whole file or selection is made to", async () => {
    const { payouts, beneficiary, made, connection, approved } = shop()
    const line = { line: 2, transfer: newTransfer(await beneficiary()) }
    const over = { ...file, send_at: inDays(-1) }
    await expect(payouts.importTransfers(over, [line], alice)).rejects.toThrow("is over")
    const send_at = inDays(3)
    await payouts.importTransfers({ ...file, send_at }, [line], alice)
    expect(await connection("payout_batch")).toMatchObject([{ send_at }])
    expect(await connection("payout_transfer")).toMatchObject([{ send_at, import_line: 2 }])

    const [own, other] = [await made({ send_at: inDays(9) }), await made()]
    const { id } = await payouts.makeBatch({ transfer_ids: [other.id], send_at }, bob)
    expect(await shop().now(other.id)).toMatchObject({ batch_id: id, send_at })
    await payouts.makeBatch({ transfer_ids: [own.id] }, bob)
    expect(await shop().now(own.id)).toMatchObject({ send_at: inDays(9) })
    const ready = await approved()
    await expect(
      payouts.makeBatch({ transfer_ids: [ready.id], send_at }, bob)
    ).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("without send_at"),
    })
    await expect(
      payouts.makeBatch({ transfer_ids: [(await made()).id], send_at: inDays(-1) }, bob)
    ).rejects.toThrow("is over")
  })

  it("loses the first of two approvals where a batch moves it to another day", async () => {
    const { made, withOptions } = shop()
    const payouts = withOptions({ twoApproversAbove: { php: "1000" } })
    const { id } = await made({ amount: "1500.00" })
    await payouts.approveTransfer(id, bob)
    await payouts.makeBatch({ transfer_ids: [id], send_at: inDays(3) }, bob)
    expect((await payouts.approvalsOf([id])).get(id)).toMatchObject({ needed: 2, given: [] })
  })

  it("is not asked for where nobody has to approve: it waits for its day by itself", async () => {
    const { withOptions, beneficiary, gateway, clock } = shop()
    const payouts = withOptions({ approval: "none" })
    const known = await beneficiary()
    const { transfer } = await payouts.makeTransfer(
      newTransfer(known, { send_at: inDays(2) }),
      alice
    )
    expect(transfer.status).toBe("approved")
    await payouts.submitDue(10)
    expect(gateway.moves).toEqual([])
    clock.advance(2 * day)
    await payouts.submitDue(10)
    expect(gateway.moves).toHaveLength(1)
  })
})
