import { graveFaults } from "./support/axe"
import type { Dashboard } from "./support/dashboard"
import { look, sidewaysScroll } from "./support/look"
import { newWallet } from "./support/payees"
import { movedByReference } from "./support/payout-file"
import { approveTransfer, makeTransfer, person, type MadeTransfer } from "./support/payout-people"
import { transferRows, untilTransferIs } from "./support/payout-rows"
import type { Proof } from "./support/proof"
import { Sandbox } from "./support/sandbox"

/** What a person says of a payout whose answer was lost, and what that counts for. */
export function payoutOutcomes(proof: Proof): void {
  describe("a payout whose outcome is unknown", () => {
    afterEach(async () => {
      await new Sandbox(proof.shop, "cashy").delete("/_sandbox/faults")
    })

    it("stands on the word of a second person, who can't call it unpaid while it may still arrive", async () => {
      const boris = await person(proof, "Boris", "approver")
      const transfer = await lost(proof, boris, { acts: false })
      const owner = await proof.dashboard()
      await owner.open(`/payouts/${transfer.id}`)
      await owner.main.getByText("Outcome unknown", { exact: true }).first().waitFor()
      await owner.main.getByText(/^You made this transfer\. What became of it/).waitFor()
      expect(await resolving(owner).count()).toBe(0)

      const dashboard = await proof.dashboard({ account: boris.account, viewport: "narrow" })
      const { page, main, dialog } = dashboard
      await dashboard.open(`/payouts/${transfer.id}`)
      await resolving(dashboard).click()
      await dialog.getByLabel("How did you find out?").fill("It is not in Cashy's list")
      await say(dashboard, "It was not paid")
      await dialog
        .getByRole("alert")
        .getByText(/may still arrive/)
        .waitFor()
      expect(await transferRows(proof.shop, [transfer.id])).toMatchObject([
        { status: "unknown", resolved_by: null },
      ])
      await look(page, "payout-resolve-refused")
      expect(await graveFaults(dialog)).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)

      const note = dialog.getByLabel("How did you find out?")
      expect(await note.inputValue()).toBe("It is not in Cashy's list")
      await note.fill("The payee has shown it to me")
      await dialog.getByLabel(/^The gateway's own ID/).fill("C-77")
      await say(dashboard, "It was paid")
      await dashboard.toast.getByText(/was noted$/).waitFor()
      await main.getByText(/^It was paid on the word of the person named below/).waitFor()
      await main.getByText("Boris Horvat", { exact: true }).waitFor()
      await main.getByText("C-77", { exact: true }).waitFor()
      expect(await transferRows(proof.shop, [transfer.id])).toMatchObject([
        {
          status: "succeeded",
          resolved_by: boris.id,
          reason: "The payee has shown it to me",
          gateway_id: "C-77",
        },
      ])
      expect((await movedByReference(proof.shop)).has(transfer.reference)).toBe(false)
      await owner.main.getByText(/^It was paid on the word of/).waitFor({ timeout: 20_000 })
    })

    it("says in Croatian why it waits, with the gateway's own words, and why it can't be called unpaid yet", async () => {
      const boris = await person(proof, "Boris", "approver")
      const transfer = await lost(proof, boris, { acts: false })
      const dashboard = await proof.dashboard({ account: boris.account, language: "hr" })
      const { page, main, dialog, question } = dashboard
      await dashboard.open(`/payouts/${transfer.id}`)
      await main.getByText("Ishod nepoznat", { exact: true }).first().waitFor()
      const history = main.getByRole("region", { name: "Povijest" })
      await history
        .getByText(/^Nijedan odgovor ne govori što je s njom\. Pita se pružatelja\. „.+”/)
        .waitFor()
      expect(await main.getByText(/No answer tells/).count()).toBe(0)
      await history.scrollIntoViewIfNeeded()
      await look(page, "payout-reason-hr")

      await main.getByRole("button", { name: "Reci što je bilo" }).click()
      await dialog.getByLabel("Kako ste saznali?").fill("Nema je na Cashyjevu popisu")
      await dialog.getByRole("radio", { name: /^Nije isplaćeno/ }).click()
      await dialog.getByRole("button", { name: "Reci što je bilo" }).click()
      await question.getByRole("button", { name: "Nije isplaćeno" }).click()
      await dialog
        .getByRole("alert")
        .getByText(/^Ništa nije učinjeno: poslano je prije nekoliko minuta i još može stići\./)
        .waitFor()
      await look(page, "payout-refusal-hr")
      expect(await graveFaults(dialog)).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
    })

    it("is what the gateway proves, whatever a second person says of it", async () => {
      const boris = await person(proof, "Boris", "approver")
      const transfer = await lost(proof, boris, { acts: true })
      const dashboard = await proof.dashboard({ account: boris.account })
      await dashboard.open(`/payouts/${transfer.id}`)
      await resolving(dashboard).click()
      await dashboard.dialog.getByLabel("How did you find out?").fill("It is not in Cashy's list")
      const cashy = new Sandbox(proof.shop, "cashy")
      await cashy.delete("/_sandbox/faults")
      await cashy.post(`/_sandbox/payouts/${transfer.reference}/finish`, { orderStatus: "SUCCESS" })
      await say(dashboard, "It was not paid")
      await dashboard.dialog
        .getByRole("alert")
        .getByText(/^Nothing was done: .*“Paid”/)
        .waitFor()
      await dashboard.page.keyboard.press("Escape")
      await dashboard.main.getByText(/^The gateway proved that the money was moved/).waitFor()
      expect(await transferRows(proof.shop, [transfer.id])).toMatchObject([
        { status: "succeeded", resolved_by: null },
      ])
      expect((await movedByReference(proof.shop)).get(transfer.reference)).toHaveLength(1)
    })
  })
}

/** A transfer that Cashy was told of, whose answer was lost and who can't be asked; `acts`: whether it pays it. */
async function lost(
  proof: Proof,
  second: Awaited<ReturnType<typeof person>>,
  { acts }: { acts: boolean }
): Promise<MadeTransfer> {
  const owner = await proof.api()
  const cashy = new Sandbox(proof.shop, "cashy")
  const fault = { kind: "http-error", status: 502 }
  await cashy.post("/_sandbox/faults", { ...fault, acts, path: "/api/payOut" })
  await cashy.post("/_sandbox/faults", { ...fault, path: "/api/payOutQuery", times: "forever" })
  const wallet = await newWallet(owner)
  const wanted = { amount: "1550", currency_code: "pkr", purpose: "Commission, May" }
  const transfer = await makeTransfer(owner, wallet, wanted)
  await approveTransfer(second.api, transfer)
  await untilTransferIs(proof.shop, transfer.id, "unknown")
  return transfer
}

function resolving({ main }: Dashboard) {
  return main.getByRole("button", { name: "Say what became of it" })
}

/** In the drawer that is open, with what is typed in it. */
async function say({ dialog, question }: Dashboard, outcome: string): Promise<void> {
  await dialog.getByRole("radio", { name: new RegExp(`^${outcome}`) }).click()
  await dialog.getByRole("button", { name: "Say what became of it" }).click()
  await question.getByRole("button", { name: outcome }).click()
}
