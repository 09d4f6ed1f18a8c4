import { times } from "../../payment-journal/__tests__/fixtures"
import type { ImportLine } from "../domain/import"
import type { NewTransfer } from "../domain/transfer"
import { alice, bob, newTransfer } from "./payouts-under-test"
import { describeShop } from "./shop"

describe("imports", () => {
  const hour = 3_600_000
  const day = 24 * hour

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
      expect([first.is_new, second.is_new].sort()).toEqual([false, true])
      expect(second).toMatchObject({ id: first.id, made: 1_000 })
      expect(await payouts.importTransfers(file, thousand, alice)).toMatchObject({
        id: first.id,
        is_new: false,
      })

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

    it("has transfers of one time that sort by their ids as its lines do, and so do their first steps", async () => {
      const { payouts, connection } = shop()
      await payouts.importTransfers(file, await manyLines(200), alice)
      const lineNumbers = times(200, (index) => index + 2)
      const transfers = await connection("payout_transfer").orderBy(["created_at", "id"])
      expect(transfers.map(({ import_line }) => import_line)).toEqual(lineNumbers)
      const steps = await connection("payout_transfer_event")
        .join("payout_transfer", "payout_transfer.id", "transfer_id")
        .orderBy(["payout_transfer_event.created_at", "payout_transfer_event.id"])
      expect(steps.map(({ import_line }) => import_line)).toEqual(lineNumbers)
    })

    it("is of whoever it was made for, though another one's try came to nothing", async () => {
      const { payouts, connection } = shop()
      const ten = await manyLines(10)
      await connection("payout_beneficiary").update({ status: "disabled" })
      expect(await payouts.importTransfers(file, ten, alice)).toMatchObject({ status: "refused" })
      await connection("payout_beneficiary").update({ status: "active" })
      expect(await payouts.importTransfers(file, ten, bob)).toMatchObject({
        status: "done",
        created_by: bob.id,
      })
      expect(await connection("payout_transfer").distinct("created_by")).toEqual([
        { created_by: bob.id },
      ])
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
        { line: 16, message: "purpose is missing" },
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

    it("counts the decimals of an amount as they are written, zeros included", async () => {
      const { payouts, beneficiary } = shop()
      const known = await beneficiary()
      const written = [
        newTransfer(known, { amount: "50.000" }),
        newTransfer(known, { amount: "40.000", currency_code: "idr" }),
        newTransfer(known, { amount: "1.5000", currency_code: "php" }),
        newTransfer(known, { amount: "1.50" }),
        newTransfer(known, { amount: "40000.00", currency_code: "idr" }),
      ]
      const { problems, sums } = await payouts.checkImport(lines(written), alice)
      expect(problems).toMatchObject([
        {
          line: 2,
          message:
            'amount "50.000" has too many decimal places: po_acme_main sends php with 2, and they count as written. ' +
            "Write 50.00, or 50000 if that is meant",
        },
        { line: 3, message: expect.stringMatching(/sends idr with 0.* Write 40, or 40000 if/) },
        { line: 4, message: expect.stringMatching(/Write 1\.50$/) },
      ])
      expect(sums.map(({ count }) => count)).toEqual([1, 1])
      await expect(payouts.makeTransfer(written[0]!, alice)).rejects.toThrow(
        "50000 if that is meant"
      )
    })

    it("holds what a line says of whom it pays against the beneficiary, and keeps nothing of it", async () => {
      const { payouts, beneficiary, connection } = shop()
      const known = await beneficiary()
      const stated = (line: number, says: ImportLine["stated"]): ImportLine => ({
        line,
        transfer: newTransfer(known, { amount: `${line}.00` }),
        stated: says,
      })
      const given = [
        stated(2, {
          beneficiary_name: " JUAN  dela\u00a0Cruz",
          account_number: "9988 7766-5544 3322",
        }),
        stated(3, { beneficiary_name: "Juana dela Cruz" }),
        stated(4, { account_number: "9988776655443321" }),
        stated(5, {}),
      ]
      const { problems, sums } = await payouts.checkImport(given, alice)
      expect(problems).toMatchObject([
        { line: 3, message: expect.stringContaining('"Juana dela Cruz" is not the name of') },
        { line: 4, message: expect.stringContaining('"••••3321" is not the account of') },
      ])
      expect(JSON.stringify(problems)).not.toContain("99887766")
      expect(sums).toMatchObject([{ count: 2, amount: "7" }])
      await payouts.importTransfers({ ...file, allow_partial: true }, given, alice)
      expect(await connection("payout_transfer")).toHaveLength(2)

      // Its key is lost: what can't be compared is not taken for right.
      await connection("payout_beneficiary_version").update({ key_id: "gone" })
      const again = [stated(6, { account_number: "9988776655443322" }), stated(7, {})]
      expect((await payouts.checkImport(again, alice)).problems).toMatchObject([
        { line: 6, message: expect.stringContaining("leave the cell empty") },
      ])
    })

    it("makes nothing when the server dies in the middle, and everything when it comes again", async () => {
      const { payouts, connection, clock } = shop()
      const many = await manyLines(300)
      await connection.raw(
        `create function fail_late() returns trigger language plpgsql as
       $$ begin if new.import_line = 290 then raise exception 'the power is gone'; end if; return new; end $$`
      )
      await connection.raw(
        "create trigger fail_late before insert on payout_transfer for each row execute function fail_late()"
      )
      try {
        await expect(payouts.importTransfers(file, many, alice)).rejects.toThrow(
          "the power is gone"
        )
      } finally {
        await connection.raw("drop trigger fail_late on payout_transfer")
        await connection.raw("drop function fail_late")
      }
      expect(await connection("payout_transfer")).toEqual([])
      const [left] = await connection("payout_import")
      expect(["checking", "making"]).toContain(left.status)
      // Not under way for ever: it is refused, and says what to do.
      expect(await payouts.refuseBrokenImports()).toBe(0)
      clock.advance(hour + 1)
      expect(await payouts.refuseBrokenImports()).toBe(1)
      expect(await connection("payout_import").first()).toMatchObject({
        status: "refused",
        made: 0,
        problems: [{ line: 1, message: expect.stringContaining("send the file again") }],
      })

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
      const request = newTransfer(known, { idempotency_key: "mine" })
      const { transfer } = await payouts.makeTransfer(request, alice)
      const twice = newTransfer(known, { amount: "9.00" })
      const result = await payouts.importTransfers(
        file,
        lines([request, twice, twice, { ...twice, amount: "8.00", idempotency_key: "eight" }]),
        alice
      )
      expect(result).toMatchObject({
        status: "done",
        made: 3,
        problems: [],
        known: [{ line: 2, transfer_id: transfer.id }],
      })
      const made = await connection("payout_transfer")
        .whereNotNull("import_id")
        .orderBy("import_line")
      expect(made).toHaveLength(3)
      expect(made.map(({ same_as_id }) => same_as_id)).toEqual([null, made[0].id, null])

      const next = lines([
        { ...request, amount: "2.00" },
        { ...twice, amount: "7.00", idempotency_key: "seven" },
        { ...twice, amount: "7.00", idempotency_key: "seven" },
      ])
      const { problems, sums } = await payouts.checkImport(next, alice)
      expect(problems).toMatchObject([
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

    it("is the same however the file was saved, and another one a month and some days later", async () => {
      const { payouts, beneficiary, connection, clock } = shop()
      const [one, two] = [newTransfer(await beneficiary()), newTransfer(await beneficiary())]
      const first = await payouts.importTransfers(file, lines([one, two]), alice)
      expect(first).toMatchObject({ is_new: true, made: 2 })
      const savedAgain = [
        { line: 3, transfer: { ...two, amount: "1500", purpose: " October" } },
        { line: 5, transfer: { ...one, currency_code: "PHP" } },
      ]
      clock.advance(23 * hour)
      const text = { ...file, digest: "d2", file_name: "october (1).csv" }
      expect(await payouts.checkImport(savedAgain, bob)).toMatchObject({
        imported_before: { id: first.id, file_name: "october.csv" },
      })
      expect(await payouts.importTransfers(text, savedAgain, bob)).toMatchObject({
        id: first.id,
        is_new: false,
      })
      expect(await connection("payout_transfer")).toHaveLength(2)

      clock.advance(35 * day)
      expect(await payouts.checkImport(savedAgain, bob)).toMatchObject({ imported_before: null })
      const later = await payouts.importTransfers(text, savedAgain, bob)
      expect(later).toMatchObject({ is_new: true, made: 2, round: 2 })
      expect(later.id).not.toBe(first.id)
      // They have not ended, so that the new ones wait all the same.
      const made = await connection("payout_transfer").where({ import_id: later.id })
      expect(made.map(({ same_as_id }) => same_as_id)).not.toContain(null)
    })

    it("of all lines of before and some more holds those of before", async () => {
      const { withOptions, beneficiary, clock } = shop()
      const payouts = withOptions({ approval: "none" })
      const some = [newTransfer(await beneficiary()), newTransfer(await beneficiary())]
      await payouts.importTransfers(file, lines(some), alice)
      await payouts.submitDue(10)
      clock.advance(30 * day)
      const more = lines([...some, newTransfer(await beneficiary())])
      const check = await payouts.checkImport(more, alice)
      expect(check.held).toEqual([
        {
          line: 2,
          reason: expect.stringContaining("It looks like P"),
          same_as: { id: expect.stringMatching(/^potr_/), reference: expect.any(String) },
        },
        expect.objectContaining({ line: 3 }),
      ])
      expect(await payouts.importTransfers({ ...file, digest: "d2" }, more, alice)).toMatchObject({
        made: 3,
      })
      expect(await payouts.submitDue(10)).toBe(1)
    })

    it("tells in its check which lines look alike, and by which line or transfer", async () => {
      const { payouts, beneficiary } = shop()
      const known = await beneficiary()
      const request = newTransfer(known, { idempotency_key: "mine", amount: "5.00" })
      const { transfer } = await payouts.makeTransfer(request, alice)
      const twice = newTransfer(known, { amount: "9.00" })
      const check = await payouts.checkImport(lines([twice, twice, request]), alice)
      expect(check).toMatchObject({
        problems: [],
        held: [
          { line: 3, same_as: { line: 2 }, reason: expect.stringContaining("looks like line 2") },
        ],
        known: [{ line: 4, transfer_id: transfer.id }],
      })
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
          {
            line: 5,
            message: expect.stringContaining("19 of the option payouts.limits.php.perDay"),
          },
        ],
      })
      expect(await connection("payout_transfer").pluck("status")).toEqual(["approved", "approved"])
      await payouts.submitDue(10)
      expect(gateway.moves.map(({ amount }) => amount).sort()).toEqual(["40.00", "41.00"])
    })
  })
})
