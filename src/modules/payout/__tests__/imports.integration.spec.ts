import { times } from "../../payment-journal/__tests__/fixtures"
import type { ImportLine } from "../payout-import"
import type { NewTransfer } from "../transfer"
import { describeShop } from "./shop"
import { alice, bob, newTransfer } from "./payouts-under-test"

jest.setTimeout(120_000)

const file = { file_name: "october.csv", digest: "d1", allow_partial: false, problems: [] }

function lines(transfers: readonly NewTransfer[]): ImportLine[] {
  return transfers.map((transfer, index) => ({ line: index + 2, transfer }))
}

describeShop("An import", (shop) => {
  const manyLines = async (count: number, change: Partial<NewTransfer> = {}) => {
    const beneficiaries = [await shop().beneficiary(), await shop().beneficiary()]
    return lines(
      times(count, (index) =>
        newTransfer(beneficiaries[index % 2]!, { amount: `${index + 1}.50`, ...change })
      )
    )
  }

  it("of 1,000 lines makes them all in one transaction, and once however often it comes", async () => {
    const { payouts, otherServer, connection, events } = shop()
    const thousand = await manyLines(1_000)
    const [first, second] = await Promise.all([
      payouts.importTransfers(file, thousand, alice),
      otherServer().importTransfers(file, thousand, bob),
    ])
    expect(first).toMatchObject({ status: "done", total: 1_000, checked: 1_000, made: 1_000 })
    expect(second).toEqual(first)
    expect(await payouts.importTransfers(file, [], alice)).toEqual(first)

    const transfers = await connection("payout_transfer").orderBy("import_line")
    expect(transfers).toHaveLength(1_000)
    expect(transfers[999]).toMatchObject({
      import_id: first.id,
      import_line: 1_001,
      status: "awaiting_approval",
      created_by: first.created_by,
    })
    expect(await connection("payout_transfer_event")).toHaveLength(1_000)
    expect(events.filter(({ name }) => name.endsWith("awaiting_approval"))).toHaveLength(1_000)
    const [sum] = await connection("payout_transfer").select(connection.raw("sum(amount)::text"))
    expect(sum.sum).toBe("501000.00")
  })

  it("makes nothing where one line is wrong, says which, and may come again", async () => {
    const { payouts, connection } = shop()
    const ten = await manyLines(10)
    const bad = (line: number, change: Partial<NewTransfer>): ImportLine => ({
      line,
      transfer: { ...ten[0]!.transfer, ...change },
    })
    const wrong = [
      ...ten,
      bad(12, { amount: "1.005" }),
      bad(13, { amount: "-1" }),
      bad(14, { currency_code: "usd" }),
      bad(15, { beneficiary_id: "poben_none" }),
      bad(16, { purpose: " " }),
      bad(17, { amount: "1,5" }),
    ]
    const problems = [
      { line: 12, message: expect.stringContaining("has too many decimal places") },
      { line: 13, message: "amount must be above zero" },
      { line: 14, message: expect.stringContaining("can't send usd, only php, idr") },
      { line: 15, message: "There is no payout beneficiary poben_none" },
      { line: 16, message: expect.stringContaining("purpose must be") },
      { line: 17, message: expect.stringContaining("amount must be digits") },
    ]
    expect(await payouts.checkImport(wrong, alice)).toMatchObject({ problems })
    expect(await connection("payout_import")).toEqual([])

    const refused = await payouts.importTransfers(file, wrong, alice)
    expect(refused).toMatchObject({ status: "refused", checked: 16, made: 0, problems })
    expect(await connection("payout_transfer")).toEqual([])
    expect(await connection("payout_transfer_event")).toEqual([])

    const partial = { ...file, allow_partial: true }
    expect(await payouts.importTransfers(partial, wrong, alice)).toMatchObject({
      id: refused.id,
      status: "done",
      total: 16,
      made: 10,
      problems,
    })
    expect(await connection("payout_transfer")).toHaveLength(10)
  })

  it("makes nothing when the server dies in the middle, and everything when it comes again", async () => {
    const { payouts, connection } = shop()
    const many = await manyLines(300)
    await connection.raw(
      `create function fail_late() returns trigger language plpgsql as
       $$ begin if new.import_line = 290 then raise exception 'the power is gone'; end if; return new; end $$`
    )
    await connection.raw(
      "create trigger fail_late before insert on payout_transfer for each row execute function fail_late()"
    )
    try {
      await expect(payouts.importTransfers(file, many, alice)).rejects.toThrow("the power is gone")
    } finally {
      await connection.raw("drop trigger fail_late on payout_transfer")
      await connection.raw("drop function fail_late")
    }
    expect(await connection("payout_transfer")).toEqual([])
    const [left] = await connection("payout_import")
    expect(["checking", "making"]).toContain(left.status)

    expect(await payouts.importTransfers(file, many, alice)).toMatchObject({
      id: left.id,
      status: "done",
      made: 300,
    })
  })

  it("shows to other connections how far it is", async () => {
    const { payouts, connection, database } = shop()
    const many = await manyLines(400)
    const watcher = database.connect(1)
    const holder = await connection.transaction()
    // It has checked everything and waits for this before it can write its first transfer.
    await holder.raw("lock table payout_transfer_event in exclusive mode")
    const importing = payouts.importTransfers(file, many, alice)
    let seen = { status: "", checked: 0, made: 0 }
    while (seen.status !== "making") {
      await new Promise((resolve) => setTimeout(resolve, 20))
      seen = (await watcher("payout_import").first()) ?? seen
    }
    expect(seen).toMatchObject({ checked: 400, made: 0 })
    expect(await watcher("payout_transfer")).toEqual([])
    await holder.rollback()
    expect(await importing).toMatchObject({ status: "done", made: 400 })
  })

  it("holds lines that look the same, and knows what was made under a line's own key", async () => {
    const { payouts, beneficiary, connection } = shop()
    const known = await beneficiary()
    const wish = newTransfer(known, { idempotency_key: "mine" })
    const { transfer } = await payouts.makeTransfer(wish, alice)
    const twice = newTransfer(known, { amount: "9.00" })
    const result = await payouts.importTransfers(
      file,
      lines([wish, twice, twice, { ...twice, amount: "8.00", idempotency_key: "eight" }]),
      alice
    )
    expect(result).toMatchObject({ status: "done", made: 4, problems: [] })
    const made = await connection("payout_transfer")
      .whereNotNull("import_id")
      .orderBy("import_line")
    expect(made).toHaveLength(3)
    expect(made.map(({ same_as_id }) => same_as_id)).toEqual([null, made[0].id, null])

    const next = lines([
      { ...wish, amount: "2.00" },
      { ...twice, amount: "7.00", idempotency_key: "seven" },
      { ...twice, amount: "7.00", idempotency_key: "seven" },
    ])
    const { problems, sums } = await payouts.checkImport(next, alice)
    expect(problems).toEqual([
      {
        line: 2,
        message: expect.stringContaining(`used for another transfer, ${transfer.reference}`),
      },
      { line: 4, message: "The idempotency key seven stands in line 3 already" },
    ])
    expect(sums).toEqual([
      { provider_id: transfer.provider_id, currency_code: "php", count: 1, amount: "7" },
    ])
  })

  it("keeps to the limits as if its transfers were made one after the other", async () => {
    const { withOptions, gateway, beneficiary, connection } = shop()
    const limits = { php: { perTransfer: "50", perDay: "100" } }
    const payouts = withOptions({ approval: "none", limits })
    const known = await beneficiary()
    const amounts = ["40.00", "50.01", "41.00", "42.00"]
    const wanted = lines(amounts.map((amount) => newTransfer(known, { amount })))
    const partial = { ...file, allow_partial: true }
    expect(await payouts.importTransfers(partial, wanted, alice)).toMatchObject({
      status: "done",
      made: 2,
      problems: [
        { line: 3, message: expect.stringContaining("perTransfer is 50") },
        { line: 5, message: expect.stringContaining("19 of the option payouts.limits.php.perDay") },
      ],
    })
    expect(await connection("payout_transfer").pluck("status")).toEqual(["approved", "approved"])
    await payouts.submitDue(10)
    expect(gateway.moves.map(({ amount }) => amount).sort()).toEqual(["40.00", "41.00"])
  })
})
