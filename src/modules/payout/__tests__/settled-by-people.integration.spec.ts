import { alice, anAdmin, bob, carol, keyOf, otherKey } from "./payouts-under-test"
import { describeShop, type Shop } from "./shop"

const second = 1_000
const minute = 60 * second
const day = 24 * 60 * minute

/** A transfer that was sent a day ago, and whose answer never came. */
async function lost({ approved, payouts, gateway, clock }: Shop) {
  const transfer = await approved()
  gateway.nextSends.push(async () => ({ outcome: "unknown" }))
  await payouts.submitDue(10)
  clock.advance(day)
  return transfer
}

/** A transfer that its gateway refused, and its first retry, which was refused, too. */
async function retriedInVain({ approved, payouts, gateway }: Shop) {
  const transfer = await approved()
  gateway.nextSends.push(
    async () => ({ outcome: "failed" }),
    async () => ({ outcome: "failed" })
  )
  await payouts.submitDue(10)
  const first = await payouts.retryTransfer(transfer.id, alice)
  await payouts.approveTransfer(first.id, bob)
  await payouts.submitDue(10)
  return { transfer, first }
}

describeShop("A transfer whose outcome is not known", (shop) => {
  it("is settled by a second person's word, never by who made it or said where it goes", async () => {
    const { approved, payouts, gateway, clock, now } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async () => ({ outcome: "unknown" }))
    await payouts.submitDue(10)
    clock.advance(15 * minute)
    const decision = { outcome: "failed", note: "not in the dashboard" } as const
    const late = { ...anAdmin("dora"), since: clock.now() }
    for (const [actor, sentence] of [
      [alice, "You made the transfer"],
      [carol, "You were the last to change"],
      [keyOf(bob, "apk_1"), "may not resolve"],
      [late, "You became an admin after"],
    ] as const) {
      await expect(payouts.resolveTransfer(transfer.id, decision, actor)).rejects.toThrow(sentence)
    }
    expect(gateway.asked).toEqual([])
    expect(await payouts.resolveTransfer(transfer.id, decision, bob)).toMatchObject({
      status: "failed",
      resolved_by: bob.id,
    })
    expect(await now(transfer.id)).toMatchObject({ reason: "not in the dashboard" })
  })

  it("is settled without waiting a week, but not while it may still arrive", async () => {
    const { approved, payouts, gateway, clock } = shop()
    const [one, two] = [await approved(), await approved({ amount: "7.00" })]
    gateway.nextSends.push(async () => ({ outcome: "unknown" }))
    gateway.nextSends.push(async (order) => gateway.pay(order, "processing"))
    await payouts.submitTransfer(one.id, bob)
    await payouts.submitTransfer(two.id, bob)
    const failed = { outcome: "failed", note: "not in the dashboard" } as const
    await expect(payouts.resolveTransfer(one.id, failed, bob)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("it was sent minutes ago and may still arrive"),
    })
    clock.advance(day)
    await expect(payouts.resolveTransfer(two.id, failed, bob)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("is at work on it"),
    })
    expect(await payouts.resolveTransfer(one.id, failed, bob)).toMatchObject({ status: "failed" })
    const paid = { outcome: "succeeded", note: "the payee has it" } as const
    expect(await payouts.resolveTransfer(two.id, paid, bob)).toMatchObject({
      status: "succeeded",
      resolved_by: bob.id,
    })
  })

  it("is asked about before a person's word counts: the gateway's own is taken first", async () => {
    const { approved, payouts, gateway, clock, now } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async (order) => {
      gateway.pay(order)
      return { outcome: "unknown" }
    })
    await payouts.submitDue(10)
    clock.advance(day)
    const wrong = { outcome: "failed", note: "not in the dashboard" } as const
    await expect(payouts.resolveTransfer(transfer.id, wrong, bob)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("was asked and says that it succeeded"),
    })
    expect(await now(transfer.id)).toMatchObject({ status: "succeeded", resolved_by: null })
  })

  it("that a person said failed holds what tries it again, where the gateway says that another amount was paid", async () => {
    const { payouts, gateway, now } = shop()
    const transfer = await lost(shop())
    const wrong = { outcome: "failed", note: "not in the dashboard" } as const
    await payouts.resolveTransfer(transfer.id, wrong, bob)
    const retry = await payouts.retryTransfer(transfer.id, alice)
    await payouts.approveTransfer(retry.id, bob)
    gateway.nextReports.push(async () => ({
      outcome: "succeeded",
      amount: "1.00",
      currency: "php",
    }))
    await payouts.refreshTransfer(transfer.id, alice)
    expect(await now(transfer.id)).toMatchObject({ status: "failed", resolved_by: bob.id })
    expect(await now(retry.id)).toMatchObject({
      status: "awaiting_approval",
      same_as_id: transfer.id,
    })
    await expect(payouts.approveTransfer(retry.id, bob)).rejects.toMatchObject({ type: "conflict" })
    await payouts.submitDue(10)
    expect(gateway.moves.map(({ reference }) => reference)).not.toContain(retry.reference)
    const named = { same_as_id: transfer.id }
    expect(await payouts.approveTransfer(retry.id, bob, named)).toMatchObject({
      status: "approved",
    })
  })

  it("that a person said failed is asked about for a week, and the gateway's proof wins loudly", async () => {
    const { payouts, gateway, clock, now, events, logged, connection, ways } = shop()
    const transfer = await lost(shop())
    const wrong = { outcome: "failed", note: "not in the dashboard" } as const
    await payouts.resolveTransfer(transfer.id, wrong, bob)
    const retry = await payouts.retryTransfer(transfer.id, alice)
    await payouts.approveTransfer(retry.id, bob)
    expect(await now(retry.id)).toMatchObject({ status: "approved" })
    for (const _day of [1, 2]) {
      clock.advance(day)
      expect(await payouts.refreshDue(10)).toBe(1)
      expect(await now(transfer.id)).toMatchObject({ status: "failed", resolved_by: bob.id })
    }
    gateway.outcomes.set(transfer.reference, "succeeded")
    clock.advance(day)
    await payouts.refreshDue(10)
    expect(await now(transfer.id)).toMatchObject({ status: "succeeded", resolved_by: null })
    expect((await ways(transfer.id)).at(-1)).toBe("failed -> succeeded")
    expect(events).toContainEqual(
      expect.objectContaining({ name: "payout.transfer.contradiction" })
    )
    expect(logged.join("\n")).toContain("was said to have failed by a person")
    expect(await connection("payout_audit_line").where({ action: "overruled" })).toMatchObject([
      { subject_id: transfer.id, note: `${bob.id} had said that it failed` },
    ])
    // What was made in its place, and not sent yet, waits for a second look.
    expect(await now(retry.id)).toMatchObject({
      status: "awaiting_approval",
      same_as_id: transfer.id,
      approval_signature: null,
    })
    expect(await payouts.submitDue(10)).toBe(0)
  })

  it("that a person said failed is asked about no more after a week of silence", async () => {
    const { payouts, clock, now } = shop()
    const transfer = await lost(shop())
    await payouts.resolveTransfer(transfer.id, { outcome: "failed", note: "no trace" }, bob)
    let asked = 0
    for (let days = 0; days < 10; days += 1) {
      clock.advance(day)
      asked += await payouts.refreshDue(10)
    }
    expect(asked).toBe(7)
    expect(await now(transfer.id)).toMatchObject({ status: "failed", next_check_at: null })
  })

  it("is settled by a person also where its gateway is not there to be asked", async () => {
    const { logged } = shop()
    const transfer = await lost(shop())
    const without = shop().withOptions({
      encryption: { keyId: "9", keys: { "9": otherKey } },
    })
    expect(
      await without.resolveTransfer(transfer.id, { outcome: "failed", note: "no trace" }, bob)
    ).toMatchObject({ status: "failed" })
    expect(logged.join("\n")).toContain("is resolved without its gateway")
  })

  it("stays failed when the gateway takes its no back, and people are told", async () => {
    const { approved, payouts, gateway, events, logged, connection, now } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async () => ({ outcome: "failed", code: "E1", message: "no such bank" }))
    await payouts.submitDue(10)
    expect(await now(transfer.id)).toMatchObject({
      status: "failed",
      reason: "The gateway refused it (E1: no such bank)",
    })
    gateway.outcomes.set(transfer.reference, "succeeded")
    await expect(payouts.retryTransfer(transfer.id, alice)).rejects.toThrow(
      'now says "succeeded" about it'
    )
    expect(await now(transfer.id)).toMatchObject({ status: "failed" })
    expect(events.at(-1)).toMatchObject({ name: "payout.transfer.contradiction" })
    expect(logged.join("\n")).toContain(`Payout ${transfer.reference} had failed, and`)
    expect(await connection("payout_audit_line").where({ action: "contradicted" })).toHaveLength(1)
  })

  it("is not retried where it is told to have paid while the retry is being made", async () => {
    const { approved, payouts, gateway, otherServer, connection } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async () => ({ outcome: "failed" }))
    await payouts.submitDue(10)
    gateway.nextReports.push(async () => {
      // A message comes before this answer is heard, and another server asks because of it.
      gateway.nextReports.push(async () => ({ outcome: "succeeded" }))
      await otherServer().refreshTransfer(transfer.id, bob)
      return { outcome: "failed" }
    })
    await expect(payouts.retryTransfer(transfer.id, alice)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("may have been paid"),
    })
    expect(await connection("payout_transfer").whereNotNull("retry_of_id")).toEqual([])
  })

  it("holds what tries its retry again, once it is told to have paid after all", async () => {
    const { payouts, gateway, now } = shop()
    const { transfer, first } = await retriedInVain(shop())
    const second = await payouts.retryTransfer(first.id, alice)
    await payouts.approveTransfer(second.id, bob)
    gateway.outcomes.set(transfer.reference, "succeeded")
    await payouts.refreshTransfer(transfer.id, bob)
    expect(await now(second.id)).toMatchObject({
      status: "awaiting_approval",
      same_as_id: transfer.id,
    })
    expect(await payouts.submitDue(10)).toBe(0)
  })

  it("keeps its retry from being retried, once it is told to have paid after all", async () => {
    const { payouts, gateway } = shop()
    const { transfer, first } = await retriedInVain(shop())
    gateway.outcomes.set(transfer.reference, "succeeded")
    await expect(payouts.retryTransfer(first.id, alice)).rejects.toThrow(
      `The transfer ${transfer.reference} is not retried`
    )
  })

  it("is retried as a new transfer that has to be approved, once the gateway stands by its no", async () => {
    const { approved, payouts, gateway } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async () => ({ outcome: "failed" }))
    await payouts.submitDue(10)
    gateway.nextReports.push(async () => ({ outcome: "unknown" }))
    await expect(payouts.retryTransfer(transfer.id, alice)).rejects.toThrow("could not be asked")

    const retry = await payouts.retryTransfer(transfer.id, alice)
    expect(retry).toMatchObject({ status: "awaiting_approval", retry_of_id: transfer.id })
    expect(retry.reference).not.toBe(transfer.reference)
    expect(await payouts.retryTransfer(transfer.id, alice)).toMatchObject({ id: retry.id })
    await expect(payouts.retryTransfer(transfer.id, alice, "other")).rejects.toThrow(
      `was retried already, as ${retry.reference}`
    )
  })

  it("is retried once more where the retry was rejected or canceled and never sent", async () => {
    const { approved, payouts, gateway, now } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async () => ({ outcome: "failed" }))
    await payouts.submitDue(10)
    const first = await payouts.retryTransfer(transfer.id, alice)
    await payouts.rejectTransfer(first.id, bob, "wait a day")
    const second = await payouts.retryTransfer(transfer.id, alice)
    expect(second).toMatchObject({ status: "awaiting_approval", retry_of_id: first.id })
    expect(await payouts.retryTransfer(transfer.id, alice)).toMatchObject({ id: second.id })
    await payouts.cancelTransfer(second.id, alice)
    const third = await payouts.retryTransfer(transfer.id, alice)
    await payouts.approveTransfer(third.id, bob)
    await payouts.submitDue(10)
    expect(await now(third.id)).toMatchObject({ status: "succeeded" })
    await expect(payouts.retryTransfer(transfer.id, alice, "again")).rejects.toMatchObject({
      type: "conflict",
    })
    expect(gateway.moves).toHaveLength(1)
  })
})
