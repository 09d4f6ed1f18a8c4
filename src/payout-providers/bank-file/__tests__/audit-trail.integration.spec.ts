import {
  alice,
  anAdmin,
  bob,
  carol,
  encryption,
  key,
  newBeneficiary,
  newTransfer,
} from "../../../modules/payout/__tests__/payouts-under-test"
import { ibans } from "./a-file"
import { aStatement } from "./a-statement"
import { bankFileShop, booking, providerId } from "./bank-file-shop"

const shop = bankFileShop()
const dora = anAdmin("dora")
const minute = 60_000

type Trail = { who: string; what: string; when: string; note: string | null }

/** Audit lines of what an act is about. */
async function linesOf(subject: string): Promise<Trail[]> {
  const rows = await shop
    .connection("payout_audit_line")
    .where({ subject_id: subject })
    .orderBy("id")
  return rows.map(({ actor, action, created_at, note }) => ({
    who: actor,
    what: action,
    when: created_at.toISOString(),
    note,
  }))
}

/** The steps of a transfer: each says what it was before. */
async function stepsOf(transferId: string): Promise<Trail[]> {
  const events = await shop.payouts.eventsOf(transferId)
  return events.map(({ actor, from_status, to_status, created_at, reason }) => ({
    who: actor,
    what: `${from_status ?? "nothing"} -> ${to_status}`,
    when: created_at.toISOString(),
    note: reason,
  }))
}

/** Each act a minute after the one before, so that its time tells it. */
function later(): string {
  shop.clock.advance(minute)
  return shop.clock.now().toISOString()
}

describe("The audit trail says who did what, when, and what it was before", () => {
  it("of a beneficiary: made, changed, its id and metadata, linked, looked at, decided, disabled", async () => {
    const { payouts } = shop
    const made = later()
    const account = { iban: ibans.croatian }
    const own = { external_id: "seller-1", metadata: { region: "HR", level: 1 } }
    const { id } = await payouts.addBeneficiary(newBeneficiary({ account, ...own }), carol)
    const changed = later()
    await payouts.changeBeneficiary(
      id,
      { name: "Ana Horvat", account: { iban: ibans.german } },
      bob
    )
    const renamed = later()
    const next = { external_id: null, metadata: { region: "SI", note: null } }
    await payouts.changeBeneficiary(id, next, dora)
    const linked = later()
    await payouts.noteCustomer(id, { from: "cus_1", to: "cus_2" }, alice)
    const looked = later()
    await payouts.revealAccount(id, alice)
    const disabled = later()
    await payouts.disableBeneficiary(id, bob, "Left us")

    const row = await shop.connection("payout_beneficiary").where({ id }).first()
    expect([row.created_by, row.created_at.toISOString()]).toEqual([carol.id, made])
    expect(await linesOf(id)).toEqual([
      { who: bob.id, what: "changed", when: changed, note: "Version 2: name, account.iban" },
      {
        who: dora.id,
        what: "changed",
        when: renamed,
        note:
          "external_id: seller-1, now none; metadata.level taken away; metadata.note added; " +
          "metadata.region changed",
      },
      { who: alice.id, what: "linked", when: linked, note: "customer: cus_1, now cus_2" },
      { who: alice.id, what: "revealed", when: looked, note: "Version 2" },
      { who: bob.id, what: "disabled", when: disabled, note: "It was active: Left us" },
    ])
    // What it was before stands in the version of before.
    const versions = await shop
      .connection("payout_beneficiary_version")
      .where({ beneficiary_id: id })
      .orderBy("version")
    expect(
      versions.map(({ name, account_hint, edited_by, created_at }) => [
        name,
        account_hint,
        edited_by,
        created_at.toISOString(),
      ])
    ).toEqual([
      ["Juan dela Cruz", `••••${ibans.croatian.slice(-4)}`, carol.id, made],
      ["Ana Horvat", `••••${ibans.german.slice(-4)}`, bob.id, changed],
    ])
  })

  it("of a transfer: made, approved, voided, rejected, canceled, resolved", async () => {
    const { payouts } = shop
    const beneficiary = await payouts.addBeneficiary(
      newBeneficiary({ account: { iban: ibans.croatian } }),
      carol
    )
    const make = async (amount: string) => {
      const request = newTransfer(beneficiary, { amount, currency_code: "eur" })
      return (await payouts.makeTransfer(request, alice)).transfer.id
    }
    const made = later()
    const [one, two, three] = [await make("1.00"), await make("2.00"), await make("3.00")] as const
    const approved = later()
    await payouts.approveTransfer(one, bob, { note: "Checked" })
    const changed = later()
    await payouts.changeBeneficiary(beneficiary.id, { email: "ana@example.com" }, carol)
    const rejected = later()
    await payouts.rejectTransfer(two, bob, "Twice")
    const canceled = later()
    await payouts.cancelTransfer(three, alice, "Not yet")
    const noted = later()
    await payouts.changeTransfer(one, { external_id: "settlement-7" }, dora)
    const begin = { who: alice.id, what: "nothing -> awaiting_approval", when: made, note: null }
    expect(await stepsOf(one)).toEqual([
      begin,
      { who: bob.id, what: "awaiting_approval -> approved", when: approved, note: "Checked" },
      {
        who: carol.id,
        what: "approved -> awaiting_approval",
        when: changed,
        note: expect.stringContaining("version 2 has to be approved anew"),
      },
    ])
    expect(await linesOf(one)).toEqual([
      { who: dora.id, what: "changed", when: noted, note: "external_id: none, now settlement-7" },
    ])
    expect(await stepsOf(two)).toEqual([
      begin,
      { who: bob.id, what: "awaiting_approval -> rejected", when: rejected, note: "Twice" },
    ])
    expect(await stepsOf(three)).toEqual([
      begin,
      { who: alice.id, what: "awaiting_approval -> canceled", when: canceled, note: "Not yet" },
    ])
  })

  it("of a batch and its files: made, approved, written, downloaded, resolved, settled by a statement", async () => {
    const { payouts } = shop
    const made = later()
    const { id, transfers } = await shop.aBatch(3, false)
    const approved = later()
    const totals = (await payouts.batchTotals([id])).get(id)
    const seen = { count: totals?.count ?? 0, sums: totals?.sums ?? [] }
    await payouts.approveBatch(id, bob, { ...seen, note: "As agreed" })
    const written = later()
    const { files } = await payouts.makeFiles(id, {}, alice)
    const [file] = files
    const downloaded = later()
    await payouts.downloadFile(file!.id, alice)
    shop.clock.advance(60 * minute)
    const settled = later()
    const [first, ...rest] = transfers
    const content = aStatement([booking(first!)])
    const statement = await payouts.importStatement(
      { provider_id: providerId, content, file_name: "izvod.xml" },
      { settles: 1 },
      bob
    )
    const resolved = later()
    const open = { count: 2, sum: "20.51" }
    await payouts.resolveFile(file!.id, { outcome: "failed", note: "Refused", ...open }, bob)

    const batch = await shop.connection("payout_batch").where({ id }).first()
    expect([batch.created_by, batch.created_at.toISOString()]).toEqual([alice.id, made])
    expect(await linesOf(id)).toEqual([
      {
        who: bob.id,
        what: "approved",
        when: approved,
        note: expect.stringMatching(/^3 transfers: 1520\.51 eur.*Approved: 3.*As agreed$/),
      },
    ])
    expect(await linesOf(file!.id)).toMatchObject([
      { who: alice.id, what: "made", when: written },
      { who: alice.id, what: "downloaded", when: downloaded },
      { who: bob.id, when: resolved, note: expect.stringContaining("Refused") },
    ])
    const row = await shop.connection("payout_statement").where({ id: statement.id }).first()
    expect([row.created_by, row.created_at.toISOString()]).toEqual([bob.id, settled])
    expect((await stepsOf(first!.id)).at(-1)).toMatchObject({
      ...{ who: bob.id, what: "processing -> succeeded", when: settled },
      note: expect.stringContaining(statement.id),
    })
    for (const transfer of rest) {
      expect((await linesOf(transfer.id))[0]).toMatchObject({
        ...{ who: alice.id, what: "put into a batch", when: made },
      })
      expect((await stepsOf(transfer.id)).at(-1)).toMatchObject({
        ...{ who: bob.id, what: "processing -> failed", when: resolved },
      })
    }
  })

  it("of a file of transfers and of a pause of all sending, and holds no secret", async () => {
    const { payouts } = shop
    const account = { iban: ibans.croatian }
    const beneficiary = await payouts.addBeneficiary(newBeneficiary({ account }), carol)
    const imported = later()
    const transfer = newTransfer(beneficiary, { amount: "5.00", currency_code: "eur" })
    const wanted = { file_name: "may.csv", digest: "d1", allow_partial: false }
    const { id } = await payouts.importTransfers(wanted, [{ line: 2, transfer }], alice)
    const paused = later()
    await payouts.pauseSending("The file looks wrong", carol)
    const resumed = later()
    await payouts.resumeSending("It was right", bob)
    await payouts.revealAccount(beneficiary.id, bob)

    const row = await shop.connection("payout_import").where({ id }).first()
    expect([row.created_by, row.created_at.toISOString(), row.file_name]).toEqual([
      alice.id,
      imported,
      "may.csv",
    ])
    const [pause] = await shop.connection("payout_pause")
    expect(pause).toMatchObject({
      ...{ paused_by: carol.id, reason: "The file looks wrong" },
      ...{ resumed_by: bob.id, note: "It was right" },
    })
    expect([pause.paused_at.toISOString(), pause.resumed_at.toISOString()]).toEqual([
      paused,
      resumed,
    ])
    const trail = JSON.stringify([
      await shop.connection("payout_audit_line"),
      await shop.connection("payout_transfer_event"),
      await shop.connection("payout_import"),
      await shop.connection("payout_batch"),
      shop.logged,
      shop.events,
    ])
    for (const secret of [ibans.croatian, ibans.croatian.slice(4), key, encryption.keys["1"]]) {
      expect(trail).not.toContain(secret)
    }
  })
})
