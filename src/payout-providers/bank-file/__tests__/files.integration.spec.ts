import { createHash } from "node:crypto"
import fc from "fast-check"
import { emptyTables, everythingKept } from "../../../modules/payout/__tests__/payout-database"
import {
  alice,
  bob,
  carol,
  key,
  keyOf,
  newBeneficiary,
  newTransfer,
  otherKey,
} from "../../../modules/payout/__tests__/payouts-under-test"
import type { Transfer } from "../../../modules/payout/domain/transfer"
import { transferOf } from "../../../modules/payout/store/transfers"
import { ibans } from "./a-file"
import { bankFileShop } from "./bank-file-shop"

const minute = 60_000
const shop = bankFileShop()
const { aBatch, aFile, statuses, textOf } = shop

describe("A file of a batch", () => {
  it("holds what was approved, adds it up, and freezes it until the bank has paid", async () => {
    const { transfers, file, id } = await aFile()
    expect(file).toMatchObject({
      batch_id: id,
      number: 1,
      format: "pain.001.001.09",
      count: 3,
      control_sum: "1520.51",
      execution_date: "2030-01-01",
      created_by: alice.id,
    })
    const text = await textOf(file.id)
    expect(createHash("sha256").update(text).digest("hex")).toBe(file.digest)
    expect(text).toContain("<NbOfTxs>3</NbOfTxs>")
    expect(text).toContain("<CtrlSum>1520.51</CtrlSum>")
    expect([...text.matchAll(/<EndToEndId>(\w+)</g)].map(([, reference]) => reference)).toEqual(
      transfers.map(({ reference }) => reference)
    )
    expect(await statuses(transfers)).toEqual(["processing", "processing", "processing"])
    for (const transfer of transfers) {
      expect(await transferOf(shop.connection, transfer.id)).toMatchObject({
        file_id: file.id,
        next_check_at: null,
      })
      await expect(shop.payouts.cancelTransfer(transfer.id, alice)).rejects.toMatchObject({
        type: "conflict",
      })
    }
    expect(shop.events.map(({ name }) => name)).toContain("payout.file.made")
  })

  it("is made once, by whichever server, and gives the same bytes each time", async () => {
    const { id } = await aBatch()
    const other = shop.otherServer()
    const both = await Promise.all([
      shop.payouts.makeFiles(id, {}, alice),
      other.makeFiles(id, {}, carol),
    ])
    expect(both.map(({ made }) => made.length).sort()).toEqual([0, 1])
    const again = await shop.payouts.makeFiles(id, { execution_date: "2030-02-01" }, alice)
    expect(again.made).toEqual([])
    const [file] = again.files
    expect(again.files).toHaveLength(1)
    expect(file).toEqual(both[0]?.files[0])
    shop.clock.advance(minute)
    const texts = [
      await textOf(file!.id),
      (await other.downloadFile(file!.id, bob)).content.toString(),
    ]
    expect(texts[0]).toBe(texts[1])
    expect(await shop.connection("payout_file")).toHaveLength(1)
  })

  it("leaves a line for each download, and is no secret API key's to see", async () => {
    const { file } = await aFile()
    await textOf(file.id, alice)
    await textOf(file.id, bob)
    await expect(shop.payouts.downloadFile(file.id, keyOf(alice, "apk_1"))).rejects.toMatchObject({
      type: "forbidden",
    })
    const lines = await shop
      .connection("payout_audit_line")
      .where({ subject_id: file.id })
      .orderBy(["created_at", "id"])
    expect(lines).toMatchObject([
      { action: "made", actor: alice.id },
      { action: "downloaded", actor: alice.id, note: `SHA-256 ${file.digest}` },
      { action: "downloaded", actor: bob.id },
    ])
  })

  it("is kept encrypted, also under a new key, and is not given out where its row was changed", async () => {
    const { file } = await aFile(1)
    const text = await textOf(file.id)
    expect(await everythingKept(shop.connection)).not.toContain(ibans.croatian)
    const both = shop.serve({
      encryption: { keyId: "2", keys: { "1": key, "2": otherKey } },
    })
    expect(await both.rotateKeys(10)).toBe(2)
    expect(await both.rotateKeys(10)).toBe(0)
    const onlyNew = shop.serve({ encryption: { keyId: "2", keys: { "2": otherKey } } })
    expect((await onlyNew.downloadFile(file.id, bob)).content.toString()).toBe(text)
    await expect(shop.payouts.downloadFile(file.id, bob)).rejects.toThrow('the key "2"')

    await shop.connection("payout_file").update({ digest: "0".repeat(64) })
    await expect(onlyNew.downloadFile(file.id, bob)).rejects.toThrow(
      "Somebody wrote to the database"
    )
    expect(shop.logged.join()).toContain("its row was changed")
  })

  it("leaves out what may not be paid as it was approved, and puts it into the next one", async () => {
    const { id, transfers } = await aBatch()
    const [first, other, third] = transfers as [Transfer, Transfer, Transfer]
    await shop.payouts.changeBeneficiary(other.beneficiary_id, { name: "Šime Ćosić" }, carol)
    await shop.payouts.disableBeneficiary(third.beneficiary_id, carol)
    const made = await shop.payouts.makeFiles(id, {}, alice)
    expect(made.files).toMatchObject([{ count: 1, control_sum: "1500.00" }])
    expect(made.left_out).toMatchObject([
      { transfer_id: other.id, status: "awaiting_approval", code: "state" },
      { transfer_id: third.id, status: "canceled", code: "state" },
    ])
    const { beneficiary_version_id } = await transferOf(shop.connection, other.id)
    await shop.payouts.approveTransfer(other.id, bob, { beneficiary_version_id })
    const next = await shop.payouts.makeFiles(id, {}, alice)
    expect(next.made).toMatchObject([{ number: 2, count: 1, control_sum: "0.01" }])
    expect(next.files).toHaveLength(2)
    expect(new Set(next.files.map(({ message_id }) => message_id)).size).toBe(2)
    expect(await statuses([first, other])).toEqual(["processing", "processing"])
  })

  it("says what it has not, because nobody can make a file for it any more", async () => {
    const { id, transfers } = await aBatch(2)
    const gone = { provider_id: "po_bank_file_gone" }
    await shop.connection("payout_transfer").where({ id: transfers[0]!.id }).update(gone)
    expect(await shop.payouts.makeFiles(id, {}, alice)).toMatchObject({
      files: [{ count: 1, control_sum: "0.01" }],
      left_out: [
        {
          transfer_id: transfers[0]!.id,
          code: "provider",
          reason: expect.stringContaining(gone.provider_id),
        },
      ],
    })
  })

  it("is not given out while sending is paused", async () => {
    const { file } = await aFile(1)
    await shop.payouts.pauseSending("a strange file", bob)
    await expect(shop.textOf(file.id)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("a strange file"),
    })
    await shop.payouts.resumeSending("it was right", bob)
    expect(await shop.textOf(file.id)).toContain(file.message_id)
  })

  it("is not made of what nobody approved, while sending is paused, or for a day that is over", async () => {
    const { id, transfers } = await aBatch(1, false)
    await expect(shop.payouts.makeFiles(id, {}, alice)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("It is awaiting approval"),
    })
    await shop.payouts.approveTransfer(transfers[0]!.id, bob)
    await expect(
      shop.payouts.makeFiles(id, { execution_date: "2029-12-31" }, alice)
    ).rejects.toThrow("execution_date must be a day from 2030-01-01")
    await shop.payouts.pauseSending("a strange batch", bob)
    await expect(shop.payouts.makeFiles(id, {}, alice)).rejects.toThrow("a strange batch")
    await shop.payouts.resumeSending("it was right", bob)
    // Approved before the pause: somebody looks first.
    await expect(shop.payouts.makeFiles(id, {}, alice)).rejects.toThrow("sending was paused")
    await shop.payouts.makeFiles(id, { checked_note: "The bank has nothing of it" }, alice)
    expect(await statuses(transfers)).toEqual(["processing"])
    await expect(shop.payouts.makeFiles("pobat_none", {}, alice)).rejects.toMatchObject({
      type: "not_found",
    })
  })

  it("is made again after a restore only when somebody has looked at the bank, under the same name", async () => {
    const { id, transfers } = await aBatch(1)
    const { files } = await shop.payouts.makeFiles(id, {}, alice)
    // As a backup of before the file has it, on a server that was started since.
    await shop.connection("payout_file").del()
    await shop.connection("payout_transfer").update({
      status: "approved",
      file_id: null,
      made_in: "another life",
    })
    await expect(shop.payouts.makeFiles(id, {}, alice)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("may stand in a file that the bank has already"),
    })
    expect(await statuses(transfers)).toEqual(["approved"])
    const note = "The bank has no file of this batch"
    const again = await shop.payouts.makeFiles(id, { checked_note: note }, alice)
    expect(again.made[0]?.message_id).toBe(files[0]?.message_id)
    expect(await shop.connection("payout_audit_line").where({ note })).toHaveLength(1)
  })

  it("is all that sends its transfers: no job does, and nobody is asked", async () => {
    const { id, transfers } = await aBatch(1)
    const [transfer] = transfers as [Transfer]
    expect(await shop.payouts.submitDue(10)).toBe(0)
    await expect(shop.payouts.submitTransfer(transfer.id, alice)).rejects.toThrow(
      "make the file of its batch"
    )
    await shop.payouts.makeFiles(id, {}, alice)
    shop.clock.advance(8 * 24 * 60 * minute)
    expect(await shop.payouts.refreshDue(10)).toBe(0)
    await expect(shop.payouts.refreshTransfer(transfer.id, alice)).rejects.toThrow(
      "import the statement"
    )
    expect(await statuses(transfers)).toEqual(["processing"])
  })
})

describe("The names and accounts that a file can't have", () => {
  it.each([
    [
      { account: { iban: "HR1210010051863000161" } },
      "account.iban: IBAN can't be used: its check digits",
    ],
    [
      { account: { iban: "PK36SCBL0000001123456702" } },
      "account.iban: IBAN can't be used: PK is not in SEPA",
    ],
    [{ account: { iban: ibans.croatian, bic: "ZABA" } }, "account.bic: BIC can't be used"],
    [{ account: { account_number: "1" } }, "account.iban: IBAN is missing"],
    [
      { account: { iban: ibans.croatian }, name: "សុខា" },
      'name: Name of the payee can\'t be used: .*"ស" \\(U\\+179F\\)',
    ],
    [{ account: { iban: ibans.croatian }, name: "š".repeat(71) }, "at most 70 characters"],
  ])("are refused when the beneficiary is made: %j", async (change, reason) => {
    await expect(shop.payouts.addBeneficiary(newBeneficiary(change), carol)).rejects.toThrow(
      new RegExp(reason)
    )
    expect(await shop.connection("payout_beneficiary")).toEqual([])
  })

  it("are refused when the transfer is made: another currency, too many places, another script", async () => {
    const account = { iban: "hr12 1001 0051 8630 0016 0" }
    const beneficiary = await shop.payouts.addBeneficiary(newBeneficiary({ account }), carol)
    expect(await shop.payouts.revealAccount(beneficiary.id, bob)).toEqual({ iban: ibans.croatian })
    const make = (change: object) =>
      shop.payouts.makeTransfer(
        newTransfer(beneficiary, { currency_code: "eur", ...change }),
        alice
      )
    await expect(make({ currency_code: "hrk" })).rejects.toThrow("can't send hrk, only eur")
    await expect(make({ amount: "1.005" })).rejects.toThrow("too many decimal places")
    await expect(make({ purpose: "សេវា" })).rejects.toThrow(
      "purpose: banks in SEPA take Latin letters"
    )
    await expect(make({ purpose: "x".repeat(141) })).rejects.toThrow("at most 140 characters")
    expect(await shop.connection("payout_transfer")).toEqual([])
  })
})

describe("Whatever happens to a batch meanwhile", () => {
  const act = fc.record({
    who: fc.constantFrom("approve", "edit", "cancel", "file", "file on another server"),
    which: fc.nat({ max: 2 }),
  })

  it("each transfer is in one file at most, and a file says of its transfers how many they are and what they add up to", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 10 }), async (acts) => {
        // What was paid in the run before would look alike.
        await emptyTables(shop.connection)
        const { id, transfers } = await aBatch(3, false)
        const servers = [shop.payouts, shop.otherServer()]
        // Two at a time: what one forbids to the other is told by an error.
        for (let at = 0; at < acts.length; at += 2) {
          await Promise.allSettled(
            acts.slice(at, at + 2).map(async ({ who, which }) => {
              const { id: transferId, beneficiary_id } = transfers[which]!
              const { beneficiary_version_id } = await transferOf(shop.connection, transferId)
              switch (who) {
                case "approve":
                  return await servers[0]!.approveTransfer(transferId, bob, {
                    beneficiary_version_id,
                  })
                case "edit":
                  return await servers[0]!.changeBeneficiary(
                    beneficiary_id,
                    { name: `Ana ${at}` },
                    carol
                  )
                case "cancel":
                  return await servers[0]!.cancelTransfer(transferId, alice)
                case "file":
                  return await servers[0]!.makeFiles(id, {}, alice)
                default:
                  return await servers[1]!.makeFiles(id, {}, alice)
              }
            })
          )
        }
        const files = await shop.connection("payout_file").where({ batch_id: id })
        const named: string[] = []
        for (const file of files) {
          const text = await textOf(file.id)
          const references = [...text.matchAll(/<EndToEndId>(\w+)</g)].map(([, one]) => one ?? "")
          const inside = await shop.connection("payout_transfer").where({ file_id: file.id })
          expect(references.sort()).toEqual(inside.map(({ reference }) => reference).sort())
          expect(file.count).toBe(inside.length)
          const cents = inside.reduce(
            (all, { raw_amount }) => all + Math.round(Number(raw_amount.value) * 100),
            0
          )
          expect(file.raw_control_sum.value).toBe((cents / 100).toFixed(2))
          expect(inside.every(({ status }) => status === "processing")).toBe(true)
          named.push(...references)
        }
        expect(new Set(named).size).toBe(named.length)
        const outside = await shop
          .connection("payout_transfer")
          .where({ batch_id: id, file_id: null })
        expect(outside.every(({ status }) => status !== "processing")).toBe(true)
      }),
      { numRuns: 12 }
    )
  })
})
