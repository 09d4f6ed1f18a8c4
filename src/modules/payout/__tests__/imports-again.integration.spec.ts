import { times } from "../../payment-journal/__tests__/fixtures"
import type { ImportLine, ImportLineProblem } from "../domain/import"
import type { NewTransfer } from "../domain/transfer"
import { alice, bob, newTransfer } from "./payouts-under-test"
import { describeShop } from "./shop"

const minute = 60_000
const day = 24 * 60 * minute

const file = { file_name: "payroll.csv", digest: "d1", allow_partial: false }

function lines(transfers: readonly NewTransfer[]): ImportLine[] {
  return transfers.map((transfer, index) => ({ line: index + 2, transfer }))
}

describeShop("The same lines in a file of another time", (shop) => {
  it("are refused by name, and made once more for whoever says that they saw the import", async () => {
    const { payouts, beneficiary, connection, clock } = shop()
    const payroll = lines([newTransfer(await beneficiary(), { purpose: "Salary" })])
    const first = await payouts.importTransfers(file, payroll, alice)
    expect(await payouts.importTransfers(file, payroll, alice)).toMatchObject({
      id: first.id,
      is_new: false,
    })

    clock.advance(31 * day)
    await expect(payouts.importTransfers(file, payroll, bob)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringMatching(
        `Nothing was made: these lines were imported at 2030.*by ${alice.id}, as ${first.id} ` +
          `\\(payroll.csv\\)\\..*send the file with same_as_id ${first.id}`
      ),
    })
    const named = { ...file, same_as_id: first.id }
    const second = await payouts.importTransfers(named, payroll, bob)
    expect(second).toMatchObject({ is_new: true, made: 1, round: 2, created_by: bob.id })
    // They look like what was made, and wait for a second look all the same.
    const made = await connection("payout_transfer").where({ import_id: second.id })
    expect(made.map(({ same_as_id }) => same_as_id)).not.toContain(null)
    // The call was repeated, as by a client that got no answer.
    expect(await payouts.importTransfers(named, payroll, bob)).toMatchObject({
      id: second.id,
      is_new: false,
    })
    expect(await connection("payout_transfer")).toHaveLength(2)
  })

  it("are another file with one more line that can't be read", async () => {
    const { payouts, beneficiary, connection } = shop()
    const good = lines([newTransfer(await beneficiary())])
    const partial = { ...file, allow_partial: true }
    const unreadable: ImportLineProblem[] = [{ line: 3, message: "amount: is missing" }]
    const first = await payouts.importTransfers({ ...partial, problems: unreadable }, good, alice)
    expect(first).toMatchObject({ status: "done", total: 2, made: 1, problems: unreadable })

    const more = [...unreadable, { line: 4, message: 'amount: "12.x" must be plain digits' }]
    expect(await payouts.checkImport(good, alice, more)).toMatchObject({ imported_before: null })
    const second = await payouts.importTransfers({ ...partial, problems: more }, good, alice)
    expect(second).toMatchObject({ is_new: true, total: 3, made: 1, problems: more })
    expect(second.id).not.toBe(first.id)
    const [transfer] = await connection("payout_transfer").where({ import_id: second.id })
    expect(transfer.same_as_id).not.toBeNull()

    // Saved again with an empty line it is the file that it was.
    const moved = unreadable.map(({ line, message }) => ({ line: line + 1, message }))
    expect(await payouts.checkImport(good, alice, moved)).toMatchObject({
      imported_before: { id: first.id },
    })
    expect(
      await payouts.importTransfers({ ...partial, problems: moved }, good, alice)
    ).toMatchObject({ id: first.id, is_new: false })
  })
})

describeShop("An import that broke off while it made its transfers", (shop) => {
  async function brokenOff() {
    const { payouts, beneficiary, connection } = shop()
    const payee = await beneficiary()
    const many = lines(times(300, (index) => newTransfer(payee, { amount: `${index + 1}.00` })))
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
    await connection("payout_import").update({ status: "making", made: 200 })
    const { id } = await connection("payout_import").first()
    return { id, many }
  }

  it("is ended by a person, who says why", async () => {
    const { payouts, otherServer, connection, clock } = shop()
    const { id } = await brokenOff()
    await expect(payouts.endImport(id, bob, " ")).rejects.toThrow("Say why")
    await expect(payouts.endImport(id, bob, "the server died")).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("is under way"),
    })
    clock.advance(2 * minute)
    expect(await otherServer().endImport(id, bob, "the server died")).toMatchObject({
      status: "refused",
      made: 0,
      problems: [
        { line: 1, message: expect.stringMatching(`${bob.id} ended it.*: the server died`) },
      ],
    })
    expect(await connection("payout_transfer")).toEqual([])
    await expect(payouts.endImport(id, bob, "once more")).rejects.toThrow("is refused")
    await expect(payouts.endImport("poimp_none", bob, "none")).rejects.toMatchObject({
      type: "not_found",
    })
  })

  it("is gone on with by whoever sends the file again, at once or after it was ended", async () => {
    const { payouts, connection, clock } = shop()
    const { id, many } = await brokenOff()
    expect(await payouts.importTransfers(file, many, bob)).toMatchObject({
      id,
      status: "done",
      made: 300,
      is_new: true,
    })
    expect(await connection("payout_transfer")).toHaveLength(300)
    clock.advance(2 * minute)
    await expect(payouts.endImport(id, bob, "never mind")).rejects.toThrow("is done")
  })
})
