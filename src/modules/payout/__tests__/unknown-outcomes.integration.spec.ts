import { describeShop } from "./shop"
import { alice, anAdmin, bob, carol, keyOf, otherKey } from "./payouts-under-test"

jest.setTimeout(60_000)

const second = 1_000
const minute = 60 * second
const day = 24 * 60 * minute

describeShop("A transfer whose outcome is not known", (shop) => {
  it("is asked about when the gateway timed out after it paid, and moved once", async () => {
    const { payouts, approved, gateway, clock, now } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async (order) => {
      gateway.pay(order)
      throw new Error(`timeout for ${order.account.account_number}`)
    })
    await payouts.submitDue(10)
    expect(await now(transfer.id)).toMatchObject({
      status: "unknown",
      next_check_at: new Date(clock.now().getTime() + 30 * second),
    })
    expect(await payouts.submitDue(10)).toBe(0)
    expect(await payouts.refreshDue(10)).toBe(0)

    clock.advance(30 * second)
    expect(await payouts.refreshDue(10)).toBe(1)
    expect(await now(transfer.id)).toMatchObject({ status: "succeeded", checks: 1 })
    expect(gateway.moves).toHaveLength(1)
  })

  it("was committed as being sent before the gateway heard of it", async () => {
    const { payouts, approved, gateway, connection } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async (order) => {
      expect(await connection("payout_transfer").where({ id: transfer.id }).first()).toMatchObject({
        status: "submitting",
        lease_expires_at: expect.any(Date),
      })
      return gateway.pay(order)
    })
    expect(await payouts.submitTransfer(transfer.id, alice)).toMatchObject({ status: "succeeded" })
  })

  it("is taken up by another server when the one that sent it has died", async () => {
    const { approved, payouts, otherServer, gateway, clock, now, ways } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async (order) => {
      gateway.pay(order)
      return await new Promise<never>(() => {})
    })
    void payouts.submitTransfer(transfer.id, alice)
    await until(() => gateway.moves.length === 1)

    const other = otherServer()
    expect(await other.refreshTransfer(transfer.id, bob)).toMatchObject({ status: "submitting" })
    expect(await other.refreshDue(10)).toBe(0)
    clock.advance(90 * second)
    expect(await other.refreshDue(10)).toBe(1)
    expect(await now(transfer.id)).toMatchObject({ status: "succeeded", lease_expires_at: null })
    expect(await ways(transfer.id)).toEqual([
      "null -> awaiting_approval",
      "awaiting_approval -> approved",
      "approved -> submitting",
      "submitting -> unknown",
      "unknown -> succeeded",
    ])
  })

  it("is not settled by an answer that comes after it was given up on", async () => {
    const { approved, payouts, otherServer, gateway, clock, now } = shop()
    const transfer = await approved()
    let answer: (result: { outcome: "not_sent" }) => void = () => {}
    gateway.nextSends.push((order) => {
      gateway.pay(order, "processing")
      return new Promise((resolve) => {
        answer = resolve
      })
    })
    const sending = payouts.submitTransfer(transfer.id, alice)
    await until(() => gateway.moves.length === 1)
    clock.advance(90 * second)
    await otherServer().refreshDue(10)
    expect(await now(transfer.id)).toMatchObject({ status: "processing" })

    answer({ outcome: "not_sent" })
    expect(await sending).toMatchObject({ status: "processing", next_check_at: clock.now() })
    expect(await payouts.submitDue(10)).toBe(0)
  })

  it("is not sent by a server that stood still, or waited for the database, until others may have asked about it", async () => {
    const { approved, payouts, gateway, clock, now, connection } = shop()
    const transfer = await approved()
    // The clock goes on while the transaction that begins the call waits for its lock.
    let isClaimed = false
    connection.on("query-response", jump)
    function jump(_answer: unknown, { sql }: { sql: string }) {
      if (isClaimed && sql.includes("pg_advisory_xact_lock_shared")) {
        clock.advance(50 * second)
        isClaimed = false
      }
      isClaimed ||= sql.startsWith('insert into "payout_transfer_event"')
    }
    try {
      await payouts.submitTransfer(transfer.id, alice)
    } finally {
      connection.removeListener("query-response", jump)
    }
    expect(gateway.moves).toEqual([])
    expect(await now(transfer.id)).toMatchObject({
      status: "approved",
      reason: expect.stringContaining("this server stood still"),
    })
  })

  it("goes back to be sent only where surely nothing left, and waits longer each time", async () => {
    const { approved, payouts, gateway, clock, now } = shop()
    const transfer = await approved()
    for (const wait of [minute, 5 * minute, 15 * minute, 60 * minute, 60 * minute]) {
      gateway.nextSends.push(async () => ({ outcome: "not_sent", message: "refused" }))
      expect(await payouts.submitDue(10)).toBe(1)
      expect(await now(transfer.id)).toMatchObject({
        status: "approved",
        reason: "The gateway could not be reached; it is tried again (refused)",
        submitted_at: null,
        next_check_at: new Date(clock.now().getTime() + wait),
      })
      expect(await payouts.submitDue(10)).toBe(0)
      clock.advance(wait)
    }
    expect(await payouts.submitDue(10)).toBe(1)
    expect(await now(transfer.id)).toMatchObject({ status: "succeeded" })
    expect(gateway.moves).toHaveLength(1)
  })

  it("is a person's when the gateway says twice, over a while, that it does not know it", async () => {
    const { approved, payouts, gateway, clock, now } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async () => ({ outcome: "unknown" }))
    await payouts.submitDue(10)
    clock.advance(30 * second)
    await payouts.refreshDue(10)
    expect(await now(transfer.id)).toMatchObject({
      status: "not_found",
      not_found_since: clock.now(),
    })
    clock.advance(5 * minute)
    await payouts.refreshTransfer(transfer.id, bob)
    expect(await now(transfer.id)).toMatchObject({ status: "not_found" })
    clock.advance(10 * minute)
    await payouts.refreshDue(10)
    expect(await now(transfer.id)).toMatchObject({ status: "manual_review", next_check_at: null })
    clock.advance(day)
    expect(await payouts.refreshDue(10)).toBe(0)
    expect(await payouts.submitDue(10)).toBe(0)
    await expect(payouts.retryTransfer(transfer.id, alice)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("waits for a person"),
    })

    // What the gateway proves after all counts.
    gateway.outcomes.set(transfer.reference, "succeeded")
    expect(await payouts.refreshTransfer(transfer.id, bob)).toMatchObject({ status: "succeeded" })
  })

  it("is sent again after two such answers only where the gateway promises that it is one transfer", async () => {
    const { approved, payouts, gateway, clock, now } = shop()
    gateway.capabilities = { ...gateway.capabilities, idempotentReference: true }
    const transfer = await approved()
    gateway.nextSends.push(async () => ({ outcome: "unknown" }))
    await payouts.submitDue(10)
    clock.advance(30 * second)
    await payouts.refreshDue(10)
    clock.advance(15 * minute)
    await payouts.refreshDue(10)
    expect(await now(transfer.id)).toMatchObject({ status: "approved" })
    await payouts.submitDue(10)
    expect(await now(transfer.id)).toMatchObject({ status: "succeeded" })
  })

  it("is asked about by the timetable, and is a person's after seven days", async () => {
    const { approved, payouts, gateway, clock, now } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async (order) => gateway.pay(order, "processing"))
    await payouts.submitDue(10)
    const sentAt = clock.now().getTime()
    const asked: number[] = []
    for (;;) {
      const { next_check_at } = await now(transfer.id)
      if (!next_check_at) break
      clock.advance(next_check_at.getTime() - clock.now().getTime())
      asked.push((clock.now().getTime() - sentAt) / second)
      expect(await payouts.refreshDue(10)).toBe(1)
    }
    const days = [1, 2, 3, 4, 5, 6, 7].map((number) => (number * day) / second)
    expect(asked).toEqual([30, 120, 300, 900, 3_600, ...days])
    expect(await now(transfer.id)).toMatchObject({ status: "manual_review", checks: 12 })
  })

  it("goes on to be asked about after it succeeded, for money that comes back", async () => {
    const { approved, payouts, gateway, clock, now, events } = shop()
    const transfer = await approved()
    await payouts.submitDue(10)
    for (const _day of [1, 2, 3]) {
      clock.advance(day)
      expect(await payouts.refreshDue(10)).toBe(1)
      expect(await now(transfer.id)).toMatchObject({ status: "succeeded" })
    }
    gateway.outcomes.set(transfer.reference, "failed")
    clock.advance(day)
    await payouts.refreshDue(10)
    expect(await now(transfer.id)).toMatchObject({ status: "returned", next_check_at: null })
    expect(events.at(-1)).toMatchObject({
      name: "payout.transfer.returned",
      data: {
        id: transfer.id,
        reference: transfer.reference,
        provider_id: transfer.provider_id,
        status: "returned",
        reason: expect.stringContaining("The money came back"),
      },
    })
  })

  it("is a person's where the gateway says that it sent something else", async () => {
    const { approved, payouts, gateway, ways, now } = shop()
    const one = await approved()
    gateway.nextSends.push(async (order) => ({ ...gateway.pay(order), amount: "15000.00" }))
    await payouts.submitDue(10)
    expect((await ways(one.id)).slice(-2)).toEqual([
      "submitting -> unknown",
      "unknown -> manual_review",
    ])
    expect((await now(one.id)).reason).toContain("says that it sent 15000.00 php")

    const two = await approved()
    gateway.nextSends.push(async () => ({ outcome: "processing" }))
    gateway.nextReports.push(async () => ({ outcome: "succeeded", currencyCode: "usd" }))
    await payouts.submitDue(10)
    expect(await payouts.refreshTransfer(two.id, bob)).toMatchObject({ status: "manual_review" })
    const decision = {
      outcome: "succeeded",
      note: "1,500 in the dashboard",
      gateway_id: "G7",
    } as const
    expect(await payouts.resolveTransfer(two.id, decision, bob)).toMatchObject({
      status: "succeeded",
      gateway_id: "G7",
      reason: "1,500 in the dashboard",
    })
    await expect(payouts.resolveTransfer(two.id, decision, bob)).rejects.toMatchObject({
      type: "conflict",
    })
    const back = { outcome: "returned", note: "came back" } as const
    expect(await payouts.resolveTransfer(two.id, back, bob)).toMatchObject({ status: "returned" })
  })

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
    const { approved, payouts, gateway, clock, now } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async () => ({ outcome: "unknown" }))
    await payouts.submitDue(10)
    clock.advance(day)
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
    const { approved, payouts, gateway, clock, now, events, logged, connection, ways } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async () => ({ outcome: "unknown" }))
    await payouts.submitDue(10)
    clock.advance(day)
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
    const { approved, payouts, gateway, clock, now } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async () => ({ outcome: "unknown" }))
    await payouts.submitDue(10)
    clock.advance(day)
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
    const { approved, payouts, gateway, clock, logged } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async () => ({ outcome: "unknown" }))
    await payouts.submitDue(10)
    clock.advance(day)
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

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
