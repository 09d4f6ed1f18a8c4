import { passSendingGuard } from "../../../gateways/shared/sending-guard"
import { alice, bob } from "./payouts-under-test"
import { describeShop } from "./shop"

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
    // Given up on after the provider's time, by which the next test may have emptied the tables.
    payouts.submitTransfer(transfer.id, alice).catch(() => undefined)
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

  it("is not sent by a server that stood still while an access token was fetched, and that another asks about since", async () => {
    const { approved, payouts, otherServer, gateway, clock, now } = shop()
    const transfer = await approved()
    gateway.nextSends.push(async (order) => {
      clock.advance(90 * second)
      await otherServer().refreshDue(10)
      await passSendingGuard()
      return gateway.pay(order)
    })
    await payouts.submitTransfer(transfer.id, alice)
    expect(gateway.moves).toEqual([])
    expect(await now(transfer.id)).toMatchObject({ status: "not_found" })
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
})

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
