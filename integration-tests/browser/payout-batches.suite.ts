import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { graveFaults } from "./support/axe"
import { choose } from "./support/give-file"
import { look, sidewaysScroll } from "./support/look"
import { newBankPayee } from "./support/payees"
import { makeTransfer, person } from "./support/payout-people"
import { transferRows } from "./support/payout-rows"
import { statementOf } from "./support/payout-story"
import type { Proof } from "./support/proof"

/** Transfers that are put together by hand, and paid by the shop's bank. */
export function payoutBatches(proof: Proof): void {
  it("a selection of payouts is approved by its sum, taken to the bank in one file, and settled by the bank's statement", async () => {
    const owner = await proof.api()
    const mia = await person(proof, "Mia", "maker")
    const boris = await person(proof, "Boris", "approver")
    const payee = await newBankPayee(owner)
    const run = Date.now() % 100_000
    const make = async (cents: string, purpose: string) =>
      await makeTransfer(mia.api, payee, {
        amount: `${run}.${cents}`,
        currency_code: "eur",
        purpose: `${purpose} ${run}`,
      })
    const transfers = [
      await make("10", "Salary"),
      await make("20", "Fuel"),
      await make("30", "Tax"),
    ]
    const chosen = transfers.slice(0, 2)
    const rows = async () =>
      await transferRows(
        proof.shop,
        transfers.map(({ id }) => id)
      )
    const name = `Friday ${run}`
    const sum = new RegExp(`2 transfers: EUR\\s${(2 * run).toLocaleString("en")}\\.30$`)

    const maker = await proof.dashboard({ account: mia.account })
    await maker.open(`/payouts/approvals?q=${run}`)
    for (const { reference } of chosen) {
      await maker.main.getByRole("checkbox", { name: `Select the transfer ${reference}` }).click()
    }
    await maker.page.getByRole("button", { name: /^Make a batch/ }).click()
    await maker.dialog.getByLabel(/^Name/).fill(name)
    await maker.dialog.getByRole("button", { name: "Put 2 transfers together" }).click()
    await maker.page.waitForURL(/payouts\/batches\/pobat_/)
    await maker.main.getByText(/^You made this\. A second person/).waitFor()
    expect(await maker.main.getByRole("button", { name: /^Approve/ }).count()).toBe(0)
    const [first, second, alone] = await rows()
    expect(first?.batch_id).toMatch(/^pobat_/)
    expect([second?.batch_id, alone?.batch_id]).toEqual([first?.batch_id, null])

    const approver = await proof.dashboard({ account: boris.account })
    await approver.open("/payouts/approvals")
    await approver.main.getByRole("link", { name }).click()
    await approver.main.getByRole("button", { name: sum }).click()
    await approver.question.getByRole("button", { name: sum }).click()
    await approver.toast.getByText(/approved$/).waitFor()
    expect(await rows()).toMatchObject([
      { status: "approved", approved_by: boris.id },
      { status: "approved", approved_by: boris.id },
      { status: "awaiting_approval", approved_by: null },
    ])

    await maker.main.getByRole("button", { name: "Make the file" }).click()
    await maker.question.getByRole("button", { name: "Make the file" }).click()
    await maker.toast.getByText("The file for the bank was made").waitFor()
    const file = maker.main.getByRole("link", { name: /\.xml$/ })
    await file.waitFor()
    await look(maker.page, "payout-batch-with-file")
    expect(await graveFaults(maker.main)).toEqual([])
    await file.click()
    const [saved] = await Promise.all([
      maker.page.waitForEvent("download"),
      maker.main.getByRole("button", { name: /^Download/ }).click(),
    ])
    const xml = readFileSync(await saved.path(), "utf8")
    for (const { reference } of chosen)
      expect(xml).toContain(`<EndToEndId>${reference}</EndToEndId>`)
    expect(xml).toContain(`<CtrlSum>${2 * run}.30</CtrlSum>`)
    await maker.main.getByText(/^Downloaded · Mia Horvat/).waitFor()
    const [put] = await rows()
    expect(put).toMatchObject({ status: "processing", file_id: expect.stringMatching(/^pofil_/) })
    const { file: shown } = await mia.api.get<{ file: { digest: string; audit_lines: object[] } }>(
      `/admin/payouts/files/${put?.file_id}`
    )
    expect(shown.digest).toBe(createHash("sha256").update(xml).digest("hex"))
    expect(shown.audit_lines).toMatchObject([{ action: "made" }, { action: "downloaded" }])

    await approver.open("/payouts/statements")
    const zone = approver.main.getByRole("button", { name: /^Drop a statement here/ })
    const statement = statementOf(
      { ...chosen[0], raw_amount: { value: `${run}.10` } },
      { ...chosen[1], raw_amount: { value: `${run}.20` } }
    )
    await choose(approver, zone, `statement-${run}.xml`, statement)
    await approver.main.getByText(/^2 transfers are settled/).waitFor()
    await look(approver.page, "payout-statement-checked")
    expect(await graveFaults(approver.main)).toEqual([])
    expect(await sidewaysScroll(approver.page)).toBe(0)
    expect((await rows()).map(({ status }) => status)).toContain("processing")
    await approver.main.getByRole("button", { name: "Settle 2 transfers" }).click()
    await approver.question.getByRole("button", { name: "Settle 2 transfers" }).click()
    await approver.toast.getByText(/settled 2 transfers$/).waitFor()
    const settled = { status: "succeeded", resolved_by: boris.id }
    expect(await rows()).toMatchObject([settled, settled, { status: "awaiting_approval" }])
    await maker.main.getByText("Paid", { exact: true }).waitFor()
    expect(await maker.main.getByText("What became of what is open in it?").count()).toBe(0)
  })
}
