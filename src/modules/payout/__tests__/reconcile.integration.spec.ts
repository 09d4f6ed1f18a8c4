import { alice } from "./payouts-under-test"
import { describeShop, type Shop } from "./shop"

const hour = 3_600_000
const day = 24 * hour

describeShop("The daily reconciliation", (shop) => {
  /** Sent, with what the gateway made of it. */
  async function sent({ approved, payouts, now }: Shop, purpose: string, amount = "10.00") {
    const { id } = await approved({ purpose, amount })
    await payouts.submitTransfer(id, alice)
    return await now(id)
  }

  it("agrees with what the gateways say, once, on one server", async () => {
    const { payouts, otherServer, clock, gateway, now, events } = shop()
    const paid = await sent(shop(), "Paid")
    gateway.nextSends.push(async () => ({ outcome: "failed" }))
    await sent(shop(), "Failed")
    // What was sent today is not over yet.
    expect(await payouts.reconcileDay()).toMatchObject({ day: "2030-01-01", asked: 0 })
    clock.advance(day)
    const [one, other] = await Promise.all([payouts.reconcileDay(), otherServer().reconcileDay()])
    expect([one, other].filter(Boolean)).toEqual([
      {
        day: "2030-01-02",
        since: "2029-11-28T00:00:00.000Z",
        until: "2030-01-02T00:00:00.000Z",
        ...{ asked: 2, agreed: 2, settled: 0, open: 0, unanswered: 0, different: 0 },
        differences: [],
      },
    ])
    expect((await now(paid.id)).reconciled_at).toEqual(clock.now())
    clock.advance(day)
    expect(await payouts.reconcileDay()).toMatchObject({ day: "2030-01-03", asked: 0 })
    expect(events.map(({ name }) => name)).not.toContain("payout.reconciliation")
  })

  it("finds what a state can't say, and tells it once with the transfer and in its run", async () => {
    const { payouts, clock, gateway, connection, events, now } = shop()
    const lost = await sent(shop(), "The gateway knows nothing of it")
    const other = await sent(shop(), "Another amount", "20.00")
    const dear = await sent(shop(), "Another fee", "30.00")
    clock.advance(day)
    gateway.outcomes.delete(lost.reference)
    const answers: Record<string, object> = {
      [other.reference]: { amount: "2.00" },
      [dear.reference]: { fee: "9.99" },
    }
    gateway.nextReports.push(
      ...[1, 2, 3].map(() => async ({ reference }: { reference: string }) => ({
        outcome: gateway.outcomes.get(reference) ?? ("not_found" as const),
        ...answers[reference],
      }))
    )
    const outcome = await payouts.reconcileDay()
    const whats = new Map(outcome?.differences.map((one) => [one.transfer_id, one.what]))
    expect(outcome).toMatchObject({ asked: 3, agreed: 0, different: 3 })
    expect(whats.get(lost.id)).toBe(
      'The shop has it as succeeded, and the gateway says "not_found"'
    )
    expect(whats.get(other.id)).toContain("The gateway says that it sent 2.00 php")
    expect(whats.get(dear.id)).toBe("The gateway took a fee of 9.99, and had told 1.5 before")
    const lines = await connection("payout_audit_line").where({ action: "reconciled" })
    expect(new Map(lines.map(({ subject_id, note }) => [subject_id, note]))).toEqual(whats)
    expect(events.at(-1)).toEqual({ name: "payout.reconciliation", data: outcome })
    const [run] = await connection("payout_daily_run").where({ kind: "reconciliation" })
    expect(run).toMatchObject({ day: "2030-01-02", outcome, ended_at: clock.now() })
    // It is for people now: the state stands, and no further day tells it again.
    expect(await now(lost.id)).toMatchObject({ status: "succeeded" })
    clock.advance(day)
    expect(await payouts.reconcileDay()).toMatchObject({ asked: 0 })
  })

  it("books what a gateway proves, and is told of a failed one that was paid after all", async () => {
    const { payouts, clock, gateway, events, now } = shop()
    const cameBack = await sent(shop(), "Came back")
    gateway.nextSends.push(async () => ({ outcome: "failed" }))
    const paidAfterAll = await sent(shop(), "Failed, and was paid")
    gateway.nextSends.push(async (order) => gateway.pay(order, "processing"))
    const slow = await sent(shop(), "Slow")
    clock.advance(day)
    gateway.outcomes.set(cameBack.reference, "returned")
    gateway.outcomes.set(paidAfterAll.reference, "succeeded")
    gateway.outcomes.set(slow.reference, "succeeded")
    expect(await payouts.reconcileDay()).toMatchObject({ asked: 3, settled: 1, different: 2 })
    expect(await now(cameBack.id)).toMatchObject({ status: "returned" })
    expect(await now(slow.id)).toMatchObject({ status: "succeeded" })
    expect(await now(paidAfterAll.id)).toMatchObject({ status: "failed" })
    expect(events.map(({ name }) => name)).toContain("payout.transfer.contradiction")
  })

  it("asks on each day until there is an answer, and of another one that broke off", async () => {
    const { payouts, clock, gateway, connection } = shop()
    await sent(shop(), "Paid")
    clock.advance(day)
    const silent = async () => {
      throw new Error("no line")
    }
    gateway.nextReports.push(silent)
    expect(await payouts.reconcileDay()).toMatchObject({ unanswered: 1, different: 0 })
    clock.advance(day)
    gateway.nextReports.push(silent)
    await payouts.reconcileDay()
    await connection("payout_daily_run").where({ day: "2030-01-03" }).update({ ended_at: null })
    expect(await payouts.reconcileDay()).toBeUndefined()
    clock.advance(hour + 1)
    expect(await payouts.reconcileDay()).toMatchObject({ day: "2030-01-03", agreed: 1 })
  })

  it("is found by an index, and so is what the digest and the lists of people read", async () => {
    const { connection } = shop()
    const { id } = await sent(shop(), "Paid")
    const columns = Object.keys(await connection("payout_transfer").first())
    const copied = columns.map((column) => {
      switch (column) {
        case "id":
        case "reference":
        case "idempotency_key":
          return `${column} || n`
        case "external_id":
          return "'order ' || n"
        case "created_at":
        case "updated_at":
        case "approved_at":
        case "submitted_at":
          return `${column} - n * interval '1 hour'`
        case "reconciled_at":
          return "case when n > 100 then now() end"
        case "amount":
          return "n"
        default:
          return `"${column}"`
      }
    })
    const names = columns.map((column) => `"${column}"`).join(", ")
    await connection.raw(
      `insert into payout_transfer (${names}) select ${copied.join(", ")} from payout_transfer, ` +
        "generate_series(1, 20000) n where id = ?",
      [id]
    )
    await connection.raw("analyze payout_transfer")
    const plans: Record<string, string> = {
      IDX_payout_transfer_reconciled_at_submitted_at:
        "reconciled_at is null and submitted_at >= '2029-11-28' and submitted_at < '2030-01-01' " +
        "and provider_id in ('po_acme_main') order by submitted_at, id limit 100",
      IDX_payout_transfer_external_id_unique: "external_id = 'order 77'",
      IDX_payout_transfer_approved_at: "approved_at >= '2029-12-31' and approved_at < '2030-01-01'",
      IDX_payout_transfer_currency_code_amount:
        "currency_code = 'php' and amount >= 100 and amount < 120",
      IDX_payout_transfer_status_updated_at:
        "status = 'failed' and updated_at > '2029-12-31' order by updated_at limit 50",
    }
    for (const [index, where] of Object.entries(plans)) {
      const { rows } = await connection.raw(`explain select * from payout_transfer where ${where}`)
      const plan = rows.map((row: Record<string, string>) => row["QUERY PLAN"]).join("\n")
      expect([where, plan]).toEqual([where, expect.stringContaining(index)])
    }
  })
})
