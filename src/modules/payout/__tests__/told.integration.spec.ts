import { newsOfDigest } from "../../../workflows/notifications"
import { times } from "../../payment-journal/__tests__/fixtures"
import { accountNumber, alice, bob, carol, newBeneficiary, newTransfer } from "./payouts-under-test"
import { describeShop } from "./shop"

const hour = 3_600_000
const day = 24 * hour

describeShop("The events of a transfer", (shop) => {
  it("say who is paid how much, and until when somebody has to decide", async () => {
    const { withOptions, beneficiary, events } = shop()
    const payouts = withOptions({ approvalExpiresInDays: 10 })
    const known = await beneficiary()
    const request = newTransfer(known, { external_id: "settlement 7" })
    const { transfer } = await payouts.makeTransfer(request, alice)
    expect(events.at(-1)).toEqual({
      name: "payout.transfer.awaiting_approval",
      data: {
        id: transfer.id,
        reference: transfer.reference,
        provider_id: "po_acme_main",
        status: "awaiting_approval",
        amount: "1500.00",
        currency_code: "php",
        purpose: "October",
        beneficiary: {
          id: known.id,
          version_id: known.version_id,
          name: "Juan dela Cruz",
          account_hint: "••••3322",
        },
        external_id: "settlement 7",
        batch_id: null,
        created_by: alice.id,
        reason: null,
        expires_at: "2030-01-11T00:00:00.000Z",
      },
    })
    await payouts.approveTransfer(transfer.id, bob)
    await payouts.submitTransfer(transfer.id, alice)
    expect(events.filter(({ name }) => name === "payout.remittance_advice")).toEqual([
      {
        name: "payout.remittance_advice",
        data: expect.objectContaining({
          reference: transfer.reference,
          external_id: "settlement 7",
          amount: "1500.00",
          currency_code: "php",
          purpose: "October",
          beneficiary: expect.objectContaining({ version_id: known.version_id }),
          gateway_id: `G${transfer.reference}`,
          sent_at: "2030-01-01T00:00:00.000Z",
          succeeded_at: "2030-01-01T00:00:00.000Z",
        }),
      },
    ])
    expect(JSON.stringify(events)).not.toContain(accountNumber)
    expect(JSON.stringify(events)).not.toContain("juan@example.com")
  })

  it("advise nobody of money that is not there", async () => {
    const { payouts, approved, events, gateway } = shop()
    for (const outcome of ["failed", "unknown", "processing"] as const) {
      gateway.nextSends.push(async () => ({ outcome }))
      await payouts.submitTransfer((await approved({ purpose: outcome })).id, alice)
    }
    expect(events.map(({ name }) => name)).not.toContain("payout.remittance_advice")
  })

  it("tell of a beneficiary that the gateway has not accepted", async () => {
    const { payouts, gateway, events } = shop()
    gateway.nextBeneficiaries.push(async () => ({ status: "pending", message: "Under review" }))
    const { id } = await payouts.addBeneficiary(newBeneficiary(), carol)
    expect(events.at(-1)).toEqual({
      name: "payout.beneficiary.pending",
      data: {
        id,
        provider_id: "po_acme_main",
        name: "Juan dela Cruz",
        reason: expect.stringContaining("Under review"),
      },
    })
  })
})

describeShop("The events of a batch", (shop) => {
  const toldOf = () => shop().events.filter(({ name }) => name.startsWith("payout.batch."))

  it("tell of 1,000 lines at once: that they were made, and who decided about them", async () => {
    const { payouts, beneficiary, connection, events } = shop()
    const known = await beneficiary()
    const lines = times(1_000, (index) => ({
      line: index + 2,
      transfer: newTransfer(known, { amount: `${index + 1}.00` }),
    }))
    const file = { file_name: "october.csv", digest: "d1", allow_partial: false, problems: [] }
    const { id: import_id } = await payouts.importTransfers(file, lines, alice)
    const { id } = await connection("payout_batch").first()
    const sums = [
      { provider_id: "po_acme_main", currency_code: "php", count: 1_000, amount: "500500.00" },
    ]
    const batch = {
      ...{ id, label: "october.csv", source: "import", import_id, send_at: null },
      ...{ created_by: alice.id, count: 1_000, sums },
    }
    expect(toldOf()).toEqual([{ name: "payout.batch.made", data: batch }])
    // Before those of the transfers, so that a subscriber knows what they belong to.
    const first = events.find(({ name }) => /^payout\.(batch|transfer)/.test(name))
    expect(first?.name).toBe("payout.batch.made")
    // The same file once more makes nothing, and tells nothing.
    await payouts.importTransfers(file, lines, alice)
    expect(toldOf()).toHaveLength(1)

    await payouts.approveBatch(id, bob, { count: 1_000, sums })
    expect(toldOf().at(-1)).toEqual({
      name: "payout.batch.approved",
      data: { ...batch, approved: 1_000, first: 0, left: 0, decided_by: bob.id },
    })
    // Nothing is left to say yes to: a repeated call tells nothing.
    await payouts.approveBatch(id, bob, { count: 1_000, sums })
    expect(toldOf()).toHaveLength(2)
    expect(JSON.stringify(toldOf())).not.toContain(accountNumber)
  })

  it("tell of a rejection and a withdrawal, and of nothing where the transaction was not committed", async () => {
    const { payouts, made } = shop()
    const send_at = new Date("2030-01-05T00:00:00Z")
    const batchOf = async () => {
      const transfer_ids = [(await made()).id, (await made({ amount: "2.00" })).id]
      return await payouts.makeBatch({ transfer_ids, label: "Friday", send_at }, alice)
    }
    const sums = [
      { provider_id: "po_acme_main", currency_code: "php", count: 2, amount: "1502.00" },
    ]
    const [one, other] = [await batchOf(), await batchOf()]
    await expect(
      payouts.rejectBatch(one.id, bob, { count: 3, sums, reason: "No" })
    ).rejects.toThrow("is not what you saw")
    await payouts.rejectBatch(one.id, bob, { count: 2, sums, reason: "Not ours" })
    await payouts.withdrawBatch(other.id, alice, { count: 2, sums })
    expect(toldOf().map(({ name, data }) => [name, data.id, data.count])).toEqual([
      ["payout.batch.made", one.id, 2],
      ["payout.batch.made", other.id, 2],
      ["payout.batch.rejected", one.id, 2],
      ["payout.batch.withdrawn", other.id, 2],
    ])
    expect(toldOf().slice(-2)).toMatchObject([
      { data: { rejected: 2, reason: "Not ours", decided_by: bob.id, label: "Friday", sums } },
      { data: { withdrawn: 2, decided_by: alice.id, send_at: send_at.toISOString() } },
    ])
  })
})

describeShop("The day's digest", (shop) => {
  const options = { timeZone: "Asia/Manila", digestHour: 8 }

  it("tells once a day, from its hour on and on one server, what waits for people", async () => {
    const { withOptions, otherServer, beneficiary, made, approved, gateway, clock, events } = shop()
    const servers = [withOptions(options), otherServer(options)] as const
    const [payouts] = servers
    await made({ amount: "10.10", purpose: "Old" })
    clock.advance(29 * day)
    await made({ amount: "0.20" })
    gateway.nextSends.push(async () => ({ outcome: "failed" }))
    await payouts.submitTransfer((await approved({ amount: "5.00" })).id, alice)
    gateway.nextBeneficiaries.push(async () => ({ status: "pending" }))
    const pending = await beneficiary()
    // 00:00 UTC is eight o'clock in Manila; an hour before it is still seven.
    clock.advance(-hour)
    expect(await payouts.dailyDigest()).toBeUndefined()
    clock.advance(hour)
    const told = await Promise.all(servers.map((server) => server.dailyDigest()))
    const [digest] = told.flatMap((one) => one ?? [])
    expect(told.filter(Boolean)).toHaveLength(1)
    expect(digest).toMatchObject({
      day: "2030-01-30",
      waiting: {
        count: 2,
        sums: [{ currency_code: "php", count: 2, amount: "10.30" }],
        first_expires_at: "2030-01-31T00:00:00.000Z",
        transfers: [
          { amount: "10.10", beneficiary: { name: "Juan dela Cruz", account_hint: "••••3322" } },
          { amount: "0.20" },
        ],
      },
      expiring: {
        count: 1,
        until: "2030-02-01T00:00:00.000Z",
        transfers: [{ amount: "10.10", expires_at: "2030-01-31T00:00:00.000Z" }],
      },
      failed: { count: 1, transfers: [{ amount: "5.00", created_by: alice.id }] },
      unsettled: { count: 0 },
      pending_beneficiaries: { count: 1, beneficiaries: [{ id: pending.id }] },
      changed_accounts: { count: 0, accounts: [] },
    })
    expect(events.filter(({ name }) => name === "payout.digest")).toEqual([
      { name: "payout.digest", data: digest },
    ])
    expect(JSON.stringify(digest)).not.toContain(accountNumber)
    expect(digest && newsOfDigest(digest)).toEqual({
      key: "payout.digest:2030-01-30",
      title: "Payouts that wait for people on 2030-01-30",
      description:
        "Waiting for an approval: 2 (10.30 PHP), the first of them until 2030-01-31T00:00:00.000Z. Expiring by " +
        "2030-02-01T00:00:00.000Z: 1. Failed since the last digest: 1 (5.00 PHP). Beneficiaries that can't be paid yet: 1.",
    })
    clock.advance(12 * hour)
    expect(await payouts.dailyDigest()).toBeUndefined()
    clock.advance(12 * hour)
    expect(await payouts.dailyDigest()).toMatchObject({ day: "2030-01-31", failed: { count: 0 } })
  })

  it("tells of what expires soon by the day that it is for, and by half the time that an approval has", async () => {
    const { withOptions, connection, made, clock } = shop()
    const payouts = withOptions({ ...options, approvalExpiresInDays: 2 })
    const later = await made({ amount: "7.00", send_at: new Date("2030-01-05T00:00:00Z") })
    // Of a thousand that are older, and for a later day, none hides another.
    await connection.raw(
      `insert into payout_transfer select (jsonb_populate_record(t, jsonb_build_object(
         'id', 'potr_' || n, 'reference', 'PO' || n, 'idempotency_key', 'key ' || n))).*
       from payout_transfer t, generate_series(1, 1000) n where t.id = ?`,
      [later.id]
    )
    clock.advance(hour)
    const soon = await made({ amount: "0.20" })
    clock.advance(day + hour)
    const digest = await payouts.dailyDigest()
    expect(digest?.waiting).toMatchObject({
      count: 1002,
      first_expires_at: "2030-01-03T01:00:00.000Z",
    })
    expect(digest?.expiring).toMatchObject({
      count: 1,
      until: "2030-01-03T02:00:00.000Z",
      transfers: [{ id: soon.id, expires_at: "2030-01-03T01:00:00.000Z" }],
    })
  })

  it("tells which accounts were changed since the last one, by whom, and of accounts the last places", async () => {
    const { withOptions, beneficiary, clock, events } = shop()
    const payouts = withOptions(options)
    const [known, other] = [await beneficiary(), await beneficiary()]
    clock.advance(hour)
    const account = { account_number: "1111222233334444", bank_code: "BPIX" }
    const changed = await payouts.changeBeneficiary(known.id, { account }, bob)
    // Neither an edit of something else, nor the same account once more, changes an account.
    await payouts.changeBeneficiary(known.id, { name: "Juana dela Cruz", account }, carol)
    await payouts.changeBeneficiary(other.id, { email: "else@example.com" }, bob)
    clock.advance(hour)
    const digest = await payouts.dailyDigest()
    expect(digest?.changed_accounts).toEqual({
      count: 1,
      accounts: [
        {
          beneficiary_id: known.id,
          provider_id: "po_acme_main",
          name: "Juan dela Cruz",
          version: 2,
          version_id: changed.version_id,
          account_hint: "••••4444",
          account_hint_before: "••••3322",
          changed_fields: ["account.account_number", "account.bank_code"],
          changed_by: bob.id,
          changed_at: "2030-01-01T01:00:00.000Z",
        },
      ],
    })
    expect(events.at(-1)).toEqual({ name: "payout.digest", data: digest })
    expect(JSON.stringify(digest)).not.toContain(account.account_number)
    expect(digest && newsOfDigest(digest).description).toContain("changed since the last digest: 1")
    // The next day has its own, and two of one beneficiary are two.
    clock.advance(day)
    expect(await payouts.dailyDigest()).toBeUndefined()
    clock.advance(hour)
    for (const account_number of ["5555666677778888", "1111222233334444"]) {
      await payouts.changeBeneficiary(known.id, { account: { account_number } }, bob)
      clock.advance(hour)
    }
    clock.advance(day)
    expect((await payouts.dailyDigest())?.changed_accounts).toMatchObject({
      count: 2,
      accounts: [{ account_hint: "••••8888" }, { account_hint_before: "••••8888" }],
    })
  })

  it("says nothing where nothing waits, and is told by another server where one died in it", async () => {
    const { withOptions, connection, made, clock, events } = shop()
    const payouts = withOptions(options)
    expect(await payouts.dailyDigest()).toBeUndefined()
    expect(events).toEqual([])
    clock.advance(day)
    await made()
    // Begun, and never ended.
    await payouts.dailyDigest()
    await connection("payout_daily_run").where({ day: "2030-01-02" }).update({ ended_at: null })
    expect(await payouts.dailyDigest()).toBeUndefined()
    clock.advance(hour + 1)
    expect(await payouts.dailyDigest()).toMatchObject({ waiting: { count: 1 } })
  })
})
