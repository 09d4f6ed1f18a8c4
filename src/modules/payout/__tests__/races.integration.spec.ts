import { times } from "../../payment-journal/__tests__/fixtures"
import type { Transfer } from "../domain/transfer"
import { delaySending } from "../store/transfer-queries"
import { meetBeforeWriting } from "./meeting"
import { alice, bob, newTransfer, payoutsServed } from "./payouts-under-test"
import { describeShop } from "./shop"

const day = 24 * 3_600_000

function outcomes(results: readonly PromiseSettledResult<unknown>[]) {
  return {
    fulfilled: results.filter(({ status }) => status === "fulfilled").length,
    rejected: results.flatMap((result) => (result.status === "rejected" ? [result.reason] : [])),
  }
}

describeShop("Two servers at once", (shop) => {
  it("send a transfer once, whoever is first", async () => {
    const { payouts, otherServer, approved, gateway, ways } = shop()
    const other = otherServer()
    const transfer = await approved()
    const results = await Promise.allSettled(
      times(6, (index) => (index % 2 ? payouts : other).submitTransfer(transfer.id, alice))
    )
    const { fulfilled, rejected } = outcomes(results)
    expect(fulfilled).toBe(1)
    rejected.forEach((error) => expect(error).toMatchObject({ type: "conflict" }))
    expect(gateway.moves).toHaveLength(1)
    expect(await ways(transfer.id)).toHaveLength(4)
  })

  it("give up in time where another transaction holds the row, and have written nothing", async () => {
    const { connection, gateway, clock, approved, now } = shop()
    const transfer = await approved()
    const impatient = payoutsServed({
      connection,
      provider: gateway,
      now: clock.now,
      lockTimeoutMs: 50,
    })
    const holder = await connection.transaction()
    try {
      await holder("payout_transfer").where({ id: transfer.id }).forUpdate().select("id")
      await expect(impatient.cancelTransfer(transfer.id, alice)).rejects.toMatchObject({
        type: "conflict",
        code: "database_busy",
        message: expect.stringContaining("Nothing was changed"),
      })
    } finally {
      await holder.rollback()
    }
    expect(await now(transfer.id)).toEqual(transfer)
  })

  it("share what is due, and take nothing twice", async () => {
    const { payouts, otherServer, approved, gateway } = shop()
    const other = otherServer()
    for (const index of times(12, (number) => number)) {
      await approved({ amount: `${index + 1}.00` })
    }
    const taken = await Promise.all([payouts.submitDue(20), other.submitDue(20)])
    expect(taken[0] + taken[1]).toBe(12)
    expect(gateway.moves).toHaveLength(12)
    expect(new Set(gateway.moves.map(({ reference }) => reference)).size).toBe(12)
  })

  it("tell once that a provider's transfers wait", async () => {
    const { approved, connection, database } = shop()
    const transfers = [await approved(), await approved({ amount: "2.00" })]
    const until = new Date("2030-02-01T00:00:00Z")
    const delay = { until, reason: "its key is missing", cause: "key" as const }
    const isFirst = await meetBeforeWriting(
      database.connect(1),
      transfers.map((transfer) => () => delaySending(connection, transfer, delay)),
      "select id from payout_transfer for update"
    )
    expect(isFirst.map((result) => Reflect.get(result, "value")).sort()).toEqual([false, true])
  })

  it("ask about each transfer once", async () => {
    const { payouts, otherServer, approved, gateway, clock } = shop()
    const other = otherServer()
    for (const index of times(8, (number) => number)) {
      await approved({ amount: `${index + 1}.00` })
      gateway.nextSends.push(async (order) => gateway.pay(order, "processing"))
    }
    await payouts.submitDue(20)
    clock.advance(31_000)
    const taken = await Promise.all([payouts.refreshDue(20), other.refreshDue(20)])
    expect(taken[0] + taken[1]).toBe(8)
    expect(gateway.asked).toHaveLength(8)
  })

  it("make one transfer of one idempotency key, and refuse another request under it", async () => {
    const { payouts, otherServer, beneficiary, connection } = shop()
    const other = otherServer()
    const known = await beneficiary()
    const request = newTransfer(known, { idempotency_key: "october" })
    const results = await Promise.all(
      times(10, (index) => (index % 2 ? payouts : other).makeTransfer(request, alice))
    )
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(new Set(results.map(({ transfer }) => transfer.id)).size).toBe(1)

    const same = { ...request, amount: "1500", currency_code: "PHP" }
    expect(await payouts.makeTransfer(same, alice)).toMatchObject({ isNew: false })
    await expect(
      payouts.makeTransfer({ ...request, amount: "1501.00" }, alice)
    ).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("The idempotency key october was used for another transfer"),
    })
    expect(await connection("payout_transfer")).toHaveLength(1)
  })

  it("hold the second of two payments that look the same", async () => {
    const { otherServer, withOptions, beneficiary } = shop()
    const options = { approval: "none" }
    const known = await beneficiary()
    const made = await Promise.all(
      [withOptions(options), otherServer(options)].map((payouts) =>
        payouts.makeTransfer(newTransfer(known), alice)
      )
    )
    expect(made.map(({ transfer }) => transfer.status).sort()).toEqual([
      "approved",
      "awaiting_approval",
    ])
  })

  it("don't pass a day's limit together, by approving", async () => {
    const { otherServer, withOptions, made, clock } = shop()
    const options = { limits: { php: { perDay: "100.00" } } }
    const servers = [withOptions(options), otherServer(options)]
    const waiting: Transfer[] = []
    for (const amount of ["40.00", "40.01", "40.02", "40.03"]) {
      waiting.push(await made({ amount }))
    }
    const approveAll = () =>
      Promise.allSettled(
        waiting.map(({ id }, index) => servers[index % 2]!.approveTransfer(id, bob))
      )
    const { fulfilled, rejected } = outcomes(await approveAll())
    expect(fulfilled).toBe(2)
    expect(rejected).toHaveLength(2)
    rejected.forEach((error) => expect(error.message).toContain("payouts.limits.php.perDay"))

    clock.advance(day)
    const nextDay = outcomes(await approveAll())
    expect(nextDay.fulfilled).toBe(2)
  })

  it("don't pass a day's limit together, by making what nobody approves", async () => {
    const { otherServer, withOptions, beneficiary } = shop()
    const options = { approval: "none", limits: { php: { perDay: "100.00", perTransfer: "60" } } }
    const servers = [withOptions(options), otherServer(options)]
    const known = await beneficiary()
    const requests = times(6, (index) => newTransfer(known, { amount: `40.0${index}` }))
    const results = await Promise.allSettled(
      requests.map((request, index) => servers[index % 2]!.makeTransfer(request, alice))
    )
    expect(outcomes(results).fulfilled).toBe(2)
    const tooMuch = newTransfer(known, { amount: "60.01" })
    await expect(servers[0]!.makeTransfer(tooMuch, alice)).rejects.toMatchObject({
      type: "invalid_data",
      message: expect.stringContaining("payouts.limits.php.perTransfer is 60"),
    })
  })

  it("either edit the beneficiary or approve, and nothing goes to an account that nobody saw", async () => {
    const { payouts, otherServer, made, now, seen, gateway } = shop()
    const other = otherServer()
    for (const round of times(8, (number) => number)) {
      const transfer = await made({ amount: `${round + 1}.00` })
      // Half of them say what they looked at, half just say yes.
      const approval = round % 2 ? await seen(transfer.id) : {}
      const change = { account: { account_number: `99999${round}` } }
      const [approving, editing] = await Promise.allSettled([
        payouts.approveTransfer(transfer.id, bob, approval),
        other.changeBeneficiary(transfer.beneficiary_id, change, alice),
      ])
      expect(editing.status).toBe("fulfilled")
      if (approving.status === "rejected") {
        // While the gateway is told of the new account nobody can be paid there anyway.
        expect(approving.reason.message).toMatch(/is pending|with beneficiary_version_id/)
      }
      // Approved before the edit it waits again; after the edit it is not approved at all.
      await payouts.submitDue(1)
      expect((await now(transfer.id)).status).toBe("awaiting_approval")

      await payouts.approveTransfer(transfer.id, bob, await seen(transfer.id))
      await payouts.submitDue(1)
      const moved = gateway.moves.find(({ reference }) => reference === transfer.reference)
      expect(moved?.account).toBe(`99999${round}`)
    }
  })

  it("retry a failed transfer once", async () => {
    const { payouts, otherServer, approved, gateway, connection } = shop()
    const other = otherServer()
    const transfer = await approved()
    gateway.nextSends.push(async ({ reference }) => {
      gateway.outcomes.set(reference, "failed")
      return { outcome: "failed", code: "E1" }
    })
    await payouts.submitDue(1)
    const results = await Promise.allSettled([
      payouts.retryTransfer(transfer.id, alice),
      other.retryTransfer(transfer.id, alice),
      other.retryTransfer(transfer.id, alice, "another key"),
    ])
    expect(outcomes(results).fulfilled).toBeGreaterThanOrEqual(1)
    expect(await connection("payout_transfer").where({ retry_of_id: transfer.id })).toHaveLength(1)
  })
})
