import { everythingKept } from "../../../modules/payout/__tests__/payout-database"
import { alice, bob, carol, keyOf } from "../../../modules/payout/__tests__/payouts-under-test"
import type { Transfer } from "../../../modules/payout/domain/transfer"
import { transferOf } from "../../../modules/payout/store/transfers"
import { newsOfDigest } from "../../../workflows/notifications"
import { ibans } from "./a-file"
import { aStatement, type Booking } from "./a-statement"
import { bankFileShop, booking, providerId } from "./bank-file-shop"
import { itAgainstSchemas } from "./schemas"

const minute = 60_000
const shop = bankFileShop()
const { aFile, upload, check, statuses } = shop

describe("A statement of the account", () => {
  it("shows first what it would settle, and then settles just that", async () => {
    const { transfers, file } = await aFile()
    const bookings = [...transfers.map((one) => booking(one)), { parts: [] }]
    const before = await everythingKept(shop.connection)
    const checked = await check(bookings)
    expect(checked).toMatchObject({ told: [], known: 0, others: 1, imported_before: null })
    expect(checked.settles.map(({ transfer }) => transfer.reference).sort()).toEqual(
      transfers.map(({ reference }) => reference).sort()
    )
    expect(await everythingKept(shop.connection)).toBe(before)

    const imported = await upload(bookings, 3)
    expect(imported).toMatchObject({ is_new: true, settled: 3, others: 1, told: [] })
    for (const { id } of transfers) {
      const settled = await transferOf(shop.connection, id)
      expect(settled).toMatchObject({
        status: "succeeded",
        resolved_by: bob.id,
        gateway_id: expect.stringMatching(/^B-/),
        file_id: file.id,
        reason: `The statement ${imported.id} shows it paid on 2026-12-01`,
      })
    }
    expect(shop.events).toContainEqual({
      name: "payout.statement.imported",
      data: { id: imported.id, provider_id: providerId, settled: 3, told: 0, created_by: bob.id },
    })
  })

  itAgainstSchemas(
    ["pain.001.001.09", "camt.053.001.08"],
    "settles all of a file by the references in it, where the standard's schemas take both",
    async (problemsOf) => {
      const { transfers, file } = await aFile()
      const text = await shop.textOf(file.id)
      expect(await problemsOf("pain.001.001.09", text)).toEqual([])
      const parts = [...text.matchAll(/<EndToEndId>(\w+)<.*?<InstdAmt Ccy="EUR">([\d.]+)</gs)].map(
        ([, endToEndId, amount]) => ({ endToEndId, amount })
      )
      expect(parts).toHaveLength(transfers.length)

      // As banks book a file: as one, with its payments below.
      const whole = { amount: file.control_sum, bankReference: "B-1", parts }
      expect(await problemsOf("camt.053.001.08", aStatement([whole]))).toEqual([])
      expect(await upload([whole], transfers.length)).toMatchObject({ settled: 3, told: [] })
      expect(await statuses(transfers)).toEqual(["succeeded", "succeeded", "succeeded"])
    }
  )

  it("that is imported twice changes nothing, also by two at once", async () => {
    const { transfers } = await aFile()
    const bookings = transfers.map((one) => booking(one))
    const both = await Promise.allSettled([upload(bookings, 3), upload(bookings, 3)])
    const outcomes = both.map((one) => (one.status === "fulfilled" ? one.value.is_new : one.reason))
    expect(outcomes.sort()).toEqual([false, true])
    const before = await everythingKept(shop.connection)
    expect(await upload(bookings, 3)).toMatchObject({ is_new: false, settled: 3 })
    expect(await everythingKept(shop.connection)).toBe(before)
    // The same bookings in another file of the bank's, such as that of the whole month.
    const month = [...bookings, { parts: [] }]
    expect(await upload(month, 0)).toMatchObject({ is_new: true, settled: 0, known: 3, told: [] })
  })

  it("settles what it shows rightly, and tells of the rest, which stays as it is", async () => {
    const { transfers } = await aFile()
    const [one, two, three] = transfers as [Transfer, Transfer, Transfer]
    const unknown = { ...one, reference: "P01JQ0000000000000000000009" }
    const bookings = [
      booking(one),
      booking(two, { amount: "0.02" }),
      booking(three, { currency: "USD" }),
      booking(unknown),
    ]
    const imported = await upload(bookings, 1)
    expect(imported.told.map(({ kind, transfer_id }) => [kind, transfer_id])).toEqual([
      ["amount", two.id],
      ["currency", three.id],
      ["unknown", null],
    ])
    expect(await statuses(transfers)).toEqual(["succeeded", "processing", "processing"])
    expect(shop.logged.join()).toContain("amount, currency, unknown")
  })

  it.each<[string, string, (transfer: Transfer) => Booking[]]>([
    ["twice", "twice", (one) => [booking(one), booking(one, { bankReference: "B-other" })]],
    [
      "as returned",
      "returned",
      ({ reference }) => [
        { indicator: "CRDT", parts: [{ endToEndId: reference, returned: "AC04" }] },
      ],
    ],
    ["as announced", "not_booked", (one) => [booking(one, { status: "PDNG" })]],
    [
      "to another account",
      "account",
      ({ reference, amount }) => [
        { amount, parts: [{ endToEndId: reference, account: ibans.german }] },
      ],
    ],
  ])("that shows a payment %s changes nothing of it", async (_name, kind, bookings) => {
    const { transfers } = await aFile(1)
    const imported = await upload(bookings(transfers[0]!), 0)
    expect(new Set(imported.told.map((one) => one.kind))).toEqual(new Set([kind]))
    expect(await statuses(transfers)).toEqual(["processing"])
  })

  it("tells of a shop.second booking of what another statement settled, and of money that came back since", async () => {
    const { transfers } = await aFile(1)
    const [transfer] = transfers as [Transfer]
    await upload([booking(transfer)], 1)
    const again = await upload([booking(transfer, { bankReference: "B-other" })], 0)
    expect(again.told).toMatchObject([{ kind: "paid_again", transfer_id: transfer.id }])
    const { reference } = transfer
    const back = await upload(
      [{ indicator: "CRDT", parts: [{ endToEndId: reference, returned: "AC04" }] }],
      0
    )
    expect(back.told).toMatchObject([{ kind: "returned" }])
    expect(await statuses(transfers)).toEqual(["succeeded"])
    await shop.payouts.resolveTransfer(
      transfer.id,
      { outcome: "returned", note: "AC04 on the statement" },
      bob
    )
    expect(await statuses(transfers)).toEqual(["returned"])
  })

  it("in CSV without the bank's numbers settles a payment once, and holds what may be another one for a person", async () => {
    const { transfers } = await aFile(1)
    const [{ id, reference, amount }] = transfers as [Transfer]
    const line = (day: string) => `${reference};${amount};EUR;${day}`
    const list = (...lines: string[]) =>
      ["reference;amount;currency;booked_on", ...lines].join("\n")
    const take = async (content: string, settles = 0) =>
      await shop.payouts.importStatement({ provider_id: providerId, content }, { settles }, bob)

    const first = await take(list(line("1.12.2026.")), 1)
    expect(first.bookings).toEqual([
      {
        kind: "settled",
        position: 1,
        transfer_id: id,
        bank_reference: null,
        booked_on: "2026-12-01",
      },
    ])
    const before = await everythingKept(shop.connection)
    expect(await take(list(line("1.12.2026.")), 1)).toMatchObject({ is_new: false })
    expect(await everythingKept(shop.connection)).toBe(before)
    // The whole month has the same booking.
    expect(await take(list(line("1.12.2026."), ";1.00;EUR;2.12.2026."))).toMatchObject({
      ...{ settled: 0, known: 1, told: [], others: 1 },
      bookings: [{ kind: "known", transfer_id: id }],
    })
    // Another day is another payment; without a day nobody knows.
    expect(await take(list(line("3.12.2026.")))).toMatchObject({
      ...{ settled: 0, known: 0, bookings: [] },
      told: [{ kind: "paid_again", transfer_id: id }],
    })
    expect((await take(list(line("")))).told).toMatchObject([{ kind: "indistinct" }])
    expect((await take(list(line("1.12.2026."), line("4.12.2026.")))).told).toMatchObject([
      { kind: "twice" },
      { kind: "twice" },
    ])
    const events = await shop.payouts.eventsOf(id)
    expect(events.filter(({ to_status }) => to_status === "succeeded")).toHaveLength(1)
  })

  it.each([
    ["a statement", async (bookings: Booking[]) => await upload(bookings, 2)],
    [
      "a person",
      async (bookings: Booking[], fileId: string) => {
        const decision = { outcome: "succeeded", note: "Debited as one", count: 2 } as const
        await shop.payouts.resolveFile(fileId, { ...decision, sum: "1500.01" }, bob)
        expect(await check(bookings)).not.toHaveProperty("named")
        expect(await upload(bookings, 0)).toMatchObject({ known: 2, told: [] })
        expect(await upload(bookings, 0)).toMatchObject({ is_new: false })
      },
    ],
  ])(
    "tells of a file that was paid twice as a whole, also where %s settled it",
    async (_who, settle) => {
      const { transfers, file } = await aFile(2)
      const parts = transfers.map(({ reference, amount }) => ({ endToEndId: reference, amount }))
      const whole = { amount: "1500.01", parts }
      await settle([{ ...whole, bankReference: "B-1" }], file.id)
      const again = await upload([{ ...whole, bankReference: "B-2" }], 0)
      expect(again.told.map(({ kind }) => kind)).toEqual(["paid_again", "paid_again"])
    }
  )

  it("settles nothing that its uploader made or set the account of, and nothing for a secret API key", async () => {
    const { transfers } = await aFile(1)
    const bookings = transfers.map((one) => booking(one))
    for (const actor of [alice, carol]) {
      expect((await check(bookings, actor)).told).toMatchObject([{ kind: "needs_second_person" }])
      const imported = await upload(bookings, 0, actor)
      expect(imported).toMatchObject({ settled: 0, told: [{ kind: "needs_second_person" }] })
    }
    await expect(upload(bookings, 1, keyOf(bob, "apk_1"))).rejects.toMatchObject({
      type: "forbidden",
    })
    expect(await statuses(transfers)).toEqual(["processing"])
    // The very file, from another person.
    expect(await upload(bookings, 1)).toMatchObject({ is_new: true, settled: 1 })
    expect(await statuses(transfers)).toEqual(["succeeded"])
  })

  it("is imported only as it was seen, and only where it can be read", async () => {
    const { transfers } = await aFile(1)
    await expect(upload([booking(transfers[0]!)], 2)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("settles 1 transfers now, and you saw 2"),
    })
    const file = { provider_id: providerId, content: "<x" }
    await expect(shop.payouts.importStatement(file, { settles: 0 }, bob)).rejects.toMatchObject({
      type: "invalid_data",
      message: expect.stringContaining("This is not XML"),
    })
    expect(await shop.connection("payout_statement")).toEqual([])
  })

  it("that nobody imports is asked for in the digest of each day", async () => {
    const { transfers } = await aFile(2)
    const payouts = shop.serve({ digestHour: 0 })
    shop.clock.advance(4 * 24 * 60 * minute)
    expect(await payouts.dailyDigest()).toBeUndefined()
    shop.clock.advance(24 * 60 * minute)
    await upload([booking(transfers[0]!)], 1)
    const digest = await payouts.dailyDigest()
    expect(digest?.without_statement).toMatchObject({
      count: 1,
      transfers: [{ reference: transfers[1]!.reference }],
    })
    expect(digest && newsOfDigest(digest).description).toBe(
      "In bank files whose day is over, and settled by no statement: 1 (0.01 EUR)."
    )
  })

  it("may be a list in CSV, by the names of its columns", async () => {
    const { transfers } = await aFile(1)
    const [{ reference }] = transfers as [Transfer]
    const content = `reference;amount;currency;bank_reference\n${reference};1500,00;EUR;B1\n`
    const file = { provider_id: providerId, content }
    expect(await shop.payouts.importStatement(file, { settles: 1 }, bob)).toMatchObject({
      settled: 1,
    })
    expect(await statuses(transfers)).toEqual(["succeeded"])
  })
})

describe("A person's word on a whole file", () => {
  const note = "The bank refused the file: wrong execution date"

  it("ends all that is open of it, as it was seen, by a shop.second person", async () => {
    const { transfers, file } = await aFile()
    await upload([booking(transfers[0]!)], 1)
    const decision = { outcome: "failed", note, count: 2, sum: "20.51" } as const
    await expect(shop.payouts.resolveFile(file.id, decision, bob)).rejects.toThrow(
      "made minutes ago"
    )
    shop.clock.advance(16 * minute)
    await expect(shop.payouts.resolveFile(file.id, { ...decision, count: 3 }, bob)).rejects.toThrow(
      "2 transfers of the file"
    )
    for (const actor of [alice, carol, keyOf(bob, "apk_1")]) {
      await expect(shop.payouts.resolveFile(file.id, decision, actor)).rejects.toThrow()
    }
    expect(await shop.payouts.resolveFile(file.id, decision, bob)).toHaveLength(2)
    expect(await statuses(transfers)).toEqual(["succeeded", "failed", "failed"])
    await expect(shop.payouts.resolveFile(file.id, decision, bob)).rejects.toThrow("0 transfers")
    expect(await shop.connection("payout_transfer").whereNotNull("next_check_at")).toEqual([])

    const retry = await shop.payouts.retryTransfer(transfers[1]!.id, alice)
    expect(retry).toMatchObject({ status: "awaiting_approval", retry_of_id: transfers[1]!.id })
  })

  /** Both transfers of a file that the bank did not take, and the retry of the first. */
  async function refusedAndRetried() {
    const { transfers, file } = await aFile(2)
    const [one, two] = transfers as [Transfer, Transfer]
    shop.clock.advance(16 * minute)
    const decision = { outcome: "failed", note, count: 2, sum: "1500.01" } as const
    await shop.payouts.resolveFile(file.id, decision, bob)
    const retry = await shop.payouts.retryTransfer(one.id, alice)
    return { one, two, retry }
  }

  it("that a statement contradicts keeps what tries it again from being paid unseen", async () => {
    const { one, two, retry } = await refusedAndRetried()
    const again = await shop.payouts.makeBatch({ transfer_ids: [retry.id] }, alice)
    expect(await shop.payouts.approveTransfer(retry.id, bob)).toMatchObject({ status: "approved" })

    const late = await upload([booking(one), booking(two)], 0)
    expect(late.told.map(({ kind }) => kind)).toEqual(["ended_otherwise", "ended_otherwise"])
    expect(await transferOf(shop.connection, retry.id)).toMatchObject({
      status: "awaiting_approval",
      same_as_id: one.id,
      reason: expect.stringContaining(`the statement ${late.id} shows that it was paid`),
    })
    await expect(shop.payouts.makeFiles(again.id, {}, alice)).rejects.toMatchObject({
      type: "conflict",
    })
    await expect(shop.payouts.approveTransfer(retry.id, bob)).rejects.toThrow(one.reference)
    await expect(shop.payouts.retryTransfer(two.id, alice)).rejects.toThrow(
      `the statement ${late.id} shows that it was paid`
    )
    expect(await upload([booking(one), booking(two)], 0)).toMatchObject({ is_new: false })
  })

  it("that a statement contradicts by another sum, or by two bookings, holds what tries it again, too", async () => {
    const { one, two, retry } = await refusedAndRetried()
    await shop.payouts.approveTransfer(retry.id, bob)
    const again = booking(two, { bankReference: "B-2" })
    const late = await upload([booking(one, { amount: "1400.00" }), booking(two), again], 0)
    expect(await transferOf(shop.connection, retry.id)).toMatchObject({
      status: "awaiting_approval",
      same_as_id: one.id,
    })
    await expect(shop.payouts.retryTransfer(two.id, alice)).rejects.toThrow(
      `the statement ${late.id} shows that it was paid`
    )
  })

  it("does not have paid again what its maker's own statement showed before", async () => {
    const { transfers, file } = await aFile(1)
    const [{ id }] = transfers as [Transfer]
    const own = await upload([booking(transfers[0]!)], 0, alice)
    expect(own.told).toMatchObject([{ kind: "needs_second_person" }])
    shop.clock.advance(16 * minute)
    const decision = { outcome: "failed", note, count: 1, sum: "1500.00" } as const
    await shop.payouts.resolveFile(file.id, decision, bob)
    await expect(shop.payouts.retryTransfer(id, alice)).rejects.toThrow(
      `the statement ${own.id} shows that it was paid`
    )
  })

  it("is not given while somebody who has just had the file may be taking it to the bank", async () => {
    const { transfers, file } = await aFile(1)
    shop.clock.advance(60 * minute)
    await shop.textOf(file.id)
    const decision = { outcome: "failed", note, count: 1, sum: "1500.00" } as const
    await expect(shop.payouts.resolveFile(file.id, decision, bob)).rejects.toThrow("minutes ago")
    const [{ id }] = transfers as [Transfer]
    await expect(
      shop.payouts.resolveTransfer(id, { outcome: "failed", note }, bob)
    ).rejects.toMatchObject({ type: "conflict", message: expect.stringContaining("minutes ago") })
    expect(await statuses(transfers)).toEqual(["processing"])
    shop.clock.advance(16 * minute)
    expect(await shop.payouts.resolveFile(file.id, decision, bob)).toHaveLength(1)
  })

  it("that it failed keeps the file from being taken to the bank after all", async () => {
    const { file } = await aFile(1)
    shop.clock.advance(16 * minute)
    const decision = { outcome: "failed", note, count: 1, sum: "1500.00" } as const
    await shop.payouts.resolveFile(file.id, decision, bob)
    await expect(shop.textOf(file.id)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("said to have failed"),
    })
    expect(await shop.connection("payout_audit_line").where({ action: "downloaded" })).toEqual([])
  })

  it("ends one transfer alone, too", async () => {
    const { transfers } = await aFile(1)
    const decision = { outcome: "succeeded", note: "It stands on the statement of today" } as const
    // Also where its provider is not in the config any more: nobody is asked about it later.
    const gone = { provider_id: "po_bank_file_gone" }
    await shop.connection("payout_transfer").where({ id: transfers[0]!.id }).update(gone)
    await shop.payouts.resolveTransfer(transfers[0]!.id, decision, bob)
    const resolved = await transferOf(shop.connection, transfers[0]!.id)
    expect(resolved).toMatchObject({
      status: "succeeded",
      resolved_by: bob.id,
      next_check_at: null,
    })
  })
})
